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
  return syntaxError(source, current.at, `Expected ${expected}, found ${found}.`, { expected, found, fix });
}

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
