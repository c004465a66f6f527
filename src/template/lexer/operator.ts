/** The operators of expressions. */
import type { Operator } from "./token.ts";

const single: Readonly<Record<string, Operator>> = Object.fromEntries(
  ([..."+-*/%~<>=.,:|;()[]{}"] as Operator[]).map((operator) => [operator, operator]),
);

const double: Readonly<Record<string, Operator>> = {
  "**": "**",
  "//": "//",
  "==": "==",
  "!=": "!=",
  "<=": "<=",
  ">=": ">=",
};

/** The longest operator at an offset; undefined where there is none. */
export function operatorAt(text: string, at: number, code: number): Operator | undefined {
  const next = text.charCodeAt(at + 1);
  // Of two-character operators, the second is `=` or the first once more.
  if (next === 61 || (next === code && (code === 42 || code === 47))) {
    const found = double[text.slice(at, at + 2)];
    if (found !== undefined) return found;
  }
  return single[text[at] ?? ""];
}
