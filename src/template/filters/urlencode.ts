/** The filter that makes texts and parameters fit for a URL. */
import { encodePart } from "../escaper/escape-url.ts";
import { isPlain } from "../values/kind.ts";
import { pairsOf } from "../values/pairs.ts";
import { defineFilter } from "./define-filter.ts";
import { textOf } from "./text-of.ts";

/**
 * The text percent-encoded, with `/` kept; an object, a map or a list of pairs as the parameters of a query,
 * `a=1&b=2`.
 */
export const urlencode = defineFilter("urlencode", (value) => {
  if (!hasParameters(value)) return encodePart(textOf(value)).replaceAll("%2F", "/");
  return pairsOf(value)
    .map(([name, each]) => `${inQuery(name)}=${inQuery(each)}`)
    .join("&");
});

function hasParameters(value: unknown): boolean {
  return Array.isArray(value) || isPlain(value) || value instanceof Map || value instanceof Set;
}

function inQuery(value: unknown): string {
  return encodePart(textOf(value)).replaceAll("%20", "+");
}
