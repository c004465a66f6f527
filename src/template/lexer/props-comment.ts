/**
 * Finds the end of the type that a props comment declares. Braces and the comment's own end may stand in strings and
 * comments of the type, so both are stepped over.
 */

const opening = /\s*props\s*(?=\{)/y;

/** The offset of the brace that begins the declaration, if the comment whose content begins at `at` is a props comment. */
export function propsBrace(text: string, at: number): number | undefined {
  opening.lastIndex = at;
  return opening.test(text) ? opening.lastIndex : undefined;
}

/** The offset behind the brace that closes the one at `at`; undefined where it is missing before `commentEnd`. */
export function behindClosingBrace(text: string, at: number, commentEnd: string): number | undefined {
  let depth = 0;
  for (let index = at; index < text.length; index++) {
    switch (text[index]) {
      case "{":
      case "(":
      case "[":
        depth++;
        break;
      case "}":
      case ")":
      case "]":
        depth--;
        if (depth === 0) return index + 1;
        break;
      case '"':
      case "'":
      case "`":
        index = behindString(text, index) - 1;
        break;
      case "/":
        index = behindComment(text, index) - 1;
        break;
      default:
        if (text.startsWith(commentEnd, index)) return undefined;
    }
  }
  return undefined;
}

function behindString(text: string, at: number): number {
  const quote = text[at];
  let index = at + 1;
  while (index < text.length && text[index] !== quote) index += text[index] === "\\" ? 2 : 1;
  return index + 1;
}

function behindComment(text: string, at: number): number {
  if (text[at + 1] === "/") return ended(text, text.indexOf("\n", at), 0);
  if (text[at + 1] === "*") return ended(text, text.indexOf("*/", at + 2), 2);
  return at + 1;
}

function ended(text: string, index: number, length: number): number {
  return index < 0 ? text.length : index + length;
}
