/** Remembers the last head: clients repeat themselves, and comparing octets costs a fraction of parsing them. */
import type { ByteWindow } from "./byte-window.ts";
import type { ParsedHead } from "./parsed-head.ts";

/** A longer head is not remembered. */
const longest = 2048;

/** From so many heads on that differed from the one before, only one in as many is remembered: copying costs, too. */
const patience = 16;

/** Octets that are compared one by one, where another target or method shows; the rest is compared in one call. */
const first = 96;

/**
 * One head with its octets, for all parsers with the same limits. A head ends where its octets say, so whatever begins
 * with the octets of a head has that head: there is nothing else to compare, and nothing a client could put in its
 * place.
 *
 * @example
 * ```ts
 * import { HeadMemo, RequestParser } from "limpid/http";
 *
 * const memo = new HeadMemo();
 * for (const parser of [new RequestParser({}, memo), new RequestParser({}, memo)]) {
 *   parser.push(Buffer.from("GET /cups HTTP/1.1\r\nHost: example.com\r\n\r\n"));
 *   const event = parser.next();
 *   if (event?.kind === "head") console.log(event.head.path); // /cups
 * }
 * ```
 */
export class HeadMemo {
  readonly #octets = Buffer.alloc(longest);
  #length = 0;
  #head: ParsedHead | undefined;
  /** Heads that had to be parsed since the last one that was known. */
  #missed = 0;

  /** The head that the window begins with, where it is the one remembered; the window is moved behind it. */
  recall(window: ByteWindow): ParsedHead | undefined {
    const length = this.#length;
    const { bytes, at } = window;
    if (length === 0 || window.end - at < length) return undefined;
    const octets = this.#octets;
    const loop = length < first ? length : first;
    for (let index = 0; index < loop; index++) if (octets[index] !== bytes[at + index]) return undefined;
    if (length > first && octets.compare(bytes, at + first, at + length, first, length) !== 0)
      return undefined;
    window.at = at + length;
    window.release();
    this.#missed = 0;
    return this.#head?.again();
  }

  /** Remembers a head and the octets from `start` to `end` that it was read from, in place of the last one. */
  remember(head: ParsedHead, bytes: Uint8Array, start: number, end: number): void {
    if (end - start > longest || (++this.#missed > patience && this.#missed % patience !== 0)) return;
    this.#octets.set(bytes.subarray(start, end));
    this.#length = end - start;
    this.#head = head;
  }
}
