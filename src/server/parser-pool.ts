/** Parsers for connections that have something to parse; the many that are idle hold none. */
import { HeadMemo, type ParserLimits, RequestParser } from "../http/index.ts";

/** Parsers that are kept for the next connection at most; a busy server hardly has more at work at once. */
const KEPT = 64;

/** Lends parsers with the same limits. */
export class ParserPool {
  readonly #limits: Partial<ParserLimits>;
  readonly #memo = new HeadMemo();
  readonly #resting: RequestParser[] = [];

  constructor(limits: Partial<ParserLimits>) {
    this.#limits = limits;
  }

  take(): RequestParser {
    return this.#resting.pop() ?? new RequestParser(this.#limits, this.#memo);
  }

  /** Gives back a parser that rests. */
  give(parser: RequestParser): void {
    if (this.#resting.length < KEPT) this.#resting.push(parser);
  }
}
