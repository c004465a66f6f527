/** Reads the lists with weights that all `Accept*` fields are (RFC 9110 §12.4.2) for `accept.ts`. */
import { octets } from "./byte-classes.ts";
import { FieldScanner } from "./field-scanner.ts";

/** One element of an `Accept*` field. */
export interface Preference {
  /** In lower case: `"text/html"`, `"gzip"`, `"en-gb"`, `"*"`. */
  readonly value: string;
  /** From 0, not acceptable, to 1. */
  readonly quality: number;
  /** Parameters other than `q`, names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** No client needs more, and every offer is compared with every element. */
const elementLimit = 100;
const noParameters: ReadonlyMap<string, string> = new Map();

/**
 * The elements of an `Accept*` field, the most wanted first, equals in the order they were sent. An element outside
 * the grammar expresses no wish and is left out; a field of more than 100 elements is disregarded as a whole, as
 * RFC 9110 §12.4.1 permits. Never throws, so that an error page can be negotiated too, and takes time in proportion
 * to the field's length.
 *
 * @example
 * ```ts
 * import { preferences } from "limpid/http";
 *
 * for (const { value, quality } of preferences("br;q=0.5, gzip, *;q=0")) console.log(value, quality);
 * // gzip 1
 * // br 0.5
 * // * 0
 * ```
 */
export function preferences(header: string | null | undefined): Preference[] {
  const list: Preference[] = [];
  const scanner = new FieldScanner(header ?? "");
  let count = 0;
  while (!scanner.atEnd) {
    scanner.skipWhitespace();
    if (scanner.skip(octets.comma)) continue;
    if (scanner.atEnd) break;
    if (++count > elementLimit) return [];
    const preference = readElement(scanner);
    if (preference !== undefined) list.push(preference);
  }
  return list.sort((a, b) => b.quality - a.quality);
}

/** Leaves the scanner at the comma behind the element, whether the element was well formed or not. */
function readElement(scanner: FieldScanner): Preference | undefined {
  let value = scanner.token();
  if (value !== "" && scanner.skip(octets.slash)) {
    const subtype = scanner.token();
    value = subtype === "" ? "" : `${value}/${subtype}`;
  }
  let quality = 1;
  let parameters: Map<string, string> | undefined;
  const wellFormed = scanner.parameters((name, text) => {
    if (name === "q") quality = parseQuality(text);
    else (parameters ??= new Map()).set(name, text);
    return true;
  });
  const complete = scanner.atEnd || scanner.isNext(octets.comma);
  scanner.skipTo(",");
  if (value === "" || !wellFormed || !complete || Number.isNaN(quality)) return undefined;
  return { value: value.toLowerCase(), quality, parameters: parameters ?? noParameters };
}

/**
 * `0` to `1` with at most three decimals (RFC 9110 §12.4.2); NaN for all else. Java's HttpURLConnection writes `.2`,
 * which is taken for `0.2`.
 */
function parseQuality(text: string): number {
  return text.length <= 5 && /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?|\.\d{1,3})$/.test(text)
    ? Number(text)
    : Number.NaN;
}
