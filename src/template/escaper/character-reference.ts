/**
 * Character references in attribute values: what a browser reads there is what a URL or a script is made of. Only those
 * that stand for ASCII characters matter; the others are letters like any other.
 */

const named: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Tab: "\t",
    NewLine: "\n",
    excl: "!",
    quot: '"',
    QUOT: '"',
    num: "#",
    dollar: "$",
    percnt: "%",
    amp: "&",
    AMP: "&",
    apos: "'",
    lpar: "(",
    rpar: ")",
    ast: "*",
    midast: "*",
    plus: "+",
    comma: ",",
    period: ".",
    sol: "/",
    colon: ":",
    semi: ";",
    lt: "<",
    LT: "<",
    equals: "=",
    gt: ">",
    GT: ">",
    quest: "?",
    commat: "@",
    lsqb: "[",
    lbrack: "[",
    bsol: "\\",
    rsqb: "]",
    rbrack: "]",
    Hat: "^",
    lowbar: "_",
    UnderBar: "_",
    grave: "`",
    DiacriticalGrave: "`",
    lcub: "{",
    lbrace: "{",
    verbar: "|",
    vert: "|",
    VerticalLine: "|",
    rcub: "}",
    rbrace: "}",
    fjlig: "fj",
    nbsp: "\u00a0",
  }),
);

/** The only ones that count without a semicolon among those above (HTML §13.5). */
const legacy = new Set(["amp", "AMP", "lt", "LT", "gt", "GT", "quot", "QUOT", "nbsp"]);

/** Longer than every name, so that no more needs to be kept. */
export const LONGEST_REFERENCE = 40;

/**
 * What a reference stands for. `reference` begins with `&` and has no semicolon; `end` is the character behind it: a
 * semicolon ends it, `=` makes a name without semicolon plain text (HTML §13.2.5.73).
 */
export function decodeReference(reference: string, end: string): string {
  const numeric = /^&#(?:[xX]([0-9A-Fa-f]+)|(\d+))$/.exec(reference);
  if (numeric)
    return fromCode(numeric[1] === undefined ? Number(numeric[2]) : Number.parseInt(numeric[1], 16));
  const name = reference.slice(1);
  const character = named.get(name);
  const plain = end === ";" ? `${reference};` : reference;
  if (character !== undefined) return end === ";" || (legacy.has(name) && end !== "=") ? character : plain;
  // An unknown name is taken for a letter; what is no reference stays as it is.
  return end === ";" && /^[A-Za-z][A-Za-z0-9]*$/.test(name) ? "\u00e9" : plain;
}

function fromCode(code: number): string {
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return "\ufffd";
  return String.fromCodePoint(code);
}
