/** Reads `application/x-www-form-urlencoded` (URL Standard §5.1) in any charset, strictly and bounded. */
import { HttpError } from "../errors/index.ts";
import { decodeValue } from "./charset.ts";
import { beyond } from "./form-error.ts";
import type { FormLimits } from "./form-limits.ts";

const percent = 0x25;
const plus = 0x2b;

/** The pairs in their order. What is no percent-encoding, or no text in the charset, is refused. */
export function readUrlencoded(bytes: Buffer, decoder: TextDecoder, limits: FormLimits): [string, string][] {
  // One character an octet: the separators are the same in every charset that a form can be sent in.
  const text = bytes.toString("latin1");
  const pairs: [string, string][] = [];
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    end = nextAmpersand(text, start);
    if (end === start) continue;
    if (pairs.length === limits.params) {
      throw beyond("LMP_FORMS_PARAMS_TOO_MANY", "The form has too many fields.", limits.params, "fields");
    }
    const equals = text.indexOf("=", start);
    const nameEnd = equals === -1 || equals > end ? end : equals;
    // Decoding makes a text at most three times shorter, so a longer one need not be decoded to be refused.
    if (nameEnd - start > 3 * limits.paramNameBytes) throw nameTooLong(limits);
    const name = decoded(text.slice(start, nameEnd), decoder);
    if (name.length * 3 > limits.paramNameBytes && Buffer.byteLength(name) > limits.paramNameBytes) {
      throw nameTooLong(limits);
    }
    pairs.push([name, nameEnd === end ? "" : decoded(text.slice(nameEnd + 1, end), decoder)]);
  }
  return pairs;
}

/** The end of the pair that begins at `start`. Asked of the character first, because a text may be all ampersands. */
function nextAmpersand(text: string, start: number): number {
  if (text.charCodeAt(start) === 0x26) return start;
  const next = text.indexOf("&", start);
  return next === -1 ? text.length : next;
}

function decoded(text: string, decoder: TextDecoder): string {
  let isPlain = true;
  for (let at = 0; at < text.length && isPlain; at++) {
    const code = text.charCodeAt(at);
    isPlain = code !== percent && code !== plus && code < 0x80;
  }
  return isPlain ? text : decodeValue(octetsOf(text), decoder);
}

function octetsOf(text: string): Buffer {
  const octets = Buffer.allocUnsafe(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === percent) {
      octets[length++] = (digit(text, at + 1) << 4) | digit(text, at + 2);
      at += 2;
    } else octets[length++] = code === plus ? 0x20 : code;
  }
  return octets.subarray(0, length);
}

function digit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  if (letter >= 0x61 && letter <= 0x66) return letter - 0x57;
  throw new HttpError(400, "A field of the form is not encoded correctly.", {
    code: "LMP_FORMS_URLENCODED_INVALID",
    expected: "two hexadecimal digits behind every percent sign",
    found: JSON.stringify(text.slice(Math.max(0, at - 2), at + 2)),
  });
}

function nameTooLong(limits: FormLimits): Error {
  const sentence = "The name of a field is too long.";
  return beyond("LMP_FORMS_NAME_TOO_LONG", sentence, limits.paramNameBytes, "bytes");
}
