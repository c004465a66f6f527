/** What both ways of formatting a text are made of: the text between fields, and what the fields write. */
import { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import { checkLength } from "./limits.ts";
import { escapedText, trusted } from "./markup.ts";

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

/** The pieces as one text; in markup what is no literal is escaped, and the whole is markup again. */
export function assembled(template: string | Html, fields: Iterable<Piece>): string | Html {
  const markup = template instanceof Html;
  let text = "";
  for (const piece of fields) {
    if (markup && !piece.literal) text += escapedText(piece.text);
    else text += String(piece.text);
    checkLength(text.length);
  }
  return markup ? trusted(text) : text;
}
