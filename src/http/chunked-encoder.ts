/** Writes content in chunks (RFC 9112 §7.1), for a response whose length is not known when its head is sent. */
import { LimpidError } from "../errors/index.ts";
import type { Headers } from "./headers.ts";
import { isTrailerName } from "./trailer-fields.ts";

const lineEnd = "\r\n";

/**
 * One chunk with its size line; a string is sent as UTF-8. No octets for empty data, because a chunk of size 0 would
 * end the content.
 *
 * @example
 * ```ts
 * import { encodeChunk, lastChunk } from "limpid/http";
 *
 * console.log(JSON.stringify(String(encodeChunk("hello")) + String(lastChunk())));
 * // "5\r\nhello\r\n0\r\n\r\n"
 * ```
 */
export function encodeChunk(data: Uint8Array | string): Buffer {
  const length = typeof data === "string" ? Buffer.byteLength(data) : data.length;
  if (length === 0) return Buffer.alloc(0);
  const sizeLine = length.toString(16) + lineEnd;
  const chunk = Buffer.allocUnsafe(sizeLine.length + length + lineEnd.length);
  chunk.write(sizeLine, 0, "latin1");
  if (typeof data === "string") chunk.write(data, sizeLine.length, "utf8");
  else chunk.set(data, sizeLine.length);
  chunk.write(lineEnd, sizeLine.length + length, "latin1");
  return chunk;
}

/**
 * What ends the content: the chunk of size 0, the trailers, the empty line.
 *
 * @throws {LimpidError} `LMP_HTTP_TRAILER_FORBIDDEN` for a field that may only be a header (RFC 9110 §6.5.1).
 */
export function lastChunk(trailers?: Headers): Buffer {
  if (trailers === undefined) return Buffer.from("0\r\n\r\n", "latin1");
  for (const [name] of trailers.lines()) {
    if (isTrailerName(name)) continue;
    throw new LimpidError("LMP_HTTP_TRAILER_FORBIDDEN", `${name} cannot be a trailer.`, {
      expected: "a field that a reader may learn after the content",
      found: name,
      fix: `Send ${name} as a header, before the content.`,
    });
  }
  return Buffer.from(`0\r\n${trailers.serialize()}\r\n`, "latin1");
}
