/** The value of `Transfer-Encoding` (RFC 9112 §6.1): `chunked`, in any case, and nothing beside it. */
import { isWhitespace, octets, spells, tokenOctets } from "./byte-classes.ts";
import { ProtocolError } from "./protocol-error.ts";

const chunked = Buffer.from("chunked");

/** Whether the octets from `from` to `to` are exactly `chunked`. */
export function isChunked(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from === chunked.length && spells(bytes, from, chunked);
}

/**
 * The refusal for any other value. 501 where it is a list of other codings that makes sense (RFC 9112 §6.1), 400 where
 * it does not: an empty element, a parameter, `chunked` twice or not last (§6.3).
 */
export function refuseTransferEncoding(bytes: Uint8Array, from: number, to: number): ProtocolError {
  let elementStart = from;
  let chunkedSeen = false;
  for (let at = from; at <= to; at++) {
    if (at < to && bytes[at] !== octets.comma) continue;
    const { start, end } = trim(bytes, elementStart, at);
    if (start === end || chunkedSeen || !isTokenAt(bytes, start, end)) {
      return new ProtocolError(400, "LMP_HTTP_TRANSFER_ENCODING_INVALID", "Transfer-Encoding is malformed.", {
        expected: "chunked",
        found: start === end ? "an empty element" : chunkedSeen ? "a coding behind chunked" : "not a token",
      });
    }
    chunkedSeen = isChunked(bytes, start, end);
    elementStart = at + 1;
  }
  return new ProtocolError(
    501,
    "LMP_HTTP_TRANSFER_ENCODING_UNSUPPORTED",
    "Transfer-Encoding names a coding that is not supported.",
    {
      expected: "chunked alone",
      found: Buffer.from(bytes.subarray(from, Math.min(to, from + 64))).toString("latin1"),
    },
  );
}

function isTokenAt(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (tokenOctets[bytes[at]!] !== 1) return false;
  return true;
}

/** Where the element begins and ends without the whitespace around it. */
function trim(bytes: Uint8Array, from: number, to: number): { start: number; end: number } {
  let start = from;
  let end = to;
  while (start < end && isWhitespace(bytes[start]!)) start++;
  while (end > start && isWhitespace(bytes[end - 1]!)) end--;
  return { start, end };
}
