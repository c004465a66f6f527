/** Python's `str.format`: what stands for a value in a text is found and replaced. */
import { Html } from "../../message/index.ts";
import { braceFields } from "./brace-fields.ts";
import { assembled } from "./format-piece.ts";
import { markupOf } from "./markup.ts";
import type { Reading } from "./methods/members.ts";

/** `"{0} {name:>10}".format(a, name=b)`; fields reach attributes and items through `read`. */
export function braceFormat(
  template: string | Html,
  positional: readonly unknown[],
  named: unknown,
  read: Reading,
): string | Html {
  const text = template instanceof Html ? markupOf(template) : template;
  return assembled(template, braceFields(text, { positional, named, read }));
}
