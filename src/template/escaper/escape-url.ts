/** Values as URLs and parts of URLs. What comes out is ASCII and holds no blank, quote, `<`, `>` or backslash. */
import { textOf } from "./escape-text.ts";

/** What a URL becomes that may not be followed. */
export const BLOCKED_URL = "about:invalid#limpid";

const linkSchemes = new Set(["http", "https", "mailto", "tel"]);
const resourceSchemes = new Set(["http", "https"]);
const pictures = /^data:image\/(?:png|gif|jpeg|jpg|webp|avif)[;,]/i;

/** Which schemes a whole URL may have: of a link, of what a page loads, and of a picture, which may be `data:`. */
export type UrlKind = "link" | "resource" | "picture";

/**
 * The scheme of a URL as browsers find it: control characters and blanks in front do not count, nor do tabs and line
 * ends anywhere (WHATWG URL §4.4). Undefined for a relative URL.
 */
function schemeOf(url: string): string | undefined {
  const clean = url.replace(/[\t\n\r]/g, "").replace(/^[\0- \x7f-\xa0\ufeff]+/, "");
  const end = clean.search(/[:/?#\\]/);
  return end >= 0 && clean[end] === ":" ? clean.slice(0, end).toLowerCase() : undefined;
}

/** A whole URL: relative, or with a scheme that can run nothing. */
export function filterUrl(url: string, kind: UrlKind): string {
  const scheme = schemeOf(url);
  if (scheme === undefined) return normalizeUrl(url);
  const allowed = kind === "link" ? linkSchemes : resourceSchemes;
  if (allowed.has(scheme) || (kind === "picture" && pictures.test(url))) return normalizeUrl(url);
  return BLOCKED_URL;
}

/** Percent-encodes what may not stand in a URL (RFC 3986 §2), and leaves what is encoded already. */
export function normalizeUrl(url: string): string {
  if (/^[A-Za-z0-9\-._~:/?#@!$&*+,;=]*$/.test(url)) return url;
  return encodeURI(url.toWellFormed())
    .replace(/%25([0-9A-Fa-f]{2})/g, "%$1")
    .replace(/%5[BbDd]/g, (bracket) => (bracket[2] === "B" || bracket[2] === "b" ? "[" : "]"))
    .replace(/['()]/g, percent);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** One part of a query or fragment: nothing in it separates parts. */
export function encodePart(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, percent);
}

export function linkUrl(value: unknown): string {
  return filterUrl(textOf(value), "link");
}

export function resourceUrl(value: unknown): string {
  return filterUrl(textOf(value), "resource");
}

export function pictureUrl(value: unknown): string {
  return filterUrl(textOf(value), "picture");
}

/** Behind a host or a path. */
export function pathPart(value: unknown): string {
  return normalizeUrl(textOf(value));
}

/** Where the text before may turn out to be a scheme, no colon may make it one. */
export function schemelessPart(value: unknown): string {
  return normalizeUrl(textOf(value)).replaceAll(":", "%3A");
}

/** Directly behind the `/` that begins a URL: a second one would make what follows the name of a host. */
export function behindSlash(value: unknown): string {
  return pathPart(value).replace(/^\/+/, (slashes) => "%2F".repeat(slashes.length));
}

/** The same before what may be another slash: with nothing in between, `.` keeps the two apart. */
export function behindSlashNotEmpty(value: unknown): string {
  return behindSlash(value) || ".";
}

export function queryPart(value: unknown): string {
  return encodePart(textOf(value));
}

/** The address in `mailto:` and `tel:`, which must not begin a query of its own. */
export function addressPart(value: unknown): string {
  return encodePart(textOf(value)).replaceAll("%40", "@").replaceAll("%2C", ",");
}
