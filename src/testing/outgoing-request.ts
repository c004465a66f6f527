/** Turns what a test writes, a path and an init, into a request that a transport can send. */
import { LimpidError } from "../errors/index.ts";
import { Headers, type HeadersInit, Query, type QueryInit } from "../http/index.ts";
import { type Body, type BodyInit, Response } from "../message/index.ts";
import type { OutgoingRequest } from "./transport.ts";

/** What a test request carries. At most one of `body`, `json` and `form`. */
export interface TestRequestInit {
  /** Added to the client's own and stronger than those. */
  headers?: HeadersInit;
  /** Sent as JSON, with its media type. */
  json?: unknown;
  /** Sent as `application/x-www-form-urlencoded`; an array repeats its name. */
  form?: QueryInit | undefined;
  /** Added to the query of the path. */
  query?: QueryInit | undefined;
  /** Sent as it is; a stream or an async iterable is sent in chunks. */
  body?: BodyInit | null | undefined;
  /** Sent with this request alone, beside those of the jar and stronger than those. */
  cookies?: Readonly<Record<string, string>> | undefined;
  /** Whether to follow redirects as a browser does. Default `"manual"`: the redirect is the response. */
  redirect?: "manual" | "follow" | undefined;
  /** Gives the request up, as a client that goes away. */
  signal?: AbortSignal | undefined;
}

/** Where a request goes: the URL for cookies and redirects, the target for the request line. */
export interface Destination {
  readonly url: URL;
  readonly target: string;
}

/**
 * Where a path or URL leads. What begins with a slash goes out as written, dot segments included, so that a test can
 * send what a browser would not; only what no request line can carry is percent-encoded.
 */
export function destinationOf(written: string, base: URL, query?: QueryInit): Destination {
  const whole = withQuery(written.split("#", 1)[0] ?? "", query);
  if (whole.startsWith("/")) {
    const target = whole.replace(/[^\x21-\x7e]+/g, (part) => encodeURIComponent(part.toWellFormed()));
    return { url: new URL(base.origin + target), target };
  }
  const url = URL.canParse(whole, base.href) ? new URL(whole, base) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return { url, target: url.pathname + url.search };
  throw new LimpidError("LMP_REQUEST_URL_INVALID", "The URL of the request cannot be read.", {
    expected: 'a path such as "/posts" or a URL such as "http://localhost/posts"',
    found: written.slice(0, 80),
    fix: "Check the first argument of the request.",
  });
}

/** A request to a destination, with content, framing and the fields that every request has. */
export function outgoingRequest(
  method: string,
  { url, target }: Destination,
  init: TestRequestInit,
  defaults: HeadersInit,
): OutgoingRequest {
  const { content, type } = bodyOf(init);
  const given = new Headers(defaults);
  replaceIn(given, new Headers(init.headers));
  const headers = new Headers({ Host: given.get("host") ?? url.host });
  if (!given.has("connection")) headers.set("Connection", "keep-alive");
  for (const [name, value] of given.lines()) if (name.toLowerCase() !== "host") headers.append(name, value);
  if (type !== null && !headers.has("content-type")) headers.set("Content-Type", type);
  frame(headers, method, content);
  return { method, target, url, headers, content, signal: init.signal };
}

/** Framing is told truly, whatever the test has set; a lie needs a socket of the test's own. */
function frame(headers: Headers, method: string, content: Body["content"]): void {
  headers.delete("content-length");
  headers.delete("transfer-encoding");
  if (content === null) {
    // RFC 9110 §8.6: a method that expects content says so when there is none.
    if (method === "POST" || method === "PUT" || method === "PATCH") headers.set("Content-Length", 0);
  } else if (typeof content === "string" || content instanceof Uint8Array) {
    headers.set("Content-Length", Buffer.byteLength(content));
  } else {
    headers.set("Transfer-Encoding", "chunked");
  }
}

/** The content and the media type that follows from it. */
function bodyOf({ body, json, form }: TestRequestInit): { content: Body["content"]; type: string | null } {
  const given = [body ?? undefined, json, form].filter((one) => one !== undefined);
  if (given.length > 1) {
    throw new LimpidError("LMP_TESTING_BODY_AMBIGUOUS", "A request has one content.", {
      expected: "one of body, json and form",
      found: `${given.length} of them`,
      fix: "Leave the others out.",
    });
  }
  if (form !== undefined) {
    return { content: Query.from(form).raw, type: "application/x-www-form-urlencoded" };
  }
  const made = json === undefined ? new Response(body) : Response.json(json);
  return { content: made.content, type: made.headers.get("content-type") };
}

function withQuery(written: string, query: QueryInit | undefined): string {
  const added = query === undefined ? "" : Query.from(query).raw;
  if (added === "") return written;
  return written + (written.includes("?") ? "&" : "?") + added;
}

/** Every name in `stronger` takes the place of its namesakes in `headers`. */
function replaceIn(headers: Headers, stronger: Headers): void {
  for (const name of stronger.keys()) headers.delete(name);
  for (const [name, value] of stronger.lines()) headers.append(name, value);
}
