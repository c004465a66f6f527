/** HTML that is still being written: sent piece by piece, with the nonce put in on the way. Beside `Html`, the finished kind. */
import { fillPlaces, nonceAttribute } from "./nonce-place.ts";

/** Gives the markup in pieces. It is told the nonce; a `noncePlace` in a piece is whole, never split between two. */
export type HtmlStart = (nonce: string | undefined) => AsyncIterable<string>;

/**
 * Markup in pieces. Becomes a streamed `text/html` response when a handler returns it, with `request.nonce` in the
 * places for it. Nothing happens before somebody iterates, and every iteration begins anew.
 *
 * @example
 * ```ts
 * import { HtmlStream, noncePlace } from "limpid/message";
 *
 * const page = new HtmlStream(async function* () {
 *   yield `<script${noncePlace}>`;
 *   yield "start()</script>";
 * });
 * for await (const piece of page.withNonce("dGlkZXM")) console.log(piece); // <script nonce="dGlkZXM">
 * // start()</script>
 * console.log(await page.text()); // <script>start()</script>
 * ```
 */
export class HtmlStream implements AsyncIterable<string> {
  readonly #start: HtmlStart;
  #nonce: string | undefined;
  #attribute = "";
  #hasNoncePlaces = true;

  constructor(start: HtmlStart) {
    this.#start = start;
  }

  /** Whether a nonce can still be given. */
  get hasNoncePlaces(): boolean {
    return this.#hasNoncePlaces;
  }

  /** The same with this nonce in its places, or with nothing there where it is undefined. */
  withNonce(nonce: string | undefined): HtmlStream {
    if (!this.#hasNoncePlaces) return this;
    const stream = new HtmlStream(this.#start);
    stream.#nonce = nonce;
    stream.#attribute = nonceAttribute(nonce);
    stream.#hasNoncePlaces = false;
    return stream;
  }

  /** An asynchronous generator would wait three times for each piece. */
  [Symbol.asyncIterator](): AsyncIterator<string> {
    const attribute = this.#attribute;
    const pieces = this.#start(this.#nonce)[Symbol.asyncIterator]();
    return {
      next: async () => {
        const result = await pieces.next();
        return result.done ? result : { done: false, value: fillPlaces(result.value, attribute) };
      },
      return: async () => (await pieces.return?.()) ?? { done: true, value: undefined },
    };
  }

  /** All pieces together. */
  async text(): Promise<string> {
    let text = "";
    for await (const piece of this) text += piece;
    return text;
  }
}
