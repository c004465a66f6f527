/** Python's two ways of formatting a text, `%` and `str.format`: what stands for a value is found and replaced. */
import { Html } from "../../message/index.ts";
import { braceFields } from "./brace-fields.ts";
import type { Piece } from "./format-piece.ts";
import { checkLength } from "./limits.ts";
import { escapedText, markupOf, trusted } from "./markup.ts";
import { percentFields } from "./percent-fields.ts";

/** `"%s of %d" % [a, b]`: an array stands for several values, an object or a map for `%(name)s`. Markup escapes them. */
export function percentFormat(template: string | Html, values: unknown): string | Html {
  return assembled(template, percentFields(template instanceof Html ? markupOf(template) : template, values));
}

/** `"{0} {name:>10}".format(a, name=b)`; fields reach attributes and items as expressions do. */
export function braceFormat(
  template: string | Html,
  positional: readonly unknown[],
  named: unknown,
): string | Html {
  const text = template instanceof Html ? markupOf(template) : template;
  return assembled(template, braceFields(text, positional, named));
}

function assembled(template: string | Html, fields: Iterable<Piece>): string | Html {
  const markup = template instanceof Html;
  let text = "";
  for (const piece of fields) {
    if (markup && !piece.literal) text += escapedText(piece.text);
    else text += String(piece.text);
    checkLength(text.length);
  }
  return markup ? trusted(text) : text;
}
