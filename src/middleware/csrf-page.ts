/** The part of `csrf` that belongs to one request: the cookie it came with, and the tokens on the page it gets. */
import { LimpidError } from "../errors/index.ts";
import { parseCookies } from "../http/index.ts";
import { Html, type Request, type Response } from "../message/index.ts";
import type { CsrfTokens } from "./csrf-token.ts";
import { randomNonce } from "./nonce.ts";

/** What every page of an application has in common. */
export interface CsrfSettings {
  /** Made when the first token is asked for. */
  readonly tokens: (request: Request) => CsrfTokens;
  /** What names the session; empty where there is none. */
  readonly session: (request: Request) => string;
}

/** The name of the form field that carries the token. */
export const tokenField = "_csrf";

/** One request, and the page that answers it. */
export class CsrfPage {
  readonly #request: Request;
  readonly #settings: CsrfSettings;
  #cookie: string | undefined;
  /** Whether the cookie has to be set, because the request had none. */
  #isNew = false;
  #isAnswered = false;

  constructor(request: Request, settings: CsrfSettings) {
    this.#request = request;
    this.#settings = settings;
  }

  token(): string {
    this.#cookie ??= cookieOf(this.#request) ?? this.#newCookie();
    const { session, tokens } = this.#settings;
    return tokens(this.#request).issue(this.#cookie, session(this.#request));
  }

  field(): Html {
    return new Html(`<input type="hidden" name="${tokenField}" value="${this.token()}">`);
  }

  /** Whether the token was on a page that this client got. */
  accepts(token: string): boolean {
    const cookie = cookieOf(this.#request);
    if (cookie === undefined) return false;
    const { session, tokens } = this.#settings;
    return tokens(this.#request).accepts(token, cookie, session(this.#request));
  }

  /** Sets what a page with a token needs. */
  finish(response: Response): void {
    this.#isAnswered = true;
    if (this.#cookie === undefined) return;
    if (!response.headers.has("cache-control")) response.headers.set("Cache-Control", "private, no-cache");
    if (!this.#isNew) return;
    const secure = this.#request.protocol === "https";
    response.cookies.set(cookieName(this.#request), this.#cookie, { secure });
  }

  #newCookie(): string {
    if (this.#isAnswered) throw late();
    this.#isNew = true;
    return randomNonce();
  }
}

/**
 * With TLS a name that no other host, and no page without TLS, can set (RFC 6265bis §4.1.3.2). Browsers refuse that
 * name without TLS, as on a developer's machine.
 */
function cookieName({ protocol }: Request): string {
  return protocol === "https" ? "__Host-csrf" : "csrf";
}

/** What we have set once; something else, or two of it, comes from elsewhere and counts as none. */
function cookieOf(request: Request): string | undefined {
  const name = cookieName(request);
  const cookies = parseCookies(request.headers.get("cookie"));
  const value = cookies.get(name);
  if (value === undefined || cookies.repeated.has(name)) return undefined;
  return /^[\w-]{22}$/.test(value) ? value : undefined;
}

function late(): LimpidError {
  return new LimpidError("LMP_MIDDLEWARE_CSRF_LATE", "The cookie of a token can no longer be set.", {
    expected: "request.csrfToken() before the response is returned",
    found: "a call while it streams",
    fix: "Ask for the token first, and stream the page with it.",
  });
}
