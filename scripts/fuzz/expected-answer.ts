/** What a server has to answer to an input, as the parser in this process sees it. */
import { ProtocolError, RequestParser } from "limpid/http";

/** The responses that are right. */
export interface ExpectedAnswer {
  /** Whole messages, each answered with 200. */
  readonly messages: number;
  /** The method of every message, because the response to HEAD has a length and no content. */
  readonly methods: readonly string[];
  /** Statuses of which one has to follow; empty where nothing may. */
  readonly refusals: readonly number[];
  /** Whether another input may follow on the same connection. */
  readonly goesOn: boolean;
}

/** Reads the input as one that ends with the client's end. */
export function expectedAnswer(octets: Uint8Array): ExpectedAnswer {
  const parser = new RequestParser();
  const methods: string[] = [];
  let messages = 0;
  let endsBehindOne = false;
  let status: number | undefined;
  try {
    parser.push(octets);
    for (let event = parser.next(); event !== undefined; event = parser.next()) {
      if (event.kind === "head") methods.push(event.head.method);
      if (event.kind !== "end") continue;
      messages++;
      endsBehindOne = parser.buffered === 0;
    }
    const goesOn = endsBehindOne && parser.state === "head";
    parser.finish();
    return { messages, methods, refusals: [], goesOn };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    status = error.status;
  }
  // Content that is announced as too large is refused before it turns out to be malformed or missing.
  const refusals = methods.length > messages ? [status, 400, 413] : [status];
  return { messages, methods, refusals, goesOn: false };
}
