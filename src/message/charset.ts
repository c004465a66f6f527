/** Bytes to text: strict UTF-8, or the charset that the media type names. */
import { BadRequestError, UnsupportedMediaTypeError } from "../errors/index.ts";
import { MediaType } from "../http/index.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Decodes UTF-8 and refuses what is not (`LMP_BODY_TEXT_INVALID`, 400). */
export function decodeUtf8(bytes: Uint8Array): string {
  return decode(bytes, utf8);
}

/** Decodes text in the charset of its `Content-Type`, UTF-8 where none is named. */
export function decodeText(bytes: Uint8Array, contentType: string | null): string {
  const charset = contentType === null ? undefined : MediaType.parse(contentType)?.charset;
  if (charset === undefined || charset.toLowerCase() === "utf-8") return decode(bytes, utf8);
  return decode(bytes, decoderFor(charset));
}

function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch (cause) {
    throw new UnsupportedMediaTypeError(`The charset "${charset}" is not known.`, {
      code: "LMP_BODY_CHARSET_UNKNOWN",
      expected: "a label of the Encoding standard, such as utf-8",
      found: charset,
      fix: "Send the text in UTF-8.",
      cause,
    });
  }
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
