/** Follows a redirect as a browser does (Fetch standard §4.4, "HTTP-redirect fetch"). */
import { LimpidError } from "../errors/index.ts";
import { Headers } from "../http/index.ts";
import type { IncomingResponse, OutgoingRequest } from "./transport.ts";

/** Browsers give up behind this many. */
export const MAX_REDIRECTS = 20;

const statuses = new Set([301, 302, 303, 307, 308]);
const contentFields = [
  "content-encoding",
  "content-language",
  "content-length",
  "content-location",
  "content-type",
  "transfer-encoding",
];

/**
 * The request that the response asks for, or undefined where it is no redirect. Cookies are the jar's affair.
 *
 * Throws `LMP_TESTING_REDIRECT_OUTSIDE` for another origin, which is not the application under test, and
 * `LMP_TESTING_REDIRECT_STREAM` where content that is gone would have to be sent again.
 */
export function redirected(sent: OutgoingRequest, response: IncomingResponse): OutgoingRequest | undefined {
  const location = response.headers.get("location");
  if (!statuses.has(response.status) || location === null) return undefined;
  const url = URL.canParse(location, sent.url.href) ? new URL(location, sent.url) : undefined;
  if (url?.origin !== sent.url.origin) throw outside(location, sent.url);
  const target = url.pathname + url.search;
  const headers = new Headers(sent.headers);
  headers.delete("cookie");
  if (!becomesGet(response.status, sent.method)) {
    const { content } = sent;
    if (content !== null && typeof content !== "string" && !(content instanceof Uint8Array)) throw gone();
    return { ...sent, url, target, headers };
  }
  for (const name of contentFields) headers.delete(name);
  return { ...sent, method: "GET", url, target, headers, content: null };
}

/** The failure of a request that is redirected for ever. */
export function tooManyRedirects(url: URL): LimpidError {
  return new LimpidError("LMP_TESTING_REDIRECT_LIMIT", "The request was redirected too often.", {
    expected: `at most ${MAX_REDIRECTS} redirects`,
    found: `one more, to ${url.pathname}`,
    fix: 'Look at the first of them with `redirect: "manual"`.',
  });
}

/** 303 always, 301 and 302 behind a POST: the next request is a GET (RFC 9110 §15.4). */
function becomesGet(status: number, method: string): boolean {
  if (status === 303) return method !== "GET" && method !== "HEAD";
  return (status === 301 || status === 302) && method === "POST";
}

function outside(location: string, from: URL): LimpidError {
  return new LimpidError("LMP_TESTING_REDIRECT_OUTSIDE", "The redirect leads to another origin.", {
    expected: `a place on ${from.origin}`,
    found: location.slice(0, 200),
    fix: 'Ask with `redirect: "manual"` and look at the Location of the response.',
  });
}

function gone(): LimpidError {
  return new LimpidError("LMP_TESTING_REDIRECT_STREAM", "A streamed body cannot be sent a second time.", {
    expected: "text or bytes as body, or a redirect with 303",
    found: "a stream",
    fix: "Gather the body first.",
  });
}
