/** Bytes to text: strict UTF-8, or the charset that a media type names. */
import { isUtf8 } from "node:buffer";
import { BadRequestError, UnsupportedMediaTypeError } from "../errors/index.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const utf8WithoutMark = new TextDecoder("utf-8", { fatal: true });

/** The decoder for a charset label in any case. `undefined` and the labels of UTF-8 give the strict one of UTF-8. */
export function decoderOf(charset: string | undefined): TextDecoder {
  if (charset === undefined || isUtf8Label(charset)) return utf8WithoutMark;
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch (cause) {
    throw new UnsupportedMediaTypeError(`The charset "${charset.slice(0, 40)}" is not known.`, {
      code: "LMP_BODY_CHARSET_UNKNOWN",
      expected: "a label of the Encoding standard, such as utf-8",
      found: charset.slice(0, 40),
      fix: "Send the text in UTF-8.",
      cause,
    });
  }
}

/**
 * Decodes text in a charset that `TextDecoder` knows, UTF-8 where none is named. What is not text in it is refused,
 * never replaced.
 *
 * @throws HttpError 400 `LMP_BODY_TEXT_INVALID`, 415 `LMP_BODY_CHARSET_UNKNOWN`.
 *
 * @example
 * ```ts
 * import { decodeText } from "limpid/forms";
 *
 * console.log(decodeText(Uint8Array.of(0x66, 0xfc, 0x72), "iso-8859-1")); // für
 * ```
 */
export function decodeText(bytes: Uint8Array, charset?: string): string {
  return decode(bytes, decoderOf(charset));
}

/** The value of a form field (WHATWG XMLHttpRequest, FormData): like `decodeText`, and a byte order mark is kept. */
export function decodeValue(bytes: Buffer, decoder: TextDecoder): string {
  if (decoder !== utf8WithoutMark) return decode(bytes, decoder);
  return isUtf8(bytes) ? bytes.toString("utf8") : decode(bytes, utf8);
}

function isUtf8Label(charset: string): boolean {
  const label = charset.toLowerCase();
  return label === "utf-8" || label === "utf8";
}

function decode(bytes: Uint8Array, decoder: TextDecoder): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new BadRequestError(`The content is not valid ${decoder.encoding}.`, {
      code: "LMP_BODY_TEXT_INVALID",
      expected: `text in ${decoder.encoding}`,
      found: "bytes that are none",
      fix: "Encode the text as the Content-Type says.",
      cause,
    });
  }
}
