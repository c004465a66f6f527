/** Which octets a rule of the grammar permits, as tables of 256 that the scanners index by octet. */

/** A table that is 1 for every octet for which `permits` holds. */
function table(permits: (octet: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, octet) => (permits(octet) ? 1 : 0));
}

const isAlphanumeric = (octet: number): boolean => /[A-Za-z0-9]/.test(String.fromCharCode(octet));
const oneOf = (text: string, octet: number): boolean => text.includes(String.fromCharCode(octet));

/** `tchar` (RFC 9110 §5.6.2): methods, field names, transfer codings. */
export const tokenOctets = table((octet) => isAlphanumeric(octet) || oneOf("!#$%&'*+-.^_`|~", octet));

/** A field value with its inner whitespace: `VCHAR`, `obs-text`, SP and HTAB (RFC 9110 §5.5). */
export const fieldValueOctets = table((octet) => octet === 0x09 || (octet >= 0x20 && octet !== 0x7f));

/**
 * A request target: visible ASCII without `#`, because a target has no fragment (RFC 9112 §3.2). Clients send a few
 * visible octets that RFC 3986 leaves out (`"`, `|`, `\`); they cannot move the end of the target and are let through.
 */
export const targetOctets = table((octet) => octet > 0x20 && octet < 0x7f && !oneOf("#", octet));

/**
 * A registered name or IPv4 address (RFC 3986 §3.2.2) with `%` for percent-encoding. The comma is left out: it is
 * permitted in a name and is how a proxy joins two Host fields.
 */
export const hostNameOctets = table((octet) => isAlphanumeric(octet) || oneOf("-._~!$&'()*+;=%", octet));

/** The text of a quoted string without `"` and `\` (RFC 9110 §5.6.4). */
export const quotedTextOctets = table((octet) => fieldValueOctets[octet] === 1 && !oneOf('"\\', octet));

/** The value of a hexadecimal digit; 255 for any other octet. */
export const hexadecimalValues = Uint8Array.from({ length: 256 }, (_, octet) => {
  const digit = "0123456789abcdef".indexOf(String.fromCharCode(octet).toLowerCase());
  return digit === -1 ? 255 : digit;
});

/** Every octet, with `A` to `Z` made lower case and nothing else changed. */
export const lowerCaseOctets = Uint8Array.from({ length: 256 }, (_, octet) =>
  octet >= 0x41 && octet <= 0x5a ? octet | 0x20 : octet,
);

/** The octets the scanners name. */
export const octets = {
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  doubleQuote: 0x22,
  percent: 0x25,
  asterisk: 0x2a,
  comma: 0x2c,
  dot: 0x2e,
  slash: 0x2f,
  zero: 0x30,
  one: 0x31,
  nine: 0x39,
  colon: 0x3a,
  semicolon: 0x3b,
  equals: 0x3d,
  questionMark: 0x3f,
  leftBracket: 0x5b,
  backslash: 0x5c,
  rightBracket: 0x5d,
} as const;

/** Whether the octets from `from` on spell `lowerCase`, an ASCII text, in any case. The caller knows the length. */
export function spells(bytes: Uint8Array, from: number, lowerCase: Uint8Array): boolean {
  for (let index = 0; index < lowerCase.length; index++) {
    if (lowerCaseOctets[bytes[from + index]!] !== lowerCase[index]) return false;
  }
  return true;
}

/** SP or HTAB, the only whitespace there is around a value (RFC 9110 §5.6.3). */
export function isWhitespace(octet: number): boolean {
  return octet === octets.space || octet === octets.tab;
}

/** Whether `text` is a token (RFC 9110 §5.6.2): not empty, and visible ASCII without separators. */
export function isToken(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    // A code above 255 is outside the table and gives undefined.
    if (tokenOctets[text.charCodeAt(index)] !== 1) return false;
  }
  return text !== "";
}

/** Whether `text` can stand in a field line: no control characters except HTAB, no code point above U+00FF. */
export function isFieldValue(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (fieldValueOctets[text.charCodeAt(index)] !== 1) return false;
  }
  return true;
}
