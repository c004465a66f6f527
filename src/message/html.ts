/** HTML as a value of its own, so that text is escaped exactly once and markup never is. */
import { fillPlaces, nonceAttribute, noncePlace } from "./nonce-place.ts";

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

/** Takes a string as markup without escaping it. Only for markup that did not come from outside. */
export function raw(markup: string): Html {
  return new Html(markup);
}
