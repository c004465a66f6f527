/** The cookies a response sets, kept in its `Set-Cookie` fields. */
import { type CookieOptions, type Headers, serializeCookie } from "../http/index.ts";

/** Sets and deletes cookies. A name set twice is sent once, as it was set last (RFC 6265bis §4.1.1). */
export class ResponseCookies {
  readonly #headers: Headers;

  constructor(headers: Headers) {
    this.#headers = headers;
  }

  /** Sets a cookie; `Path=/`, `HttpOnly` and `SameSite=Lax` unless told otherwise. `LMP_HTTP_COOKIE_INVALID`. */
  set(name: string, value: string, options: CookieOptions = {}): this {
    const field = serializeCookie(name, value, options);
    const others = this.#headers.getSetCookie().filter((known) => !known.startsWith(`${name}=`));
    this.#headers.delete("set-cookie");
    for (const other of others) this.#headers.append("Set-Cookie", other);
    this.#headers.append("Set-Cookie", field);
    return this;
  }

  /** Tells the browser to forget a cookie; `path` and `domain` as they were when it was set. */
  delete(name: string, options: CookieOptions = {}): this {
    return this.set(name, "", { ...options, maxAge: 0, expires: new Date(0) });
  }
}
