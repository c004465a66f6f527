/** Name-value pairs in `application/x-www-form-urlencoded`: the query of a URL and the content of a plain form. */
import { HttpError } from "../errors/index.ts";

/** What a query may hold at most; more is refused with 400. */
export interface QueryLimits {
  /** Pairs in all. Default: 1000. */
  params?: number | undefined;
  /** UTF-8 bytes of a decoded name. Default: 256. */
  keyBytes?: number | undefined;
  /** Values of one name. Default: 100. */
  values?: number | undefined;
}

/** What a query can be made from: pairs, or a record whose arrays repeat their name. */
export type QueryInit =
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

interface Parsed {
  readonly pairs: readonly (readonly [string, string])[];
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/**
 * A multi-valued map over an urlencoded text (URL Standard §5.1). Nothing is read before the first question is asked.
 * Unlike a browser it refuses what is no valid percent-encoding or UTF-8 instead of guessing.
 *
 * Every method can throw HttpError 400: `LMP_HTTP_QUERY_INVALID` for a text that cannot be decoded,
 * `LMP_HTTP_QUERY_TOO_MANY` and `LMP_HTTP_QUERY_NAME_TOO_LONG` beyond a limit.
 *
 * @example
 * ```ts
 * import { Query } from "limpid/http";
 *
 * const query = new Query("page=2&tag=new&tag=caf%C3%A9");
 * console.log(query.get("page"), query.getAll("tag")); // 2 [ 'new', 'café' ]
 * console.log(query.get("missing")); // undefined
 * ```
 */
export class Query implements Iterable<[string, string]> {
  /** The text as it was sent. */
  readonly raw: string;
  readonly #limits: QueryLimits;
  #parsed: Parsed | undefined;

  /** @param raw - Without a leading `?`. */
  constructor(raw: string, limits: QueryLimits = {}) {
    this.raw = raw;
    this.#limits = limits;
  }

  /** A query of these pairs, in their order; `undefined` in a record leaves the name out. */
  static from(init: QueryInit, limits?: QueryLimits): Query {
    return new Query(encode(pairsOf(init)), limits);
  }

  /**
   * The value of a name, `undefined` where it was not sent.
   *
   * @throws HttpError 400 `LMP_HTTP_PARAMETER_REPEATED` where it was sent more than once: whichever value were
   *   taken, a proxy in front may have checked the other. Ask `getAll` for a name that may be repeated.
   */
  get(name: string): string | undefined {
    const values = this.#read().values.get(name);
    if (values === undefined || values.length === 1) return values?.[0];
    throw new HttpError(400, "A parameter was sent more than once.", {
      code: "LMP_HTTP_PARAMETER_REPEATED",
      expected: `${JSON.stringify(name)} once`,
      found: `${values.length} values`,
    });
  }

  /** All values of a name in their order; empty where it was not sent. */
  getAll(name: string): string[] {
    return [...(this.#read().values.get(name) ?? [])];
  }

  /** Whether a name was sent at all. */
  has(name: string): boolean {
    return this.#read().values.has(name);
  }

  /** The number of pairs. */
  get size(): number {
    return this.#read().pairs.length;
  }

  /** Every name once, in the order of first appearance. */
  keys(): IterableIterator<string> {
    return this.#read().values.keys();
  }

  /** Every pair in its order, a repeated name each time. */
  *entries(): IterableIterator<[string, string]> {
    for (const [name, value] of this.#read().pairs) yield [name, value];
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }

  /**
   * All names as a record without a prototype, fit for a schema: a name sent once has a string, a repeated one an
   * array.
   *
   * @throws HttpError 400 `LMP_HTTP_PARAMETER_NAME_FORBIDDEN` for `__proto__`, `constructor` and `prototype`, which
   *   would do harm in whatever object the record is copied into.
   */
  toObject(): Record<string, string | string[]> {
    const record: Record<string, string | string[]> = Object.create(null);
    for (const [name, values] of this.#read().values) {
      if (name === "__proto__" || name === "constructor" || name === "prototype") throw forbidden(name);
      record[name] = values.length === 1 ? values[0]! : [...values];
    }
    return record;
  }

  /** The pairs, encoded afresh. */
  toString(): string {
    return encode(this.#read().pairs);
  }

  #read(): Parsed {
    return (this.#parsed ??= parse(this.raw, this.#limits));
  }
}

function parse(raw: string, limits: QueryLimits): Parsed {
  const { params = 1000, keyBytes = 256, values: valueLimit = 100 } = limits;
  const pairs: [string, string][] = [];
  const values = new Map<string, string[]>();
  for (let start = 0, end = 0; start < raw.length; start = end + 1) {
    end = nextAmpersand(raw, start);
    if (end === start) continue;
    const pair = raw.slice(start, end);
    if (pairs.length === params) throw tooMany(`at most ${params} parameters`);
    const equals = pair.indexOf("=");
    const rawName = equals === -1 ? pair : pair.slice(0, equals);
    // Decoding makes a text at most three times shorter, so a longer one need not be decoded to be refused.
    if (rawName.length > 3 * keyBytes) throw nameTooLong(keyBytes);
    const name = decode(rawName);
    if (name.length * 3 > keyBytes && utf8Length(name) > keyBytes) throw nameTooLong(keyBytes);
    const value = equals === -1 ? "" : decode(pair.slice(equals + 1));
    pairs.push([name, value]);
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else if (known.push(value) > valueLimit) throw tooMany(`at most ${valueLimit} values of one parameter`);
  }
  return { pairs, values };
}

/** The end of the pair that begins at `start`. Asked of the character first, because a text may be all ampersands. */
function nextAmpersand(raw: string, start: number): number {
  if (raw.charCodeAt(start) === 0x26) return start;
  const next = raw.indexOf("&", start);
  return next === -1 ? raw.length : next;
}

function decode(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch (cause) {
    throw new HttpError(400, "A parameter is not encoded correctly.", {
      code: "LMP_HTTP_QUERY_INVALID",
      expected: "percent-encoded UTF-8",
      found: JSON.stringify(text.slice(0, 60)),
      cause,
    });
  }
}

/** Half of a surrogate pair has no encoding and becomes U+FFFD, as in `URLSearchParams`. */
function encode(pairs: Iterable<readonly [string, string]>): string {
  return new URLSearchParams([...pairs].map(([name, value]) => [name, value])).toString();
}

function* pairsOf(init: QueryInit): IterableIterator<readonly [string, string]> {
  if (Symbol.iterator in init) {
    yield* init as Iterable<readonly [string, string]>;
    return;
  }
  for (const [name, value] of Object.entries(init)) {
    if (Array.isArray(value)) for (const one of value) yield [name, String(one)];
    else if (value !== undefined) yield [name, String(value)];
  }
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

function tooMany(expected: string): HttpError {
  const code = "LMP_HTTP_QUERY_TOO_MANY";
  return new HttpError(400, "The request has too many parameters.", { code, expected, found: "more" });
}

function nameTooLong(keyBytes: number): HttpError {
  return new HttpError(400, "The name of a parameter is too long.", {
    code: "LMP_HTTP_QUERY_NAME_TOO_LONG",
    expected: `at most ${keyBytes} bytes`,
    found: "more",
  });
}

function forbidden(name: string): HttpError {
  return new HttpError(400, "A parameter has a forbidden name.", {
    code: "LMP_HTTP_PARAMETER_NAME_FORBIDDEN",
    expected: "any name but __proto__, constructor and prototype",
    found: name,
  });
}
