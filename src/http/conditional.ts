/** Conditional requests (RFC 9110 §13): what the fields of a request make of the representation there is. */
import { entityTags, isSameStrongly, isSameWeakly, parseEntityTag } from "./entity-tag.ts";
import type { FieldReader } from "./forwarded-fields.ts";
import { parseHttpDate } from "./http-date.ts";

/** What a representation is known by. Each may be missing; a condition on what is missing is disregarded. */
export interface Validators {
  /** As it stands in `ETag`, quotes and all. */
  readonly etag?: string | undefined;
  /** Milliseconds since 1970; a fraction of a second does not count, since `Last-Modified` has none. */
  readonly lastModified?: number | undefined;
}

/** What follows: go on, or answer 304, or answer 412. */
export type Verdict = "proceed" | "not-modified" | "precondition-failed";

/** What is asked: a method and its fields. Every `Request` fits. */
export interface ConditionalRequest {
  readonly method: string;
  readonly headers: FieldReader;
}

/**
 * Judges the preconditions of a request in the order of RFC 9110 §13.2.2: `If-Match`, else `If-Unmodified-Since`;
 * then `If-None-Match`, else `If-Modified-Since`. `If-Range` comes last and belongs to `Range`; see `ifRange`.
 * To be asked when the answer would otherwise be 2xx (§13.2.1), and before a method changes anything.
 *
 * A field that is malformed matches no tag; a date that is none is disregarded, as §13.1.3 and §13.1.4 demand.
 *
 * @param validators - Of the representation there is; `undefined` where there is none, which only `*` asks about.
 *
 * @example
 * ```ts
 * import { evaluatePreconditions, Headers } from "limpid/http";
 *
 * const headers = new Headers({ "If-None-Match": 'W/"v1", "v2"' });
 * console.log(evaluatePreconditions({ method: "GET", headers }, { etag: '"v2"' })); // not-modified
 * console.log(evaluatePreconditions({ method: "PUT", headers }, { etag: '"v2"' })); // precondition-failed
 * console.log(evaluatePreconditions({ method: "GET", headers }, { etag: '"v3"' })); // proceed
 * ```
 */
export function evaluatePreconditions(
  { method, headers }: ConditionalRequest,
  validators: Validators | undefined,
): Verdict {
  const reads = method === "GET" || method === "HEAD";
  const modified = validators?.lastModified === undefined ? undefined : wholeSeconds(validators.lastModified);
  const ifMatch = headers.get("if-match");
  if (ifMatch !== null) {
    if (!matches(ifMatch, validators, isSameStrongly)) return "precondition-failed";
  } else if (modified !== undefined) {
    const since = dateIn(headers, "if-unmodified-since");
    if (since !== undefined && modified > since) return "precondition-failed";
  }
  const ifNoneMatch = headers.get("if-none-match");
  if (ifNoneMatch !== null) {
    if (!matches(ifNoneMatch, validators, isSameWeakly)) return "proceed";
    return reads ? "not-modified" : "precondition-failed";
  }
  if (!reads || modified === undefined) return "proceed";
  const since = dateIn(headers, "if-modified-since");
  return since !== undefined && modified <= since ? "not-modified" : "proceed";
}

/**
 * Whether `Range` may be heeded: true without `If-Range`, and where its validator is that of the representation there
 * is, strongly compared (RFC 9110 §13.1.5). Where it is false the whole is sent, since the client's part is of another.
 *
 * @param now - Milliseconds since 1970. A date is a strong validator only once its second is over (§8.8.2.2).
 *
 * @example
 * ```ts
 * import { Headers, ifRange } from "limpid/http";
 *
 * const headers = new Headers({ Range: "bytes=0-9", "If-Range": '"v1"' });
 * console.log(ifRange({ method: "GET", headers }, { etag: '"v2"' })); // false
 * ```
 */
export function ifRange(
  { headers }: ConditionalRequest,
  validators: Validators,
  now: number = Number.POSITIVE_INFINITY,
): boolean {
  const field = headers.get("if-range");
  if (field === null) return true;
  const tag = parseEntityTag(field);
  if (tag !== undefined) return validators.etag !== undefined && isSameStrongly(tag, validators.etag);
  const { lastModified } = validators;
  if (lastModified === undefined) return false;
  const second = wholeSeconds(lastModified);
  return parseHttpDate(field)?.getTime() === second && now >= second + 1000;
}

/** Whether one of the tags in the field is the representation's. `*` is true of every representation there is. */
function matches(
  field: string,
  validators: Validators | undefined,
  isSame: (one: string, other: string) => boolean,
): boolean {
  if (validators === undefined) return false;
  const { etag } = validators;
  // What a browser sends nearly always.
  if (field === etag) return isSame(field, etag);
  const tags = entityTags(field);
  if (tags === "*") return true;
  return etag !== undefined && tags.some((tag) => isSame(tag, etag));
}

function dateIn(headers: FieldReader, name: string): number | undefined {
  const field = headers.get(name);
  return field === null ? undefined : parseHttpDate(field)?.getTime();
}

function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}
