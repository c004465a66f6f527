/** The one canonical form of a path: decoded once, and refused where it could be read two ways. */

const SLASH = 0x2f;
const DOT = 0x2e;
const BACKSLASH = 0x5c;
const PERCENT = 0x25;
const QUESTION_MARK = 0x3f;
const NUMBER_SIGN = 0x23;
const SPACE = 0x20;
const DELETE = 0x7f;

/** What a scan of the raw path found. A bit each, because all of it is found in one pass. */
const PLAIN = 0;
const ESCAPED = 1;
const DOTTED = 2;
const REFUSED = 4;

/**
 * The canonical form of a raw path, or undefined where there is none and the answer is 400.
 *
 * Percent-escapes are decoded exactly once (RFC 3986 §2.4). Refused are: a path that does not begin with `/`;
 * escapes that are malformed or not UTF-8; control characters, raw or escaped; anything raw that is not
 * printable ASCII; an escaped slash; a backslash, raw or escaped; empty segments; the segments `.` and `..`, raw
 * or escaped; and `?` and `#`, since a query is not part of a path. A path is never cleaned up, because whoever
 * guards an address must see the path that is served. Letters keep their case, and Unicode is not normalised.
 *
 * @example
 * ```ts
 * import { canonicalPath } from "limpid/router";
 *
 * console.log(canonicalPath("/caf%C3%A9/menu")); // /café/menu
 * console.log(canonicalPath("/files/..%2Fsecret")); // undefined
 * ```
 */
export function canonicalPath(rawPath: string): string | undefined {
  const found = scan(rawPath);
  if (found === PLAIN) return rawPath;
  if ((found & REFUSED) !== 0) return undefined;
  const path = (found & ESCAPED) === 0 ? rawPath : decode(rawPath);
  return path === undefined || hasDotSegment(path) ? undefined : path;
}

function scan(rawPath: string): number {
  let found = PLAIN;
  let previous = 0;
  for (let index = 0; index < rawPath.length; index++) {
    const code = rawPath.charCodeAt(index);
    if (code <= SPACE || code >= DELETE || code === BACKSLASH) return REFUSED;
    if (code === QUESTION_MARK || code === NUMBER_SIGN) return REFUSED;
    if (code === PERCENT) found |= ESCAPED;
    else if (previous === SLASH) {
      if (code === SLASH) return REFUSED;
      if (code === DOT) found |= DOTTED;
    }
    previous = code;
  }
  return rawPath.charCodeAt(0) === SLASH ? found : REFUSED;
}

function decode(rawPath: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(rawPath);
  } catch {
    return undefined;
  }
  return isUnambiguous(rawPath, path) ? path : undefined;
}

/** Whether decoding gave no character that structures a path and no control character (Unicode category Cc). */
function isUnambiguous(rawPath: string, path: string): boolean {
  let slashes = 0;
  for (let index = 0; index < path.length; index++) {
    const code = path.charCodeAt(index);
    if (code < SPACE || code === BACKSLASH || (code >= DELETE && code <= 0x9f)) return false;
    if (code === SLASH) slashes++;
  }
  // Every slash that was not there before was an escaped one.
  for (let index = 0; index < rawPath.length; index++) if (rawPath.charCodeAt(index) === SLASH) slashes--;
  return slashes === 0;
}

function hasDotSegment(path: string): boolean {
  for (let start = path.indexOf("/."); start !== -1; start = path.indexOf("/.", start + 1)) {
    const end = path.charCodeAt(start + 2) === DOT ? start + 3 : start + 2;
    if (end === path.length || path.charCodeAt(end) === SLASH) return true;
  }
  return false;
}
