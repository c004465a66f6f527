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

/** By `Accept`. Browsers name HTML; who does not care is shown pages, and plain text for what it sends. */
export function audienceOf({ method, headers }: AnyRequest): Audience {
  const reads = method === "GET" || method === "HEAD";
  return audiences.get(accepts(headers.get("accept"), reads ? offers.slice(1) : offers)) ?? "page";
}
