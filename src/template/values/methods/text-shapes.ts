/** Texts in another shape: cases, stripped ends, words and lines. */
import { integerOr } from "../integer.ts";
import { checkLength } from "../limits.ts";
import { textArgument } from "./members.ts";

export function capitalize(text: string): string {
  const [first = ""] = text;
  return first.toUpperCase() + text.slice(first.length).toLowerCase();
}

/** Every run of letters with a capital first, as Python's `title`. */
export function titleCase(text: string): string {
  return text.replace(/\p{L}+/gu, capitalize);
}

export function swapCase(text: string): string {
  return Array.from(text, (character) =>
    character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase(),
  ).join("");
}

/** Without whitespace, or without the given characters, at its ends. */
export function strip(text: string, characters: unknown, start: boolean, end: boolean): string {
  if (characters === undefined || characters === null) {
    if (start && end) return text.trim();
    return start ? text.trimStart() : text.trimEnd();
  }
  const gone = new Set(textArgument(characters, "What is stripped"));
  const all = [...text];
  let from = 0;
  let to = all.length;
  while (start && from < to && gone.has(all[from] ?? "")) from++;
  while (end && to > from && gone.has(all[to - 1] ?? "")) to--;
  return all.slice(from, to).join("");
}

/** The words of a text; behind `most` splits the rest stays together. */
export function words(text: string, most: number): string[] {
  if (most < 0) return text.match(/\S+/g) ?? [];
  const taken: string[] = [];
  let rest = text.trimStart();
  while (rest !== "" && taken.length < most) {
    const end = rest.search(/\s/);
    if (end === -1) break;
    taken.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  if (rest !== "") taken.push(rest);
  return taken;
}

export function lines(text: string, keepEnds: boolean): string[] {
  const all = text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
  return keepEnds ? all : all.map((line) => line.replace(/[\r\n]+$/, ""));
}

export function expandTabs(text: string, size: unknown): string {
  const width = Math.max(0, integerOr(size, 8, "The width of a tab"));
  checkLength(text.length + width * (text.split("\t").length - 1));
  let column = 0;
  let expanded = "";
  for (const character of text) {
    if (character === "\t") {
      const spaces = width === 0 ? 0 : width - (column % width);
      expanded += " ".repeat(spaces);
      column += spaces;
    } else {
      expanded += character;
      column = character === "\n" || character === "\r" ? 0 : column + 1;
    }
  }
  return expanded;
}
