/** Text for element text and quoted attribute values: the escaping that most of a page's values go through. */
import { Html } from "../../message/index.ts";
import { print } from "../values/print.ts";

/**
 * Escapes `& < > " '`. A text without them is given back as it is: most values are short and clean, and a loop over
 * the codes of a short text is faster than a regular expression.
 */
export function escapeText(text: string): string {
  let escaped = "";
  let last = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // All five are below `?`, which lets every letter pass after one comparison.
    if (code > 62) continue;
    let reference: string;
    if (code === 38) reference = "&amp;";
    else if (code === 60) reference = "&lt;";
    else if (code === 62) reference = "&gt;";
    else if (code === 34) reference = "&quot;";
    else if (code === 39) reference = "&#39;";
    else continue;
    escaped += last === index ? reference : text.slice(last, index) + reference;
    last = index + 1;
  }
  if (last === 0) return text;
  return last === text.length ? escaped : escaped + text.slice(last);
}

/** The text of a value, where markup is text like any other. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : value instanceof Html ? String(value) : print(value);
}

/** A value in element text: markup as it is, places for nonces included. */
export function elementText(value: unknown): string {
  if (typeof value === "string") return escapeText(value);
  return value instanceof Html ? value.markup : escapeText(print(value));
}

/** A value in `<title>` and `<textarea>`, where markup is shown as text. */
export function plainText(value: unknown): string {
  return escapeText(textOf(value));
}
