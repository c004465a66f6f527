/** `multipart/byteranges` (RFC 9110 §14.6): the text around several parts of one representation. */
import { type ByteRange, contentRange } from "./range.ts";

/** Several ranges of one representation, framed. The bytes themselves come from whoever has them. */
export interface ByteRanges {
  /** The media type, which names the boundary. */
  readonly type: string;
  /** Bytes of the whole content: heads, parts and end. */
  readonly length: number;
  /** For each range the text that stands before its bytes. ASCII, as long as the part's type is. */
  readonly heads: readonly string[];
  /** What stands behind the last part. */
  readonly end: string;
}

/**
 * Frames several ranges of a representation.
 *
 * @param boundary - Must not occur in the content: take a random one of 16 bytes or more. At most 70 characters.
 *
 * @example
 * ```ts
 * import { byteRanges } from "limpid/http";
 *
 * const framed = byteRanges([{ first: 0, last: 4 }, { first: 90, last: 99 }], 100, "text/plain", "b0und");
 * console.log(framed.type); // multipart/byteranges; boundary=b0und
 * console.log(framed.heads.length, framed.length); // 2 166
 * ```
 */
export function byteRanges(
  ranges: readonly ByteRange[],
  size: number,
  partType: string,
  boundary: string,
): ByteRanges {
  const heads = ranges.map((range, index) => {
    const before = index === 0 ? "" : "\r\n";
    return `${before}--${boundary}\r\nContent-Type: ${partType}\r\nContent-Range: ${contentRange(range, size)}\r\n\r\n`;
  });
  const end = `\r\n--${boundary}--\r\n`;
  const bytes = ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const text = heads.reduce((sum, head) => sum + head.length, 0) + end.length;
  return { type: `multipart/byteranges; boundary=${boundary}`, length: bytes + text, heads, end };
}
