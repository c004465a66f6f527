/** Filters for upper and lower case; every letter of Unicode counts, and markup stays markup. */

import { changedText } from "./changed-text.ts";
import { defineFilter } from "./define-filter.ts";

/** All letters in upper case. */
export const upper = defineFilter("upper", (value) => changedText(value, (text) => text.toUpperCase()));

/** All letters in lower case. */
export const lower = defineFilter("lower", (value) => changedText(value, (text) => text.toLowerCase()));

/** The first character in upper case, all others in lower case. */
export const capitalize = defineFilter("capitalize", (value) => {
  let begun = false;
  return changedText(value, (text) => {
    const changed = begun ? text.toLowerCase() : capitalized(text);
    begun ||= text.trim() !== "";
    return changed;
  });
});

/** Every word with its first letter in upper case; words begin behind spaces, hyphens and opening brackets. */
export const title = defineFilter("title", (value) =>
  changedText(value, (text) =>
    text
      .split(/([-\s({[<]+)/)
      .map(capitalized)
      .join(""),
  ),
);

function capitalized(text: string): string {
  const first = text.codePointAt(0);
  if (first === undefined) return "";
  const head = String.fromCodePoint(first);
  return head.toUpperCase() + text.slice(head.length).toLowerCase();
}
