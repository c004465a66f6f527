/** String literals: where they end, and what their escapes stand for. */

/** The offset of the quote that ends the string beginning at `at`; -1 where there is none. */
export function closingQuote(text: string, at: number): number {
  const quote = text[at] ?? "";
  let end = text.indexOf(quote, at + 1);
  if (end < 0 || !text.slice(at, end).includes("\\")) return end;
  for (end = at + 1; end < text.length; end++) {
    const character = text[end];
    if (character === quote) return end;
    if (character === "\\") end++;
  }
  return -1;
}

const simple: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\n": "",
};

/** `\xNN`, `\uNNNN`, `\u{…}`, `\UNNNNNNNN`, up to three octal digits, or one character. */
const escapes =
  /\\(?:x(?<x>[0-9a-fA-F]{2})|u(?<u>[0-9a-fA-F]{4})|u\{(?<point>[0-9a-fA-F]{1,6})\}|U(?<long>[0-9a-fA-F]{8})|(?<octal>[0-7]{1,3})|(?<other>[\s\S]))/g;

/** What is wrong with an escape, and where in the content it stands. */
export interface EscapeFault {
  readonly offset: number;
  readonly escape: string;
}

/** The content of a string with its escapes resolved, or the first that cannot be. */
export function unescapeString(content: string): string | EscapeFault {
  if (!content.includes("\\")) return content;
  let fault: EscapeFault | undefined;
  const value = content.replace(escapes, (spelled, ...rest) => {
    const groups: Record<string, string | undefined> = rest.at(-1);
    const offset: number = rest.at(-3);
    const hex = groups.x ?? groups.u ?? groups.point ?? groups.long;
    const code = hex === undefined ? undefined : Number.parseInt(hex, 16);
    if (code !== undefined && code <= 0x10ffff) return String.fromCodePoint(code);
    if (groups.octal !== undefined) return String.fromCodePoint(Number.parseInt(groups.octal, 8));
    const other = groups.other ?? "";
    if (code !== undefined || other === "x" || other === "u" || other === "U") {
      fault ??= { offset, escape: code === undefined ? spelled : spelled.slice(0, 12) };
      return "";
    }
    // As in Python, a backslash that escapes nothing stands for itself, so that patterns need no doubling.
    return Object.hasOwn(simple, other) ? (simple[other] ?? "") : spelled;
  });
  return fault ?? value;
}
