/** Turns what a handler returned into a response. */
import { LimpidError } from "../errors/index.ts";
import { Html } from "./html.ts";
import { HtmlStream } from "./html-stream.ts";
import type { AnyRequest } from "./request.ts";
import { Response } from "./response.ts";

/** What a handler or a middleware may return. */
export type Result =
  | Response
  | globalThis.Response
  | Html
  | HtmlStream
  | string
  | Uint8Array
  | object
  | ReadableStream
  | AsyncIterable<Uint8Array | string>
  | null
  | undefined;

/**
 * The response that a result stands for: text is `text/plain`, `Html` and `HtmlStream` are `text/html`, bytes and other
 * streams are `application/octet-stream`, nothing is 204, and any other object is JSON. Throws `LMP_RESULT_INVALID`.
 *
 * Markup gets the nonce of the request here, behind the handler and before any middleware sees the content: what they
 * hash, measure and compress is what is sent.
 */
export function toResponse(result: unknown, request?: AnyRequest): Response {
  if (result instanceof Response) {
    result.putNonce(request?.nonce);
    return result;
  }
  if (result === null || result === undefined) return new Response(null, { status: 204 });
  if (typeof result === "string") return new Response(result);
  if (typeof result !== "object") return refuse(result);
  if (result instanceof Html) return markup(result, request);
  if (result instanceof Uint8Array) {
    return new Response(result, { headers: { "Content-Type": "application/octet-stream" } });
  }
  if (isAsyncIterable(result)) {
    return result instanceof HtmlStream ? markup(result, request) : Response.stream(result);
  }
  if (isPlatformResponse(result)) return fromWeb(result);
  return Response.json(result);
}

/** Without a nonce the places stay open, for the request further out that a part of its answer was made for. */
function markup(html: Html | HtmlStream, request: AnyRequest | undefined): Response {
  const nonce = request?.nonce;
  return new Response(nonce === undefined ? html : html.withNonce(nonce));
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
