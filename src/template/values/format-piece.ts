/** What both ways of formatting a text are made of: the text between fields, and what the fields write. */
import type { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";

/** A stretch of the result; a literal one is as trusted as the template it is from. */
export interface Piece {
  readonly text: string | Html;
  readonly literal: boolean;
}

/** A format that cannot be read, or does not fit its values. */
export function badFormat(sentence: string, expected: string, found?: string): TemplateError {
  return new TemplateError("LMP_TEMPLATE_ARGUMENT_INVALID", sentence, { expected, found });
}

/** A width or a precision, written in digits. */
export function count(digits: string): number {
  if (digits.length > 8)
    throw badFormat("A format is too wide.", "a width of at most 8 digits", digits.slice(0, 20));
  return Number(digits);
}
