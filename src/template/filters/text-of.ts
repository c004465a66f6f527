/** The text of a value as filters see it: what the template would print, with no trust left in it. */
import { Html } from "../../message/index.ts";
import { print } from "../values/print.ts";

/** A value as a plain string; of markup, its text without the places of the nonce. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return value instanceof Html ? value.toString() : print(value);
}

/** How many characters a text has, counted as loops count them: by code point. */
export function lengthOf(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length - 1; at++) {
    if (isPair(text, at)) {
      count--;
      at++;
    }
  }
  return count;
}

/** Whether the two halves of one character stand at an offset. */
export function isPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}
