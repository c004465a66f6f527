/** Python's `%`: what stands for a value in a text is found and replaced. */
import { Html } from "../../message/index.ts";
import { assembled } from "./format-piece.ts";
import { markupOf } from "./markup.ts";
import { percentFields } from "./percent-fields.ts";

/** `"%s of %d" % [a, b]`: an array stands for several values, an object or a map for `%(name)s`. Markup escapes them. */
export function percentFormat(template: string | Html, values: unknown): string | Html {
  return assembled(template, percentFields(template instanceof Html ? markupOf(template) : template, values));
}
