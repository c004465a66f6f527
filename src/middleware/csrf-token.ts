/** Tokens that prove a form came from a page of this site: bound to a cookie and a session, masked anew for each page. */
import { cryptography } from "./cryptography.ts";

const size = 32;

/** Makes and checks tokens. The first key signs; all of them are accepted, so that a key can be replaced. */
export class CsrfTokens {
  readonly #keys: readonly (string | Uint8Array)[];

  constructor(keys: readonly (string | Uint8Array)[]) {
    this.#keys = keys;
  }

  /**
   * A token for a page. It is another one each time and always means the same, so that the length of a compressed
   * page tells nothing about it.
   */
  issue(cookie: string, session: string): string {
    const mask = cryptography().randomBytes(size);
    return Buffer.concat([mask, exclusiveOr(mask, signature(this.#keys[0]!, cookie, session))]).toString(
      "base64url",
    );
  }

  /** Whether the token was issued for this cookie and this session. */
  accepts(token: string, cookie: string, session: string): boolean {
    // 64 bytes in base64url; the last character has two bits that mean nothing and have to be zero.
    if (!/^[\w-]{85}[AQgw]$/.test(token)) return false;
    const bytes = Buffer.from(token, "base64url");
    const signed = exclusiveOr(bytes.subarray(0, size), bytes.subarray(size));
    let known = false;
    const { timingSafeEqual } = cryptography();
    for (const key of this.#keys) known = timingSafeEqual(signature(key, cookie, session), signed) || known;
    return known;
  }
}

/** The cookie has a fixed length, so that the two texts cannot run into one another. */
function signature(key: string | Uint8Array, cookie: string, session: string): Buffer {
  return cryptography().createHmac("sha256", key).update(`csrf ${cookie} ${session}`).digest();
}

function exclusiveOr(one: Uint8Array, other: Uint8Array): Buffer {
  const result = Buffer.allocUnsafe(size);
  for (let at = 0; at < size; at++) result[at] = one[at]! ^ other[at]!;
  return result;
}
