/** Parses a request that is there as a whole, such as one captured from a wire; built on `RequestParser`. */
import { Headers } from "./headers.ts";
import type { ParserLimits } from "./parser-limits.ts";
import { ProtocolError } from "./protocol-error.ts";
import type { RequestHead } from "./request-head.ts";
import { RequestParser } from "./request-parser.ts";

/** A whole request. */
export interface ParsedRequest {
  /** As sent, case-sensitive: `"POST"`. */
  readonly method: string;
  /** The request target as sent: `"/users?page=2"`. */
  readonly target: string;
  /** The raw path, not decoded: `"/users"`. */
  readonly path: string;
  /** The raw query without `?`: `"page=2"`; the empty string where there is none. */
  readonly query: string;
  /** `"1.1"` or `"1.0"`. */
  readonly version: "1.0" | "1.1";
  readonly headers: Headers;
  /** The content without its framing; `String(body)` reads it as UTF-8. */
  readonly body: Buffer;
  /** The trailers of chunked content; empty where there are none. */
  readonly trailers: Headers;
  /** Everything the parser found out about the head: host, framing, whether the connection goes on. */
  readonly head: RequestHead;
  /** What stands behind the request: the next one, if requests are pipelined. */
  readonly rest: Buffer;
}

/**
 * Parses one whole request; a string is taken as UTF-8.
 *
 * @throws {ProtocolError} `LMP_HTTP_MESSAGE_INCOMPLETE` where octets are missing, and all of `RequestParser`'s.
 *
 * @example
 * ```ts
 * import { parseRequest } from "limpid/http";
 *
 * const request = parseRequest(
 *   "POST /api/users?notify=1 HTTP/1.1\r\nHost: localhost:8000\r\nContent-Length: 16\r\n\r\n" + '{"name":"Alice"}',
 * );
 * console.log(request.method, request.path, request.query, request.version); // POST /api/users notify=1 1.1
 * console.log(request.headers.get("host"), JSON.parse(String(request.body)).name); // localhost:8000 Alice
 * ```
 */
export function parseRequest(request: Uint8Array | string, limits?: Partial<ParserLimits>): ParsedRequest {
  const parser = new RequestParser(limits);
  parser.push(typeof request === "string" ? Buffer.from(request, "utf8") : request);
  const head = parser.next();
  if (head?.kind !== "head") throw incomplete(parser.started ? "a part of the head" : "nothing");
  const content: Uint8Array[] = [];
  let event = parser.next();
  // The views stay valid: nothing is pushed any more.
  for (; event?.kind === "data"; event = parser.next()) content.push(event.bytes);
  if (event?.kind !== "end") throw incomplete("a part of the content");
  return {
    method: head.head.method,
    target: head.head.target,
    path: head.head.path,
    query: head.head.query,
    version: head.head.minorVersion === 1 ? "1.1" : "1.0",
    headers: head.head.headers,
    body: Buffer.concat(content),
    trailers: event.trailers ?? new Headers(),
    head: head.head,
    rest: Buffer.from(parser.take()),
  };
}

function incomplete(found: string): ProtocolError {
  return new ProtocolError(400, "LMP_HTTP_MESSAGE_INCOMPLETE", "The request is incomplete.", {
    expected: "a whole request",
    found,
  });
}
