/** The filter that makes a part of an address out of a title. */
import { defineFilter } from "./define-filter.ts";
import { textOf } from "./text-of.ts";

/**
 * The text for an address: letters without accents and in lower case, digits, and `separator` for all runs of other
 * characters.
 */
export const slugify = defineFilter('slugify(separator="-")', (value, given) => {
  const plain = textOf(value)
    .normalize("NFKD")
    // The accents of European scripts; in other scripts marks are vowels, which stay.
    .replace(/[\u0300-\u036f'\u2019]/g, "")
    .normalize("NFC")
    .toLowerCase();
  return (plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(given.text("separator", "-"));
});
