/** Bytes to text in the charset that a `Content-Type` names; `decodeText` of forms does the decoding. */
import { decodeText as decode } from "../forms/index.ts";
import { MediaType } from "../http/index.ts";

/** Decodes text in the charset of its `Content-Type`, UTF-8 where none is named. */
export function decodeText(bytes: Uint8Array, contentType: string | null): string {
  return decode(bytes, contentType === null ? undefined : MediaType.parse(contentType)?.charset);
}
