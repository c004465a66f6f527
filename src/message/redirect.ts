/** Where a redirect may lead: to a path of this site, or to an origin that the application has named. */
import { LimpidError } from "../errors/index.ts";

const statuses = new Set([301, 302, 303, 307, 308]);

/** Checks a path of this site. What a browser would read as another host or scheme is refused (THREATS 1.5). */
export function checkedLocation(path: string, status: number): string {
  checkStatus(status);
  // A browser strips tabs and newlines and reads a backslash as a slash before it looks for `//`.
  if (!path.startsWith("/") || /^\/[/\\]|[\u0000-\u001f\u007f\\]/.test(path)) refuse(path);
  if (/^\/(?:%09|%0a|%0d|%5c|%2f)/i.test(path)) refuse(path);
  return encodeLocation(path);
}

/** Checks a URL against the allowed origins, compared whole. */
export function externalLocation(url: string, allow: readonly string[], status: number): string {
  checkStatus(status);
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const web = parsed?.protocol === "https:" || parsed?.protocol === "http:";
  if (!parsed || !web || parsed.username !== "" || !allow.includes(parsed.origin)) refuse(url);
  return parsed.href;
}

/** Characters that a URI cannot hold (RFC 3986 §2), percent-encoded; what is encoded already stays. */
function encodeLocation(path: string): string {
  return /^[\w!#$%&'()*+,\-./:;=?@~[\]]*$/.test(path)
    ? path
    : encodeURI(path).replace(/%25([0-9a-f]{2})/gi, "%$1");
}

function checkStatus(status: number): void {
  if (statuses.has(status)) return;
  throw new LimpidError("LMP_REDIRECT_STATUS_INVALID", "The status is not one of a redirect.", {
    expected: "301, 302, 303, 307 or 308",
    found: String(status),
    fix: "Use 303 after a form, 308 for a page that has moved for good.",
  });
}

function refuse(found: string): never {
  throw new LimpidError("LMP_REDIRECT_REFUSED", "The target of the redirect is not a path of this site.", {
    expected: 'a path such as "/posts"',
    found: found.slice(0, 80),
    fix: "For another site use `Response.redirectExternal(url, { allow: [origin] })`.",
  });
}
