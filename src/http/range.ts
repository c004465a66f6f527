/** Byte ranges (RFC 9110 §14): which parts of a representation a request asks for, and how they are told. */
import { octets } from "./byte-classes.ts";
import { FieldScanner } from "./field-scanner.ts";

/** A part of a representation, both ends included, as in `bytes 0-999/1000`. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** What a `Range` field asks for. `whole`: it is disregarded, and the answer is 200 with everything. */
export type RangeSet =
  | { readonly kind: "whole" }
  | { readonly kind: "ranges"; readonly ranges: readonly ByteRange[] }
  | { readonly kind: "unsatisfiable" };

/** How much a request may ask for. */
export interface RangeLimits {
  /** A field with more ranges is disregarded. Default 8. */
  readonly maxRanges?: number | undefined;
}

const whole: RangeSet = { kind: "whole" };
const unsatisfiable: RangeSet = { kind: "unsatisfiable" };

/** Ranges so close together are sent as one: the head of a part would take more (RFC 9110 §15.3.7.2). */
const PART_OVERHEAD = 80;

/**
 * Reads a `Range` field for a representation of `size` bytes.
 *
 * Disregarded, as RFC 9110 §14.2 permits, is a field of another unit, a malformed one, one with more than
 * `maxRanges` ranges, and one whose ranges together are longer than the representation: nothing that is asked for
 * makes an answer much longer than the whole. Ranges that overlap or nearly touch come back as one, at the place of
 * the first. Where no range has a byte in the representation the set is `unsatisfiable`: 416 with `unsatisfiedRange`.
 * Reading ends at the first range too many, and takes time in proportion to the field's length.
 *
 * @example
 * ```ts
 * import { contentRange, parseRange } from "limpid/http";
 *
 * const set = parseRange("bytes=0-99, 50-149, -10", 1000);
 * if (set.kind === "ranges") for (const range of set.ranges) console.log(contentRange(range, 1000));
 * // bytes 0-149/1000
 * // bytes 990-999/1000
 * console.log(parseRange("bytes=1000-", 1000).kind); // unsatisfiable
 * console.log(parseRange("lines=1-2", 1000).kind); // whole
 * ```
 */
export function parseRange(field: string, size: number, limits: RangeLimits = {}): RangeSet {
  const maxRanges = limits.maxRanges ?? 8;
  const scanner = new FieldScanner(field);
  if (scanner.token().toLowerCase() !== "bytes" || !scanner.skip(octets.equals)) return whole;
  const ranges: ByteRange[] = [];
  let asked = 0;
  let total = 0;
  scanner.skipWhitespace();
  while (!scanner.atEnd) {
    if (!scanner.isNext(octets.comma)) {
      const range = readRange(scanner, size);
      if (range === "malformed" || ++asked > maxRanges) return whole;
      if (range !== undefined) {
        ranges.push(range);
        total += range.last - range.first + 1;
      }
      scanner.skipWhitespace();
    }
    if (!scanner.atEnd && !scanner.skip(octets.comma)) return whole;
    scanner.skipWhitespace();
  }
  if (asked === 0 || total > size) return whole;
  if (ranges.length > 0) return { kind: "ranges", ranges: coalesced(ranges) };
  // The suffix of nothing is nothing, which `Content-Range` has no form for.
  return size === 0 && /=[\s,]*-/.test(field) ? whole : unsatisfiable;
}

/** `bytes 0-999/1000000`: the `Content-Range` of a part. */
export function contentRange({ first, last }: ByteRange, size: number): string {
  return `bytes ${first}-${last}/${size}`;
}

/** The `Content-Range` of a 416: how long the representation is (RFC 9110 §14.4). */
export function unsatisfiedRange(size: number): string {
  return `bytes */${size}`;
}

/** One `int-range` or `suffix-range`; `undefined` where no byte of the representation is in it. */
function readRange(scanner: FieldScanner, size: number): ByteRange | "malformed" | undefined {
  const start = readDigits(scanner);
  if (!skipDash(scanner)) return "malformed";
  const end = readDigits(scanner);
  if (start === undefined) {
    if (end === undefined) return "malformed";
    return end === 0 || size === 0 ? undefined : { first: Math.max(0, size - end), last: size - 1 };
  }
  if (end !== undefined && end < start) return "malformed";
  return start >= size ? undefined : { first: start, last: Math.min(end ?? size, size - 1) };
}

/** A number of any length; beyond 2^53 it is as far behind the end of every representation as its true value. */
function readDigits(scanner: FieldScanner): number | undefined {
  const from = scanner.position;
  while (isDigit(scanner.text.charCodeAt(scanner.position))) scanner.position++;
  return scanner.position === from ? undefined : Number(scanner.text.slice(from, scanner.position));
}

function isDigit(code: number): boolean {
  return code >= octets.zero && code <= octets.nine;
}

function skipDash(scanner: FieldScanner): boolean {
  return scanner.skip(0x2d);
}

/** Joins what overlaps or nearly touches. There are few ranges, and each is joined with the ones before it. */
function coalesced(ranges: readonly ByteRange[]): ByteRange[] {
  const joined: ByteRange[] = [];
  for (const range of ranges) {
    let { first, last } = range;
    let place = joined.length;
    for (let index = joined.length - 1; index >= 0; index--) {
      const other = joined[index]!;
      if (other.first > last + PART_OVERHEAD || first > other.last + PART_OVERHEAD) continue;
      first = Math.min(first, other.first);
      last = Math.max(last, other.last);
      joined.splice(index, 1);
      place = index;
      // What has grown may now touch one that was passed already.
      index = joined.length;
    }
    joined.splice(place, 0, { first, last });
  }
  return joined;
}
