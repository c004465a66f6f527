/** Numbers out of texts, as Python's `int` and `float` read them. */

/** Longer texts are no numbers, for making a number of one takes more time than its length. */
const MOST_DIGITS = 4300;

/** A number with a fraction or an exponent; undefined where the text is none. */
export function parseFloating(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^[+-]?(?:inf|infinity)$/i.test(trimmed)) return trimmed.startsWith("-") ? -Infinity : Infinity;
  if (/^[+-]?nan$/i.test(trimmed)) return Number.NaN;
  const digits = withoutUnderscores(trimmed);
  if (digits === undefined || !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(digits)) return undefined;
  return Number(digits);
}

/**
 * A whole number in a base from 2 to 36, or in the one that `0x`, `0o` or `0b` in front says with base 0; exact, and
 * a bigint where it is too large for a number. Undefined where the text is none.
 */
export function parseWhole(text: string, base: number): number | bigint | undefined {
  const plain = withoutUnderscores(text.trim().toLowerCase());
  if (plain === undefined || plain.length > MOST_DIGITS) return undefined;
  const negative = plain.startsWith("-");
  const unsigned = negative || plain.startsWith("+") ? plain.slice(1) : plain;
  const prefixed = { "0x": 16, "0o": 8, "0b": 2 }[unsigned.slice(0, 2)];
  const used = base === 0 ? (prefixed ?? 10) : base;
  const digits = prefixed === used ? unsigned.slice(2) : unsigned;
  if (digits === "" || (base === 0 && used === 10 && /^0+[1-9]/.test(digits))) return undefined;
  const number = wholeOf(digits, used);
  return number === undefined ? undefined : narrowed(negative ? -number : number);
}

/** A whole number as a number where that is exact. */
export function narrowed(whole: bigint): number | bigint {
  const number = Number(whole);
  return Number.isSafeInteger(number) ? number : whole;
}

function wholeOf(digits: string, base: number): bigint | undefined {
  if (base === 10) return /^[0-9]+$/.test(digits) ? BigInt(digits) : undefined;
  let whole = 0n;
  const radix = BigInt(base);
  for (const digit of digits) {
    const worth = "0123456789abcdefghijklmnopqrstuvwxyz".indexOf(digit);
    if (worth === -1 || worth >= base) return undefined;
    whole = whole * radix + BigInt(worth);
  }
  return whole;
}

/** Without the single underscores that may group digits; undefined where there are others. */
function withoutUnderscores(text: string): string | undefined {
  if (!text.includes("_")) return text;
  if (text.includes("__") || /^[+-]?_|_$|_[.e]|[.e]_/i.test(text)) return undefined;
  return text.replaceAll("_", "");
}
