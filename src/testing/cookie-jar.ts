/** Keeps cookies as a browser does (RFC 6265bis §5.7 and §5.8); every `TestClient` has one. */
import { defaultPath, domainMatches, isPublicSuffix, isSecure, pathMatches } from "./cookie-match.ts";
import { parseSetCookie, type SetCookie } from "./set-cookie.ts";

/** A cookie that the jar keeps. */
export interface StoredCookie {
  readonly name: string;
  readonly value: string;
  /** The host that gets it, and where `hostOnly` is false every host below. */
  readonly domain: string;
  readonly hostOnly: boolean;
  readonly path: string;
  /** Milliseconds since 1970; undefined for a cookie of the session. */
  readonly expires: number | undefined;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: "strict" | "lax" | "none" | undefined;
}

/** How a jar is made. */
export interface CookieJarOptions {
  /** Where `set` puts cookies. Default `"http://localhost/"`. */
  url?: string | URL | undefined;
  /** The clock, in milliseconds since 1970. Default `Date.now`. */
  now?: (() => number) | undefined;
}

/**
 * A jar of cookies.
 *
 * @example
 * ```ts
 * import { CookieJar } from "limpid/testing";
 *
 * const jar = new CookieJar();
 * jar.store("theme=dark; Path=/; Max-Age=60", "http://localhost/settings");
 * jar.store("step=2; Path=/order", "http://localhost/order/2");
 * console.log(jar.header("http://localhost/order/3")); // step=2; theme=dark
 * console.log(jar.header("http://localhost/")); // theme=dark
 * console.log(jar.get("theme")); // dark
 * ```
 */
export class CookieJar implements Iterable<StoredCookie> {
  readonly #url: URL;
  readonly #now: () => number;
  /** In the order made: one that is replaced keeps its place, as it keeps its creation time. */
  readonly #cookies = new Map<string, StoredCookie>();

  constructor(options: CookieJarOptions = {}) {
    this.#url = new URL(options.url ?? "http://localhost/");
    this.#now = options.now ?? Date.now;
  }

  /** Takes one `Set-Cookie` field of a response from `url`. False where a browser would ignore it. */
  store(field: string, url: string | URL): boolean {
    const from = new URL(url);
    const asked = parseSetCookie(field, this.#now());
    const cookie = asked && this.#admitted(asked, from);
    if (cookie === undefined) return false;
    const key = keyOf(cookie);
    if (isExpired(cookie, this.#now())) this.#cookies.delete(key);
    else this.#cookies.set(key, cookie);
    return true;
  }

  /** The `Cookie` field for a request to `url`, or null where it carries none. */
  header(url: string | URL): string | null {
    const to = new URL(url);
    const pairs = this.#sorted()
      .filter((cookie) => goesTo(cookie, to))
      .map(({ name, value }) => (name === "" ? value : `${name}=${value}`));
    return pairs.length === 0 ? null : pairs.join("; ");
  }

  /** The value of the cookie of this name, wherever it belongs; that of the longest path where there are several. */
  get(name: string): string | undefined {
    return this.#sorted().find((cookie) => cookie.name === name)?.value;
  }

  /** Puts a cookie in, for the whole site of the jar and until it is deleted. The value goes out as it is. */
  set(name: string, value: string): void {
    const domain = this.#url.hostname;
    const cookie = { name, value, domain, hostOnly: true, path: "/", expires: undefined };
    const stored: StoredCookie = { ...cookie, secure: false, httpOnly: false, sameSite: undefined };
    this.#cookies.set(keyOf(stored), stored);
  }

  /** Forgets every cookie of this name. */
  delete(name: string): void {
    for (const [key, cookie] of this.#cookies) if (cookie.name === name) this.#cookies.delete(key);
  }

  /** Forgets every cookie. */
  clear(): void {
    this.#cookies.clear();
  }

  /** The number of cookies that have not expired. */
  get size(): number {
    return this.#sorted().length;
  }

  /** The cookies in the order in which they would be sent. */
  [Symbol.iterator](): Iterator<StoredCookie> {
    return this.#sorted()[Symbol.iterator]();
  }

  /** RFC 6265bis §5.8.3 step 2: longer paths first, then older cookies. */
  #sorted(): StoredCookie[] {
    const now = this.#now();
    return [...this.#cookies.values()]
      .filter((cookie) => !isExpired(cookie, now))
      .sort((a, b) => b.path.length - a.path.length);
  }

  /** The cookie as it is kept, or undefined where RFC 6265bis §5.7 says to ignore it. */
  #admitted(asked: SetCookie, from: URL): StoredCookie | undefined {
    const host = from.hostname;
    const suffix = isPublicSuffix(asked.domain);
    if (suffix && asked.domain !== "" && asked.domain !== host) return undefined;
    const hostOnly = asked.domain === "" || suffix;
    if (!hostOnly && !domainMatches(host, asked.domain)) return undefined;
    if (asked.secure ? !isSecure(from) : asked.sameSite === "none") return undefined;
    const path = asked.path ?? defaultPath(from.pathname);
    const { name, value, expires, secure, httpOnly, sameSite } = asked;
    const domain = hostOnly ? host : asked.domain;
    const cookie = { name, value, domain, hostOnly, path, expires, secure, httpOnly, sameSite };
    if (!keepsPrefix(cookie, asked.path)) return undefined;
    return !secure && !isSecure(from) && this.#shadowsSecure(cookie) ? undefined : cookie;
  }

  /** RFC 6265bis §5.7 step 16: an open connection cannot lay a cookie over a secure one. */
  #shadowsSecure(cookie: StoredCookie): boolean {
    return [...this.#cookies.values()].some(
      (known) =>
        known.secure &&
        known.name === cookie.name &&
        (domainMatches(known.domain, cookie.domain) || domainMatches(cookie.domain, known.domain)) &&
        pathMatches(cookie.path, known.path),
    );
  }
}

/** RFC 6265bis §5.7 steps 20 to 22: what a name promises has to hold, however the name is spelled. */
function keepsPrefix(cookie: StoredCookie, writtenPath: string | undefined): boolean {
  const promise = (cookie.name === "" ? cookie.value : cookie.name).toLowerCase();
  const secure = promise.startsWith("__secure-");
  const host = promise.startsWith("__host-");
  if (!secure && !host) return true;
  // Without a name, the value would be sent where a server reads names.
  if (cookie.name === "" || !cookie.secure) return false;
  return !host || (cookie.hostOnly && writtenPath === "/");
}

function goesTo(cookie: StoredCookie, url: URL): boolean {
  const host = url.hostname;
  if (cookie.hostOnly ? host !== cookie.domain : !domainMatches(host, cookie.domain)) return false;
  return pathMatches(url.pathname, cookie.path) && (!cookie.secure || isSecure(url));
}

function isExpired(cookie: StoredCookie, now: number): boolean {
  return cookie.expires !== undefined && cookie.expires <= now;
}

function keyOf(cookie: StoredCookie): string {
  return JSON.stringify([cookie.name, cookie.domain, cookie.hostOnly, cookie.path]);
}
