/** Who reads an answer: a person with a browser, a program, or somebody at a shell. */
import type { AnyRequest } from "limpid";
import { accepts } from "limpid/http";

export type Audience = "page" | "json" | "text";

const audiences = new Map<string | undefined, Audience>([
  ["text/plain", "text"],
  ["text/html", "page"],
  ["application/json", "json"],
  ["application/problem+json", "json"],
]);
const offers = [...audiences.keys()].filter((offer) => offer !== undefined);

/**
 * By `Accept`. Browsers name HTML; who does not care is shown pages, and plain text for what it sends. A script that
 * asks for a fragment of a page has a page to put it into.
 */
export function audienceOf(request: AnyRequest): Audience {
  if (wantsFragment(request)) return "page";
  const { method, headers } = request;
  const reads = method === "GET" || method === "HEAD";
  return audiences.get(accepts(headers.get("accept"), reads ? offers.slice(1) : offers)) ?? "page";
}

/** Whether a part of the page is enough. The field is htmx's; a script of one's own may send it as well. */
export function wantsFragment({ headers }: AnyRequest): boolean {
  return headers.get("hx-request") === "true";
}
