/** Turns what a handler returned into a response. */
import { LimpidError } from "../errors/index.ts";
import { Html } from "./html.ts";
import { Response } from "./response.ts";

/** What a handler or a middleware may return. */
export type Result =
  | Response
  | globalThis.Response
  | Html
  | string
  | Uint8Array
  | object
  | ReadableStream
  | AsyncIterable<Uint8Array | string>
  | null
  | undefined;

/**
 * The response that a result stands for: text is `text/plain`, `Html` is `text/html`, bytes and streams are
 * `application/octet-stream`, nothing is 204, and any other object is JSON. Throws `LMP_RESULT_INVALID`.
 */
export function toResponse(result: unknown): Response {
  if (result instanceof Response) return result;
  if (result === null || result === undefined) return new Response(null, { status: 204 });
  if (typeof result === "string") return new Response(result);
  if (typeof result !== "object") return refuse(result);
  if (result instanceof Html) return Response.html(result);
  if (result instanceof Uint8Array) {
    return new Response(result, { headers: { "Content-Type": "application/octet-stream" } });
  }
  if (isAsyncIterable(result)) return Response.stream(result);
  if (isPlatformResponse(result)) return fromWeb(result);
  return Response.json(result);
}

/** A platform response, taken as it is; its content is streamed. */
function fromWeb(response: globalThis.Response): Response {
  const { status, statusText, headers } = response;
  const fields: [string, string][] = [...headers];
  return new Response(response.body as ReadableStream<Uint8Array> | null, {
    status,
    statusText: statusText || undefined,
    headers: fields,
  });
}

/**
 * Whoever has the platform's prototype has its members, and hardly anybody else has this one: for all others its class
 * is left alone, with which Node would load the whole of Fetch.
 */
function isPlatformResponse(value: object): value is globalThis.Response {
  return "bodyUsed" in value && value instanceof globalThis.Response;
}

function isAsyncIterable(value: object): value is AsyncIterable<Uint8Array | string> {
  return Symbol.asyncIterator in value;
}

function refuse(result: unknown): never {
  throw new LimpidError("LMP_RESULT_INVALID", "The handler returned something that is no response.", {
    expected: "a Response, a string, html, bytes, an object, a stream, null or undefined",
    found: typeof result,
    fix: typeof result === "number" ? `Return a string: String(${result}).` : "Return one of these.",
  });
}
