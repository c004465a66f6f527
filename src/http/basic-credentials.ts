/** Reads the user name and password of `Authorization: Basic` (RFC 7617). */

/** What a client says who it is. */
export interface BasicCredentials {
  readonly username: string;
  readonly password: string;
}

/**
 * The credentials of an `Authorization` field; `undefined` for another scheme, for anything but padded base64 of
 * UTF-8, for a missing colon and for control characters. The user name ends at the first colon.
 *
 * @example
 * ```ts
 * import { parseBasicCredentials } from "limpid/http";
 *
 * const credentials = parseBasicCredentials("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
 * console.log(credentials?.username, "/", credentials?.password); // Aladdin / open sesame
 * ```
 */
export function parseBasicCredentials(header: string | null | undefined): BasicCredentials | undefined {
  if (header == null || header.slice(0, 6).toLowerCase() !== "basic ") return undefined;
  let start = 6;
  while (header[start] === " ") start++;
  const encoded = header.slice(start);
  const bytes = Buffer.from(encoded, "base64");
  // Buffer skips what is not base64; only text that comes out the same again was base64 throughout.
  if (bytes.toString("base64") !== encoded) return undefined;
  const text = decodeUtf8(bytes);
  const colon = text?.indexOf(":") ?? -1;
  if (text === undefined || colon === -1 || hasControl(text)) return undefined;
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function hasControl(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}
