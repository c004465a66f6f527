/** The value of `Content-Length` (RFC 9110 §8.6), read from octets. */
import { octets } from "./byte-classes.ts";
import { ProtocolError } from "./protocol-error.ts";

/**
 * The number that the octets from `from` to `to` say: one plain decimal number. No sign, no list, no leading zero,
 * because another reader may take any of these for another length.
 */
export function readContentLength(bytes: Uint8Array, from: number, to: number): number {
  if (from === to) throw invalid("an empty value");
  if (bytes[from] === octets.zero && to - from > 1) throw invalid("a leading zero");
  let length = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - octets.zero;
    if (digit < 0 || digit > 9) throw invalid("something other than a digit");
    length = length * 10 + digit;
  }
  if (length <= Number.MAX_SAFE_INTEGER) return length;
  throw new ProtocolError(413, "LMP_HTTP_CONTENT_LENGTH_TOO_LARGE", "Content-Length is too large.", {
    expected: `at most ${Number.MAX_SAFE_INTEGER}`,
    found: `a number of ${to - from} digits`,
  });
}

function invalid(found: string): ProtocolError {
  return new ProtocolError(400, "LMP_HTTP_CONTENT_LENGTH_INVALID", "Content-Length is not a length.", {
    expected: "one decimal number without sign or leading zero",
    found,
  });
}
