/** Follows comments and everything else that `<!` begins (HTML §13.2.5.42 to .72), and says what a comment makes of a value. */
import type { Cursor } from "./cursor.ts";
import { escapeText, textOf } from "./escape-text.ts";
import { isForeign } from "./foreign.ts";

/** Text that cannot close a comment, nor be so empty that the text around it does. */
export function commentText(value: unknown): string {
  return escapeText(textOf(value)).replaceAll("-", "&#45;") || " ";
}

/** Behind `<!`: what it is depends on up to seven characters. */
export function readDeclaration(cursor: Cursor, text: string, index: number): number {
  const character = text[index] ?? "";
  const read = cursor.tail + character;
  const lower = read.toLowerCase();
  if (read === "--") {
    cursor.state = "comment";
    cursor.tail = "start";
  } else if (lower === "doctype") {
    cursor.state = "doctype";
    cursor.tail = "";
  } else if (read === "[CDATA[" && isForeign(cursor.foreign)) {
    cursor.state = "cdata";
    cursor.tail = "";
  } else if (read === "-" || "doctype".startsWith(lower) || "[CDATA[".startsWith(read)) {
    cursor.tail = read;
  } else {
    cursor.state = "bogus comment";
    cursor.tail = "";
    return index;
  }
  return index + 1;
}

/**
 * In a comment. The tail is what may become its end: `-`, `--` or `--!`; `start` and `start-` directly behind `<!--`,
 * where `>` alone ends it too.
 */
export function readComment(cursor: Cursor, text: string, index: number): number {
  const character = text[index] ?? "";
  const { tail } = cursor;
  if (character === ">" && (tail === "--" || tail === "--!" || tail.startsWith("start"))) {
    cursor.toText();
    return index + 1;
  }
  if (character === "-") {
    if (tail === "start") cursor.tail = "start-";
    else cursor.tail = tail === "" || tail === "--!" ? "-" : "--";
    return index + 1;
  }
  cursor.tail = character === "!" && tail === "--" ? "--!" : "";
  if (cursor.tail !== "") return index + 1;
  const dash = text.indexOf("-", index + 1);
  return dash < 0 ? text.length : dash;
}

export function readBogusComment(cursor: Cursor, text: string, index: number): number {
  const end = text.indexOf(">", index);
  if (end < 0) return text.length;
  cursor.toText();
  return end + 1;
}

/** Quoted identifiers end at `>` as well (HTML §13.2.5.59). */
export const readDoctype = readBogusComment;

export function readCdata(cursor: Cursor, text: string, index: number): number {
  const character = text[index] ?? "";
  if (character === ">" && cursor.tail === "]]") cursor.toText();
  else if (character === "]") cursor.tail = cursor.tail === "" ? "]" : "]]";
  else cursor.tail = "";
  return index + 1;
}
