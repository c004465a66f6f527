/**
 * Follows the content of elements that holds no markup: up to the end tag of the same name (HTML §13.2.5.2 to .31),
 * where a script has comments in which `<script>` counts.
 */
import type { Cursor } from "./cursor.ts";
import { isBlank } from "./cursor.ts";

export function readRaw(cursor: Cursor, text: string, index: number): number {
  const character = text[index] ?? "";
  if (isEnd(cursor, character)) {
    if (cursor.escaped < 2) {
      cursor.state = "tag name";
      cursor.tail = cursor.element;
      cursor.closing = true;
      cursor.inner = undefined;
      cursor.escaped = 0;
      return index;
    }
    cursor.escaped = 1;
    cursor.tail = "";
  }
  if (cursor.element === "script") followScript(cursor, character);
  else cursor.tail = continued(`</${cursor.element}`, cursor.tail, character);
  cursor.inner?.read(character);
  return index + 1;
}

/** Whether this character ends the name of the end tag that the tail is. */
function isEnd(cursor: Cursor, character: string): boolean {
  const name = cursor.tail.slice(2);
  return (
    name === cursor.element &&
    cursor.tail.startsWith("</") &&
    (character === ">" || character === "/" || isBlank(character))
  );
}

/** What was read of an expected text, with one more character. */
function continued(expected: string, tail: string, character: string): string {
  const next = tail + character.toLowerCase();
  if (expected.startsWith(next)) return next;
  return character === "<" ? "<" : "";
}

function followScript(cursor: Cursor, character: string): void {
  const { tail } = cursor;
  const isNameEnd = character === ">" || character === "/" || isBlank(character);
  if (cursor.escaped === 1 && tail === "<script" && isNameEnd) cursor.escaped = 2;
  if (cursor.escaped > 0 && tail === "--" && character === ">") cursor.escaped = 0;
  if (cursor.escaped > 0 && character === "-") {
    cursor.tail = tail === "-" || tail === "--" ? "--" : "-";
    return;
  }
  const next = tail + character.toLowerCase();
  if (next === "<!--" && cursor.escaped === 0) {
    // `<!-->` is over at once.
    cursor.escaped = 1;
    cursor.tail = "--";
  } else if (["<!--", "</script", "<script"].some((expected) => expected.startsWith(next)))
    cursor.tail = next;
  else cursor.tail = character === "<" ? "<" : "";
}
