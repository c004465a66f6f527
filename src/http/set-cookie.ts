/** Writes the `Set-Cookie` field of a response (RFC 6265bis §4.1); `cookie.ts` reads what comes back. */
import { LimpidError } from "../errors/index.ts";
import { isToken } from "./byte-classes.ts";
import { formatHttpDate } from "./http-date.ts";

/** How a cookie is kept and when it is sent back. */
export interface CookieOptions {
  /** Also sent to subdomains of this host: `"example.com"`. Default: only to the host that set it. */
  domain?: string | undefined;
  /** Sent to this path and below. Default: `"/"`. */
  path?: string | undefined;
  /** Kept until then. Default: until the browser closes. */
  expires?: Date | undefined;
  /** Kept for so many seconds, at most 400 days; 0 deletes it. Wins over `expires`. */
  maxAge?: number | undefined;
  /** Sent over HTTPS only. Default: false. */
  secure?: boolean | undefined;
  /** Out of reach of the page's scripts. Default: true. */
  httpOnly?: boolean | undefined;
  /** Whether requests from other sites carry it. Default: `"lax"`, only when a link leads here. */
  sameSite?: "strict" | "lax" | "none" | undefined;
  /** Kept apart for every top-level site that embeds this one. Default: false. */
  partitioned?: boolean | undefined;
  /** Which cookies a full browser drops first. Default: not sent, which means `"medium"`. */
  priority?: "low" | "medium" | "high" | undefined;
}

const sameSiteWords: ReadonlyMap<unknown, string> = new Map([
  ["strict", "Strict"],
  ["lax", "Lax"],
  ["none", "None"],
]);
const priorityWords: ReadonlyMap<unknown, string> = new Map([
  ["low", "Low"],
  ["medium", "Medium"],
  ["high", "High"],
]);

/** 400 days in seconds; browsers cut a longer life short (RFC 6265bis §5.5). */
const maximumAge = 34_560_000;

/** Everything but cookie-octet, and `%` so that reading is exact. One class, one pass, no backtracking. */
const unsafe = /[^\x21\x23\x24\x26-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+/g;

/**
 * One cookie as the value of a `Set-Cookie` field. The value may be any text: what the grammar does not permit is
 * percent-encoded, and `parseCookies` decodes it. All else is checked by its grammar, and the rules of the name
 * prefixes `__Host-` and `__Secure-` hold in every spelling, as browsers apply them.
 *
 * @throws LimpidError `LMP_HTTP_COOKIE_INVALID`.
 *
 * @example
 * ```ts
 * import { serializeCookie } from "limpid/http";
 *
 * console.log(serializeCookie("theme", "dark", { maxAge: 3600 }));
 * // theme=dark; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax
 * ```
 */
export function serializeCookie(name: string, value: string, options: CookieOptions = {}): string {
  const {
    domain,
    path = "/",
    expires,
    maxAge,
    secure,
    httpOnly = true,
    sameSite = "lax",
    priority,
  } = options;
  if (!isToken(name)) throw invalid("name", "letters, digits and !#$%&'*+-.^_`|~", name);
  const encoded = encodeValue(name, value);
  checkPrefix(name, options);
  let text = `${name}=${encoded}`;
  if (maxAge !== undefined) text += `; Max-Age=${checkMaxAge(maxAge)}`;
  if (expires !== undefined) text += `; Expires=${formatExpires(expires)}`;
  if (domain !== undefined) text += `; Domain=${checkDomain(domain)}`;
  text += `; Path=${checkPath(path)}`;
  if (secure) text += "; Secure";
  if (httpOnly) text += "; HttpOnly";
  text += `; SameSite=${word(sameSiteWords, sameSite, "sameSite", '"strict", "lax" or "none"')}`;
  if (sameSite === "none" && !secure)
    throw invalid("sameSite", '"none" only together with secure', '"none" alone');
  if (options.partitioned) {
    if (!secure) throw invalid("partitioned", "true only together with secure", "true alone");
    text += "; Partitioned";
  }
  if (priority !== undefined) {
    text += `; Priority=${word(priorityWords, priority, "priority", '"low", "medium" or "high"')}`;
  }
  return text;
}

function encodeValue(name: string, value: string): string {
  if (typeof value !== "string") throw invalid("value", "a string", typeof value);
  let encoded: string;
  try {
    encoded = value.replace(unsafe, encodeURIComponent);
  } catch (cause) {
    throw invalid("value", "well-formed Unicode", "half of a surrogate pair", { cause });
  }
  const size = name.length + encoded.length;
  if (size <= 4096) return encoded;
  throw invalid("value", "at most 4096 bytes together with the name", `${size} bytes`, {
    fix: "Keep the data on the server and only its key in the cookie.",
  });
}

/** RFC 6265bis §4.1.3; `__Http-` and `__Host-Http-` as the later drafts add them. */
function checkPrefix(name: string, options: CookieOptions): void {
  const lower = name.toLowerCase();
  const host = lower.startsWith("__host-");
  const http = lower.startsWith("__http-") || lower.startsWith("__host-http-");
  if ((host || http || lower.startsWith("__secure-")) && !options.secure) {
    throw invalid("secure", "true, as the name's prefix demands", "a cookie that is not secure");
  }
  if (host && (options.path ?? "/") !== "/") {
    throw invalid("path", '"/", as the name\'s prefix demands', JSON.stringify(options.path));
  }
  if (host && options.domain !== undefined) {
    throw invalid("domain", "none, as the name's prefix demands", JSON.stringify(options.domain));
  }
  if (http && options.httpOnly === false) {
    throw invalid("httpOnly", "true, as the name's prefix demands", "false");
  }
}

function checkMaxAge(seconds: number): number {
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= maximumAge) return seconds;
  throw invalid("maxAge", `whole seconds from 0 to ${maximumAge}, which are 400 days`, String(seconds));
}

function formatExpires(expires: Date): string {
  try {
    return formatHttpDate(expires);
  } catch (cause) {
    throw invalid("expires", "a valid date", String(expires), { cause });
  }
}

/** Letters, digits and hyphens between dots. A leading dot means nothing and hides a wrong belief, so it is refused. */
function checkDomain(domain: string): string {
  const labels = typeof domain === "string" && domain.length <= 253 ? domain.split(".") : [""];
  if (labels.every((label) => label.length <= 63 && /^[a-z\d](?:[a-z\d-]*[a-z\d])?$/i.test(label)))
    return domain;
  throw invalid("domain", "a host name in ASCII without a leading dot", JSON.stringify(domain));
}

/** av-octets of RFC 6265bis §4.1.1: printable ASCII without `;`, and no more than 1024 of it. */
function checkPath(path: string): string {
  const fits = typeof path === "string" && path.startsWith("/") && path.length <= 1024;
  if (fits && /^[\x20-\x3a\x3c-\x7e]+$/.test(path) && !path.endsWith(" ")) return path;
  throw invalid("path", 'printable ASCII from "/" on, without ";", at most 1024 bytes', JSON.stringify(path));
}

function word(words: ReadonlyMap<unknown, string>, key: unknown, field: string, expected: string): string {
  const found = words.get(key);
  if (found !== undefined) return found;
  throw invalid(field, expected, JSON.stringify(key) ?? typeof key);
}

function invalid(
  field: string,
  expected: string,
  found: string,
  more: { fix?: string; cause?: unknown } = {},
): LimpidError {
  const message = `This cookie cannot be set: its ${field} is not valid.`;
  return new LimpidError("LMP_HTTP_COOKIE_INVALID", message, {
    expected,
    found: found.slice(0, 200),
    ...more,
  });
}
