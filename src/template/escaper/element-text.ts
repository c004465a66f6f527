/** Follows element text up to a tag, a comment or a declaration (HTML §13.2.5.1, .6 and .7). */
import type { Cursor } from "./cursor.ts";

export function readText(cursor: Cursor, text: string, index: number): number {
  const open = text.indexOf("<", index);
  if (open < 0) return text.length;
  cursor.state = "open";
  cursor.tail = "<";
  return open + 1;
}

/** Behind `<` and `</`. */
export function readOpen(cursor: Cursor, text: string, index: number): number {
  const character = text[index] ?? "";
  const closing = cursor.tail === "</";
  if (/[A-Za-z]/.test(character)) {
    cursor.state = "tag name";
    cursor.tail = "";
    cursor.closing = closing;
    return index;
  }
  if (closing) {
    // `</>` is nothing at all.
    if (character === ">") cursor.toText();
    else toBogusComment(cursor);
    return character === ">" ? index + 1 : index;
  }
  if (character === "/") {
    cursor.tail = "</";
    return index + 1;
  }
  if (character === "!") {
    cursor.state = "declaration";
    cursor.tail = "";
    return index + 1;
  }
  if (character === "?") {
    toBogusComment(cursor);
    return index + 1;
  }
  cursor.toText();
  return index;
}

function toBogusComment(cursor: Cursor): void {
  cursor.state = "bogus comment";
  cursor.tail = "";
}
