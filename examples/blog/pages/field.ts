/** One input of a form, with its label, its hint and what is wrong with what was typed. */
import { type Html, html } from "limpid";

/** What was typed into a form, by field name; for a file what it is called. */
export type Typed = Readonly<Record<string, string>>;
/** What is wrong with it, by field name. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

/** A form as it comes back to the browser. */
export interface FormState {
  readonly typed: Typed;
  readonly errors: FieldErrors;
}

export const untouched: FormState = { typed: {}, errors: {} };

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Lines of a text area; absent for an input of one line. */
  readonly rows?: number | undefined;
  readonly autocomplete?: string | undefined;
}

/** The field, filled with what was typed and joined to its messages for screen readers. */
export function field({ name, label, hint, rows, autocomplete }: Field, form: FormState): Html {
  const value = form.typed[name] ?? "";
  return labelled({ name, label, hint }, form, (joined) => {
    const attributes = html`${joined} required${autocomplete && html` autocomplete="${autocomplete}"`}`;
    return rows === undefined
      ? html`<input ${attributes} value="${value}">`
      : // The first line break inside a textarea is dropped (HTML standard §13.1.2.5).
        html`<textarea ${attributes} rows="${rows}">\n${value}</textarea>`;
  });
}

/** Label, hint and messages around an input, which gets the attributes that join it to them. */
export function labelled(
  { name, label, hint }: Pick<Field, "name" | "label" | "hint">,
  { errors }: FormState,
  input: (attributes: Html) => Html,
): Html {
  const messages = errors[name] ?? [];
  const isWrong = messages.length > 0;
  const described = [hint && `${name}-hint`, isWrong && `${name}-error`].filter(Boolean).join(" ");
  return html`<div class="field${isWrong && " field-wrong"}">
          <label for="${name}">${label}</label>
          ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
          ${isWrong && html`<p class="wrong" id="${name}-error">${messages.join(" ")}</p>`}
          ${input(
            html`id="${name}" name="${name}"${described !== "" && html` aria-describedby="${described}"`}${
              isWrong && html` aria-invalid="true"`
            }`,
          )}
        </div>`;
}

/** What is wrong with the whole form, each message leading to its field; nothing where all is well. */
export function errorSummary({ errors }: FormState): Html {
  const wrong = Object.entries(errors).filter(([, messages]) => messages.length > 0);
  if (wrong.length === 0) return html``;
  return html`<div class="summary" role="alert" tabindex="-1">
          <h2>${wrong.length === 1 ? "One thing is" : `${wrong.length} things are`} missing or not right yet</h2>
          <ul>${wrong.map(([name, messages]) => html`<li><a class="summary-link" href="#${name}">${messages.join(" ")}</a></li>`)}</ul>
        </div>`;
}
