/** Reads a `Set-Cookie` field as a browser does (RFC 6265bis §5.6); the jar decides what becomes of it. */
import { parseCookieDate } from "./cookie-date.ts";

/** What one `Set-Cookie` field asks for. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  /** In lower case, without a leading dot; the empty string where there was none. */
  domain: string;
  /** Undefined where there was none or none that starts with a slash. */
  path: string | undefined;
  /** Milliseconds since 1970; undefined for a cookie of the session. */
  expires: number | undefined;
  secure: boolean;
  httpOnly: boolean;
  sameSite: "strict" | "lax" | "none" | undefined;
}

const MAX_PAIR_LENGTH = 4096;
const MAX_ATTRIBUTE_LENGTH = 1024;
/** 400 days: the longest life that a browser grants (RFC 6265bis §5.5). */
const MAX_AGE_SECONDS = 34_560_000;
const sameSites = ["strict", "lax", "none"] as const;

/** Reads the field; undefined where a browser would ignore it. `now` in milliseconds since 1970. */
export function parseSetCookie(field: string, now: number): SetCookie | undefined {
  if (/[\0-\x08\x0a-\x1f\x7f]/.test(field)) return undefined;
  const [pair = "", ...attributes] = field.split(";");
  const equals = pair.indexOf("=");
  const name = trim(pair.slice(0, Math.max(equals, 0)));
  const value = trim(pair.slice(equals + 1));
  if (name.length + value.length > MAX_PAIR_LENGTH || name + value === "") return undefined;
  const cookie: SetCookie = {
    name,
    value,
    domain: "",
    path: undefined,
    expires: undefined,
    secure: false,
    httpOnly: false,
    sameSite: undefined,
  };
  const ages: { age?: number } = {};
  for (const attribute of attributes) applyAttribute(cookie, ages, attribute, now);
  if (ages.age !== undefined) cookie.expires = ages.age;
  return cookie;
}

/** One attribute; the last of a name counts, and Max-Age counts more than Expires (RFC 6265bis §5.7 step 3). */
function applyAttribute(cookie: SetCookie, ages: { age?: number }, attribute: string, now: number): void {
  const equals = attribute.indexOf("=");
  const name = trim(equals < 0 ? attribute : attribute.slice(0, equals)).toLowerCase();
  const value = equals < 0 ? "" : trim(attribute.slice(equals + 1));
  if (value.length > MAX_ATTRIBUTE_LENGTH) return;
  if (name === "expires") {
    const date = parseCookieDate(value);
    if (date !== undefined) cookie.expires = Math.min(date, now + MAX_AGE_SECONDS * 1000);
  } else if (name === "max-age") {
    if (/^-?\d+$/.test(value)) ages.age = now + Math.min(Number(value), MAX_AGE_SECONDS) * 1000;
  } else if (name === "domain") {
    cookie.domain = value.replace(/^\./, "").toLowerCase();
  } else if (name === "path") {
    cookie.path = value.startsWith("/") ? value : undefined;
  } else if (name === "secure") {
    cookie.secure = true;
  } else if (name === "httponly") {
    cookie.httpOnly = true;
  } else if (name === "samesite") {
    cookie.sameSite = sameSites.find((known) => known === value.toLowerCase());
  }
}

/** Only SP and HTAB: whatever else looks like a space belongs to the value. */
function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && (text[start] === " " || text[start] === "\t")) start++;
  while (end > start && (text[end - 1] === " " || text[end - 1] === "\t")) end--;
  return text.slice(start, end);
}
