/** A text changed by a filter; of markup, the text in it, so that it stays markup. */
import { Html } from "../../message/index.ts";
import { markupOf, trusted } from "../values/markup.ts";
import { changeText } from "./markup-text.ts";
import { textOf } from "./text-of.ts";

const reference = /(&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});)/i;

/** What `change` makes of a text, or of each stretch of text between the tags and character references of markup. */
export function changedText(value: unknown, change: (text: string) => string): string | Html {
  if (!(value instanceof Html)) return change(textOf(value));
  const between = (text: string): string =>
    text
      .split(reference)
      .map((part, index) => (index % 2 === 0 ? change(part) : part))
      .join("");
  return trusted(changeText(markupOf(value), between));
}
