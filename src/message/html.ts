/** HTML as a value of its own, so that text is escaped exactly once and markup never is. */

const special = /[&<>"']/;
const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Markup. Becomes a `text/html` response when a handler returns it. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** A value in an `html` template: text is escaped, `Html` is not, lists are joined, `null`, `undefined` and `false` are nothing. */
export type HtmlValue = string | number | bigint | boolean | null | undefined | Html | readonly HtmlValue[];

/**
 * Markup from a template, with every value escaped for text and quoted attributes.
 *
 * @example
 * ```ts
 * import { html } from "limpid";
 *
 * const names = ["Ada", "<script>"];
 * console.log(String(html`<ul>${names.map((name) => html`<li>${name}</li>`)}</ul>`));
 * // <ul><li>Ada</li><li>&lt;script&gt;</li></ul>
 * ```
 */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  let markup = strings[0] ?? "";
  for (let index = 0; index < values.length; index++) {
    markup += render(values[index]) + (strings[index + 1] ?? "");
  }
  return new Html(markup);
}

/** Takes a string as markup without escaping it. Only for markup that did not come from outside. */
export function raw(markup: string): Html {
  return new Html(markup);
}

/** Escapes text for a place between tags or inside a quoted attribute. */
export function escapeHtml(text: string): string {
  if (!special.test(text)) return text;
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

function render(value: HtmlValue): string {
  if (typeof value === "string") return escapeHtml(value);
  if (value === null || value === undefined || value === false || value === true) return "";
  if (value instanceof Html) return value.toString();
  if (Array.isArray(value)) return value.map(render).join("");
  return escapeHtml(String(value));
}
