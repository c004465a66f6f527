/** Reads what proxies report about the requests they received; `forwarded.ts` decides how much of it to believe. */
import { HttpError } from "../errors/index.ts";
import { octets } from "./byte-classes.ts";
import { FieldScanner, trimWhitespace } from "./field-scanner.ts";

/** What is asked of the fields of a request; every `Headers` can answer it. */
export interface FieldReader {
  get(name: string): string | null;
}

/** What one proxy says about the request it received. */
export interface ProxyReport {
  readonly client: string | undefined;
  readonly protocol: string | undefined;
  readonly host: string | undefined;
}

/** Reports by distance: 0 is the report of the nearest proxy. `undefined` where there are no more. */
export type ProxyReports = (distance: number) => ProxyReport | undefined;

/** More proxies than any real path has. */
const proxyLimit = 100;

/**
 * The elements of `Forwarded` (RFC 7239 §4), `undefined` without the field. The whole field must be well formed:
 * a quotation mark that a client has sent could otherwise swallow what the proxies appended.
 */
export function readForwarded(headers: FieldReader): ProxyReports | undefined {
  const text = headers.get("forwarded");
  if (text === null) return undefined;
  const scanner = new FieldScanner(text);
  const elements: ReadonlyMap<string, string>[] = [];
  do {
    scanner.skipWhitespace();
    if (scanner.isNext(octets.comma)) continue;
    const pairs = new Map<string, string>();
    const wellFormed = scanner.pairs((name, value) => !pairs.has(name) && pairs.set(name, value).size > 0);
    if (!wellFormed) throw forwardedInvalid("elements as in RFC 7239", "another text");
    if (pairs.size > 0) elements.push(pairs);
    if (elements.length > proxyLimit) throw tooManyProxies();
  } while (scanner.skip(octets.comma));
  if (!scanner.atEnd) throw forwardedInvalid("elements as in RFC 7239", "another text");
  return (distance) => {
    const element = elements.at(-1 - distance);
    if (element === undefined) return undefined;
    return { client: element.get("for"), protocol: element.get("proto"), host: element.get("host") };
  };
}

/**
 * `X-Forwarded-For`, `-Proto` and `-Host`, `undefined` without any of them. Proxies append to the first; to the
 * others they append, or write over them. So the value at the same distance from the end counts, or the first one
 * where there are fewer.
 */
export function readXForwarded(headers: FieldReader): ProxyReports | undefined {
  const [clients, protocols, hosts] = ["for", "proto", "host"].map((name) => {
    const text = headers.get(`x-forwarded-${name}`);
    return text === null ? undefined : new ListFromEnd(text);
  });
  if (clients === undefined && protocols === undefined && hosts === undefined) return undefined;
  return (distance) => {
    const client = clients?.at(distance);
    if (client !== undefined && distance === proxyLimit) throw tooManyProxies();
    // Without any address the nearest proxy can still say how it was called.
    if (client === undefined && distance > 0) return undefined;
    return { client, protocol: protocols?.upTo(distance), host: hosts?.upTo(distance) };
  };
}

/** The error of a forwarded field that a trusted proxy has let through or written wrongly. */
export function forwardedInvalid(expected: string, found: string): HttpError {
  return new HttpError(400, "The request was forwarded with a malformed field.", {
    code: "LMP_HTTP_FORWARDED_INVALID",
    expected,
    found: found.slice(0, 200),
    fix: "Have the proxy replace the forwarded fields of its clients, or append to them by the grammar.",
  });
}

function tooManyProxies(): HttpError {
  return forwardedInvalid(`at most ${proxyLimit} proxies`, "more");
}

/** A list of values between commas, cut from its end no further than it is asked for. */
class ListFromEnd {
  readonly #text: string;
  readonly #values: string[] = [];
  /** What is before this place has not been looked at. */
  #unread: number;

  constructor(text: string) {
    this.#text = text;
    this.#unread = text.length;
  }

  /** The value at a distance from the end; empty elements do not count (RFC 9110 §5.6.1). */
  at(distance: number): string | undefined {
    while (this.#values.length <= distance && this.#unread >= 0) {
      const comma = this.#unread === 0 ? -1 : this.#text.lastIndexOf(",", this.#unread - 1);
      const value = trimWhitespace(this.#text.slice(comma + 1, this.#unread));
      if (value !== "") this.#values.push(value);
      this.#unread = comma;
    }
    return this.#values[distance];
  }

  /** The value at a distance, or the one furthest from the end. */
  upTo(distance: number): string | undefined {
    return this.at(distance) ?? this.#values.at(-1);
  }
}
