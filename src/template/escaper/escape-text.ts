/** Text for element text and quoted attribute values: the escaping that most of a page's values go through. */
import { escapeHtml, Html } from "../../message/index.ts";
import { print } from "../values/print.ts";

/** Escapes text for element text and quoted attribute values. */
export const escapeText = escapeHtml;

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
