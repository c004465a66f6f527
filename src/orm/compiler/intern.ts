/** Short numbers for long texts, so that a fingerprint stays short: equal texts, equal numbers, for the whole process. */

const numbers = new Map<string, number>();

/** Beyond so many, texts stand for themselves: an application that makes up texts must not fill the memory. */
const LIMIT = 20_000;

/** `#12;` for a text that was met before or is remembered from now on; else the text with its length. */
export function intern(text: string): string {
  const known = numbers.get(text);
  if (known !== undefined) return `#${known};`;
  if (numbers.size >= LIMIT) return `${text.length}:${text}`;
  numbers.set(text, numbers.size);
  return `#${numbers.size - 1};`;
}
