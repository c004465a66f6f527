/** Filters for upper and lower case; every letter of Unicode counts. */
import { defineFilter } from "./define-filter.ts";
import { textOf } from "./text-of.ts";

/** All letters in upper case. */
export const upper = defineFilter("upper", (value) => textOf(value).toUpperCase());

/** All letters in lower case. */
export const lower = defineFilter("lower", (value) => textOf(value).toLowerCase());

/** The first character in upper case, all others in lower case. */
export const capitalize = defineFilter("capitalize", (value) => capitalized(textOf(value)));

/** Every word with its first letter in upper case; words begin behind spaces, hyphens and opening brackets. */
export const title = defineFilter("title", (value) =>
  textOf(value)
    .split(/([-\s({[<]+)/)
    .map(capitalized)
    .join(""),
);

function capitalized(text: string): string {
  const first = text.codePointAt(0);
  if (first === undefined) return "";
  const head = String.fromCodePoint(first);
  return head.toUpperCase() + text.slice(head.length).toLowerCase();
}
