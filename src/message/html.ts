/** HTML as a value of its own, so that text is escaped exactly once and markup never is. */
import { fillPlaces, nonceAttribute, noncePlace } from "./nonce-place.ts";

const special = /[&<>"']/;
const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Markup. Becomes a `text/html` response when a handler returns it.
 *
 * It may have places for the nonce of the security policy, as the markup of templates has in every `<script>` and
 * `<style>`. The response puts `request.nonce` there, for each request anew; without a nonce the places are empty.
 *
 * @example
 * ```ts
 * import { Html, noncePlace } from "limpid/message";
 *
 * const page = Html.withNoncePlaces(`<script${noncePlace}>start()</script>`);
 * console.log(String(page.withNonce("dGlkZXM"))); // <script nonce="dGlkZXM">start()</script>
 * console.log(String(page)); // <script>start()</script>
 * ```
 */
export class Html {
  readonly #markup: string;
  #hasNoncePlaces = false;

  /** Takes a string as markup that has no places for a nonce. Only for markup that did not come from outside. */
  constructor(markup: string) {
    this.#markup = markup;
  }

  /** Takes a string as markup in which `noncePlace` stands wherever the nonce is to be put. */
  static withNoncePlaces(markup: string): Html {
    const html = new Html(markup);
    html.#hasNoncePlaces = markup.includes(noncePlace);
    return html;
  }

  /** The markup with its places, to be put into other markup. What is to be sent or shown is `toString()`. */
  get markup(): string {
    return this.#markup;
  }

  /** Whether a nonce can still be put in. */
  get hasNoncePlaces(): boolean {
    return this.#hasNoncePlaces;
  }

  /** The same with this nonce in its places, or with nothing there where it is undefined. */
  withNonce(nonce: string | undefined): Html {
    return this.#hasNoncePlaces ? new Html(fillPlaces(this.#markup, nonceAttribute(nonce))) : this;
  }

  /** The markup without a nonce. */
  toString(): string {
    return this.#hasNoncePlaces ? fillPlaces(this.#markup, "") : this.#markup;
  }

  toJSON(): string {
    return this.toString();
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
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
