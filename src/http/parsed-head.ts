/** The head that `RequestParser` gives out, and how the same head is given out again. */
import { Headers } from "./headers.ts";
import type { Framing, RequestHead } from "./request-head.ts";

/** All of a head but its fields, which are an object of every request's own. */
export type HeadParts = Omit<RequestHead, "headers">;

/** A head with the text its fields lie in. */
export class ParsedHead implements RequestHead {
  readonly method: string;
  readonly target: string;
  readonly path: string;
  readonly query: string;
  readonly minorVersion: 0 | 1;
  readonly headers: Headers;
  readonly host: string;
  readonly framing: Framing;
  readonly contentLength: number;
  readonly keepAlive: boolean;
  readonly expectContinue: boolean;
  readonly upgrade: boolean;
  readonly #block: string;
  readonly #offsets: readonly number[];

  /** `offsets` as for `Headers.fromBlock`. */
  constructor(parts: HeadParts, block: string, offsets: readonly number[]) {
    this.method = parts.method;
    this.target = parts.target;
    this.path = parts.path;
    this.query = parts.query;
    this.minorVersion = parts.minorVersion;
    this.headers = Headers.fromBlock(block, offsets);
    this.host = parts.host;
    this.framing = parts.framing;
    this.contentLength = parts.contentLength;
    this.keepAlive = parts.keepAlive;
    this.expectContinue = parts.expectContinue;
    this.upgrade = parts.upgrade;
    this.#block = block;
    this.#offsets = offsets;
  }

  /** The same head for another request; what one application writes into its fields the other does not see. */
  again(): ParsedHead {
    return new ParsedHead(this, this.#block, this.#offsets);
  }
}
