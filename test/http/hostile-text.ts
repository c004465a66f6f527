/** Text that somebody means badly: delimiters, controls, halves of encodings, and letters from everywhere. */
import fc from "fast-check";

const delimiters = [
  ...' \t\r\n\0\x7f;,="\\%:/*[]()<>&+.-_?#@',
  "%2",
  "%C3",
  "%00",
  "__proto__",
  "q=",
  "for=",
];
const character = fc.oneof(
  fc.constantFrom(...delimiters),
  fc.integer({ min: 0x30, max: 0x7a }).map((code) => String.fromCharCode(code)),
  fc.constantFrom("\xa0", "\x85", "é", "\u010a", "\u560d", "\u2028", "\ufeff", "🍪", "\ud800"),
);

/** Any such text of at most so many pieces. */
export function hostileText(maxPieces: number): fc.Arbitrary<string> {
  return fc.array(character, { maxLength: maxPieces }).map((pieces) => pieces.join(""));
}
