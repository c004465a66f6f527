/** Names: letters, digits and `_` of any script, not beginning with a digit. */

const start = /\p{ID_Start}/u;
const rest = /[\p{ID_Continue}]*/uy;

export function isNameStart(code: number, text: string, at: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
  const point = text.codePointAt(at);
  return point !== undefined && start.test(String.fromCodePoint(point));
}

/** The offset behind the name that begins at `at`. */
export function nameEnd(text: string, at: number): number {
  let index = at;
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 128) {
      rest.lastIndex = index;
      rest.test(text);
      return rest.lastIndex;
    }
    if (!(isNameStart(code, text, index) || (code >= 48 && code <= 57))) break;
  }
  return index;
}
