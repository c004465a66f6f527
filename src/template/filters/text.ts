/** Filters that trim, pad, cut and count texts. */
import { Html } from "../../message/index.ts";
import { checkLength, TEXT_LIMIT } from "../values/limits.ts";
import { escapedText, trusted } from "../values/markup.ts";
import { defineFilter } from "./define-filter.ts";

import { isPair, lengthOf, textOf } from "./text-of.ts";

/** The value as a string; markup becomes a text like any other. */
export const string = defineFilter("string", (value) => textOf(value));

/** The text without the characters of `chars` at both ends; without `chars`, without white space. Markup stays markup. */
export const trim = defineFilter("trim(chars=none)", (value, given) => {
  const chars = given.get("chars") === undefined ? undefined : given.text("chars", "");
  if (!(value instanceof Html)) return trimmed(textOf(value), chars, "");
  // Cutting these off markup would leave a tag or a character reference open.
  return trusted(trimmed(escapedText(value), chars, "<>&"));
});

/** The text in the middle of `width` characters, filled up with spaces. */
export const center = defineFilter("center(width=80)", (value, given) => {
  const text = textOf(value);
  const width = given.integer("width", 80, 0, TEXT_LIMIT);
  const missing = width - lengthOf(text);
  if (missing <= 0) return text;
  // Where the spaces cannot be halved, Jinja's side of the odd one depends on the width.
  const left = Math.floor(missing / 2) + (missing & width & 1);
  return " ".repeat(left) + text + " ".repeat(missing - left);
});

/**
 * Every line but the first with `width` spaces, or with the text `width`, in front; the first too with `first`, empty
 * ones too with `blank`. Markup stays markup, and `width` is escaped in it.
 */
export const indent = defineFilter("indent(width=4, first=false, blank=false)", (value, given) => {
  const width = given.get("width");
  const written = typeof width === "string" || width instanceof Html;
  const margin = written ? width : " ".repeat(given.integer("width", 4, 0, TEXT_LIMIT));
  const blank = given.flag("blank", false);
  const first = given.flag("first", false);
  const indented = (text: string, lead: string) => {
    const lines = text.split(/\r\n|\r|\n/);
    checkLength(lines.length * lead.length);
    const rest = lines.slice(1).map((line) => (blank || line !== "" ? lead + line : line));
    return [first ? lead + (lines[0] ?? "") : (lines[0] ?? ""), ...rest].join("\n");
  };
  if (value instanceof Html) return trusted(indented(escapedText(value), escapedText(margin)));
  return indented(textOf(value), textOf(margin));
});

/**
 * The text cut to `length` characters, `end` included, at the end of a word, or within one with `killwords`. A text
 * that is longer by no more than `leeway` stays whole.
 */
export const truncate = defineFilter(
  'truncate(length=255, killwords=false, end="...", leeway=5)',
  (value, given) => {
    const length = given.integer("length", 255, 0, TEXT_LIMIT);
    const leeway = given.integer("leeway", 5, 0, TEXT_LIMIT);
    const end = given.text("end", "...");
    const kept = length - lengthOf(end);
    if (kept < 0) throw given.refused("length", `at least the length of \`end\`, ${lengthOf(end)}`);
    const text = textOf(value);
    if (offsetOf(text, length + leeway) === text.length) return text;
    const cut = text.slice(0, offsetOf(text, kept));
    const space = given.flag("killwords", false) ? -1 : cut.lastIndexOf(" ");
    return (space === -1 ? cut : cut.slice(0, space)) + end;
  },
);

/** How many words the text has. */
export const wordcount = defineFilter("wordcount", (value) => {
  let count = 0;
  const words = /[\p{L}\p{N}_]+/gu;
  for (const text = textOf(value); words.test(text); ) count++;
  return count;
});

/** The offset behind a number of characters; the end of the text where it has fewer. */
function offsetOf(text: string, characters: number): number {
  let at = 0;
  for (let left = characters; left > 0 && at < text.length; left--) at += isPair(text, at) ? 2 : 1;
  return Math.min(at, text.length);
}

function trimmed(text: string, chars: string | undefined, kept: string): string {
  if (chars === undefined) return text.trim();
  const dropped = new Set(Array.from(chars).filter((character) => !kept.includes(character)));
  let start = 0;
  let end = text.length;
  while (start < end) {
    const size = isPair(text, start) ? 2 : 1;
    if (!dropped.has(text.slice(start, start + size))) break;
    start += size;
  }
  while (end > start) {
    const size = end - start >= 2 && isPair(text, end - 2) ? 2 : 1;
    if (!dropped.has(text.slice(end - size, end))) break;
    end -= size;
  }
  return text.slice(start, end);
}
