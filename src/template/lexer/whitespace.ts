/** Steps over whitespace around and inside of tags. */

export function isNewline(code: number): boolean {
  return code === 10 || code === 13;
}

function isWhitespace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || (code > 127 && /\s/.test(String.fromCharCode(code)));
}

/** The offset of the first character from `at` on that is no whitespace. */
export function behindWhitespace(text: string, at: number): number {
  let index = at;
  while (index < text.length && isWhitespace(text.charCodeAt(index))) index++;
  return index;
}

/** The offset behind the one newline at `at`, if there is one. */
export function behindNewline(text: string, at: number): number {
  if (text.startsWith("\r\n", at)) return at + 2;
  return isNewline(text.charCodeAt(at)) ? at + 1 : at;
}

/** Where the text from `begin` to `end` ends without the blanks between the beginning of a line and `end`. */
export function cutToLineStart(text: string, begin: number, end: number): number {
  let index = end;
  while (index > begin) {
    const code = text.charCodeAt(index - 1);
    if (isNewline(code)) return index;
    if (!isWhitespace(code)) return end;
    index--;
  }
  return begin === 0 || isNewline(text.charCodeAt(begin - 1)) ? begin : end;
}
