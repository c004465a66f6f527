/** Reads the `Cookie` field of a request (RFC 6265bis §4.2); `set-cookie.ts` writes what it reads. */
import { HttpError } from "../errors/index.ts";
import { isFieldValue } from "./byte-classes.ts";
import { trimWhitespace } from "./field-scanner.ts";

/** What the `Cookie` field may hold at most; more is refused with 431. */
export interface CookieLimits {
  /** Cookies in one request. Default: 50, the number browsers keep for one site at least. */
  pairs?: number | undefined;
  /** Bytes of the whole field. Default: 8192. */
  bytes?: number | undefined;
}

/** The cookies of one request by name. */
export interface Cookies extends ReadonlyMap<string, string> {
  /** Names that were sent more than once. The first value counts; a session does not accept a repeated cookie at all. */
  readonly repeated: ReadonlySet<string>;
}

class ParsedCookies extends Map<string, string> implements Cookies {
  readonly repeated = new Set<string>();
}

/**
 * Reads cookies. Names are compared octet by octet, so that nothing but `__Host-id` is `__Host-id`; the first of
 * several cookies of one name wins. Quotes around a value are removed, and a value is percent-decoded where that
 * succeeds: what `serializeCookie` wrote is read back unchanged. A pair without a name or with a control character
 * is left out.
 *
 * @throws HttpError 431 `LMP_HTTP_COOKIE_TOO_LARGE` beyond a limit.
 *
 * @example
 * ```ts
 * import { parseCookies } from "limpid/http";
 *
 * const cookies = parseCookies("theme=dark; greeting=hello%20world");
 * console.log(cookies.get("theme"), cookies.get("greeting")); // dark hello world
 * ```
 */
export function parseCookies(header: string | null | undefined, limits: CookieLimits = {}): Cookies {
  const cookies = new ParsedCookies();
  if (header == null || header === "") return cookies;
  const { pairs = 50, bytes = 8192 } = limits;
  // A field value holds one character an octet.
  if (header.length > bytes) throw tooLarge(`at most ${bytes} bytes`, `${header.length} bytes`);
  let count = 0;
  for (let start = 0; start <= header.length; ) {
    const semicolon = header.indexOf(";", start);
    const end = semicolon === -1 ? header.length : semicolon;
    const pair = trimWhitespace(header.slice(start, end));
    start = end + 1;
    if (pair === "") continue;
    if (++count > pairs) throw tooLarge(`at most ${pairs} cookies`, "more");
    addPair(cookies, pair);
  }
  return cookies;
}

function addPair(cookies: ParsedCookies, pair: string): void {
  const equals = pair.indexOf("=");
  const name = trimWhitespace(pair.slice(0, Math.max(equals, 0)));
  if (name === "" || !isFieldValue(pair)) return;
  if (cookies.has(name)) {
    cookies.repeated.add(name);
    return;
  }
  let value = trimWhitespace(pair.slice(equals + 1));
  if (value.length > 1 && value.startsWith('"') && value.endsWith('"')) value = value.slice(1, -1);
  cookies.set(name, decodeValue(value));
}

/** Other writers put a plain `%` into values, so one that is no valid encoding stands for itself. */
function decodeValue(value: string): string {
  if (!value.includes("%")) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function tooLarge(expected: string, found: string): HttpError {
  return new HttpError(431, "The request carries too many cookies.", {
    code: "LMP_HTTP_COOKIE_TOO_LARGE",
    expected,
    found,
    fix: "Remove the cookies of this site and try again.",
  });
}
