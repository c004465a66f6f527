/** Filters that turn text into markup and markup into text. */
import { escapeHtml, Html } from "../../message/index.ts";
import { escapedText, trusted } from "../values/markup.ts";
import { decodeReferences } from "./character-references.ts";
import { defineFilter } from "./define-filter.ts";
import { textOf } from "./text-of.ts";

/** The text as markup, with `& < > " '` as references; markup stays as it is. */
export const escapeFilter = defineFilter("escape", (value) =>
  value instanceof Html ? value : new Html(escapeHtml(textOf(value))),
);

/** The text as markup, escaped even where it is markup already. */
export const forceescape = defineFilter("forceescape", (value) => new Html(escapeHtml(textOf(value))));

/** The text as markup without any escaping: only for what did not come from outside. */
export const safe = defineFilter("safe", (value) =>
  value instanceof Html ? value : new Html(textOf(value)),
);

/** The text as markup, escaped, with `<br>` at the end of every line. Markup stays markup. */
export const nl2br = defineFilter("nl2br", function (value) {
  const lines = escapedText(value instanceof Html ? value : textOf(value)).replace(/\r\n|\r|\n/g, "<br>\n");
  return this.escaping ? trusted(lines) : lines;
});

/** The text without tags and comments, with references as characters and runs of white space as one space. */
export const striptags = defineFilter("striptags", (value) => {
  const text = without(without(textOf(value), "<!--", "-->"), "<", ">");
  return decodeReferences(text.replace(/\s+/g, " ").trim());
});

/** The text without all that stands from an opening to the next closing; an opening without one stays. */
function without(text: string, opening: string, closing: string): string {
  let kept = "";
  let at = 0;
  for (let start = text.indexOf(opening); start !== -1; start = text.indexOf(opening, at)) {
    const end = text.indexOf(closing, start + opening.length);
    if (end === -1) break;
    kept += text.slice(at, start);
    at = end + closing.length;
  }
  return kept + text.slice(at);
}
