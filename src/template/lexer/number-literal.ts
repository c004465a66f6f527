/** Number literals: integers in four bases and floats, with `_` between digits. */

/** A number as it stands in the text; `fault` says what is wrong with it. */
export interface NumberLiteral {
  readonly type: "integer" | "float";
  readonly end: number;
  readonly fault: string | undefined;
}

const prefixed = /0[box][0-9a-z_]*/iy;
const wellPrefixed = /^0(?:b(?:_?[01])+|o(?:_?[0-7])+|x(?:_?[0-9a-f])+)$/i;
const digits = /[0-9_]+/y;
const wellSpaced = /^\d+(?:_\d+)*$/;

/** Reads the number that begins at an offset; behind a dot only an integer, as in `rows.0.1`. */
export function readNumber(text: string, at: number, behindDot: boolean): NumberLiteral {
  const base = match(prefixed, text, at);
  if (base !== "") {
    const fault = wellPrefixed.test(base) ? undefined : `\`${short(base)}\` is not a number.`;
    return { type: "integer", end: at + base.length, fault };
  }
  const parts = [match(digits, text, at)];
  let end = at + (parts[0] ?? "").length;
  let type: NumberLiteral["type"] = "integer";
  if (!behindDot && text[end] === "." && isDigit(text.charCodeAt(end + 1))) {
    type = "float";
    const fraction = match(digits, text, end + 1);
    parts.push(fraction);
    end += 1 + fraction.length;
  }
  if (!behindDot && (text[end] === "e" || text[end] === "E")) {
    const sign = text[end + 1] === "-" || text[end + 1] === "+" ? 1 : 0;
    if (isDigit(text.charCodeAt(end + 1 + sign))) {
      type = "float";
      const exponent = match(digits, text, end + 1 + sign);
      parts.push(exponent);
      end += 1 + sign + exponent.length;
    }
  }
  const spelled = text.slice(at, end);
  if (!parts.every((part) => wellSpaced.test(part))) {
    return {
      type,
      end,
      fault: `\`${short(spelled)}\` is not a number: each \`_\` must stand between two digits.`,
    };
  }
  const zeros = type === "integer" && !behindDot && /^0[0_]*[1-9]/.test(spelled);
  return { type, end, fault: zeros ? `\`${short(spelled)}\` is not a number: it begins with 0.` : undefined };
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function short(spelled: string): string {
  return spelled.length > 20 ? `${spelled.slice(0, 20)}…` : spelled;
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.test(text) ? text.slice(at, pattern.lastIndex) : "";
}
