/** What the parsers give out, in the order of the message: one head, any number of data, one end. */
import type { Headers } from "./headers.ts";
import type { RequestHead } from "./request-head.ts";

/** A whole head has been read and checked. */
export interface RequestHeadEvent {
  readonly kind: "head";
  readonly head: RequestHead;
}

/** A piece of the content. */
export interface DataEvent {
  readonly kind: "data";
  /** A view, valid until the next `push`. */
  readonly bytes: Buffer;
}

/** The message has ended. */
export interface EndEvent {
  readonly kind: "end";
  /** The trailers that may be trailers; never part of the headers. `undefined` where there are none. */
  readonly trailers: Headers | undefined;
}

export type ParserEvent = RequestHeadEvent | DataEvent | EndEvent;

/** The end of a message without trailers. */
export const ended: EndEvent = Object.freeze({ kind: "end", trailers: undefined });
