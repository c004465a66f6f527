/** The error about a token that cannot stand where it does: what was expected, what was found, and the likely slip. */

import { syntaxError } from "../lexer/syntax-error.ts";
import type { Token } from "../lexer/token.ts";
import type { TemplateError } from "../template-error.ts";
import type { Place } from "./place.ts";
import { slipAt } from "./slips.ts";

export function unexpected(place: Place, expected: string, fix: string | undefined): TemplateError {
  const { source, current } = place;
  const slip = slipAt(place);
  const found = describe(current);
  if (slip !== undefined) {
    return syntaxError(source, slip.at, slip.sentence, { expected, found, fix: slip.fix });
  }
  return syntaxError(source, current.at, `Expected ${expected}, found ${found}.`, {
    expected,
    found,
    fix: fix ?? likelyFix(place, expected),
  });
}

/** What to do about two values side by side, an operator without its value, or a piece too many. */
function likelyFix({ current, previous, tagAt }: Place, expected: string): string {
  const found = describe(current);
  const { type } = current;
  if (previous.at > tagAt && previous.type in binary) {
    return `Write a value behind \`${previous.value}\`, or remove it.`;
  }
  if (expected.startsWith("an operator")) {
    if (type === "[" || type === ".") {
      return `Put what stands before ${found} in brackets, as in \`(names | sort)[0]\`.`;
    }
    if (type === "=") return "Compare with `==`; bind a name with `{% set name = value %}`.";
    const value = type === "name" || type === "string" || type === "integer" || type === "float";
    return value
      ? `Write an operator before ${found}, such as \`~\`, \`and\` or \`==\`, or remove it.`
      : `Remove ${found}.`;
  }
  if (type.endsWith(" end")) return `Write ${expected} before ${found}.`;
  if (expected.startsWith("`,`")) return `Write \`,\` before ${found}, or remove it.`;
  return expected.startsWith("`") ? `Remove ${found}.` : `Write ${expected} in place of ${found}.`;
}

const binary: Readonly<Record<string, true>> = {
  "+": true,
  "-": true,
  "*": true,
  "**": true,
  "/": true,
  "//": true,
  "%": true,
  "~": true,
  "==": true,
  "!=": true,
  "<": true,
  "<=": true,
  ">": true,
  ">=": true,
};

/** A token as errors name it. */
export function describe(token: Token): string {
  switch (token.type) {
    case "end":
      return "the end of the template";
    case "string":
      return token.value.length > 20 ? "a string" : `the string ${JSON.stringify(token.value)}`;
    case "block end":
      return token.value === "" ? "the end of the line" : `\`${token.value}\``;
    case "text":
    case "props":
      return "text";
    default:
      return `\`${token.value}\``;
  }
}
