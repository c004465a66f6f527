/** A request made by hand, brought into the shape in which a server would have received it. */
import { LimpidError } from "../errors/index.ts";
import { Headers, type RequestHead } from "../http/index.ts";
import { extractBody, sourceOf } from "./body-init.ts";
import type { Carrier, RequestInit } from "./carrier.ts";

/** Head and carrier for `new Request(input, init)`. A path alone stands on `http://localhost`. */
export function headOf(input: string | URL, init: RequestInit): { head: RequestHead; carrier: Carrier } {
  const url = parseUrl(input);
  const body = extractBody(init.body);
  const content = sourceOf(body.content);
  const headers = new Headers(init.headers);
  if (!headers.has("host")) headers.set("Host", url.host);
  if (body.type !== undefined && !headers.has("content-type")) headers.set("Content-Type", body.type);
  const target = rawTarget(String(input), url);
  const mark = target.indexOf("?");
  const head: RequestHead = {
    method: init.method ?? "GET",
    target,
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? "" : target.slice(mark + 1),
    minorVersion: 1,
    headers,
    host: headers.get("host") ?? url.host,
    framing: content === null ? "none" : content.length === undefined ? "chunked" : "length",
    contentLength: content === null ? 0 : (content.length ?? -1),
    keepAlive: true,
    expectContinue: false,
    upgrade: false,
  };
  return { head, carrier: carrierOf(url, init, content) };
}

function carrierOf(url: URL, init: RequestInit, content: Carrier["content"]): Carrier {
  const signal = init.signal;
  return {
    remoteAddress: init.ip ?? "127.0.0.1",
    encrypted: url.protocol === "https:",
    content,
    onAbort(listener) {
      if (signal === undefined) return;
      if (signal.aborted) listener(signal.reason);
      else signal.addEventListener("abort", () => listener(signal.reason), { once: true });
    },
  };
}

function parseUrl(input: string | URL): URL {
  try {
    // A path is not resolved: `//host` is a path here and no other host.
    if (typeof input === "string" && input.startsWith("/")) return new URL("http://localhost");
    return new URL(input, "http://localhost");
  } catch (cause) {
    throw new LimpidError("LMP_REQUEST_URL_INVALID", "The URL of the request cannot be read.", {
      expected: 'a path such as "/posts" or a URL such as "http://localhost/posts"',
      found: String(input).slice(0, 80),
      fix: "Check the first argument of the request.",
      cause,
    });
  }
}

/** The target as written: `URL` would resolve dot segments and encode, and so hide what a client can send. */
function rawTarget(written: string, url: URL): string {
  const hash = written.indexOf("#");
  const whole = hash < 0 ? written : written.slice(0, hash);
  if (whole.startsWith("/")) return whole;
  const scheme = whole.indexOf("://");
  if (scheme < 0) return url.pathname + url.search;
  const start = whole.slice(scheme + 3).search(/[/?]/);
  if (start < 0) return "/";
  const rest = whole.slice(scheme + 3 + start);
  return rest.startsWith("?") ? `/${rest}` : rest;
}
