/** The text of markup without its tags, for filters that change text only. */

/** Elements whose content is no text. */
const withoutText = /^(?:iframe|noembed|noframes|noscript|plaintext|script|style|template|xmp)$/;

/**
 * Markup with `change` applied to each stretch of text between its tags; tags, comments and what stands in elements
 * without text, or in those that `untouched` names, stays as it is.
 */
export function changeText(
  markup: string,
  change: (text: string) => string,
  untouched = withoutText,
): string {
  let changed = "";
  let at = 0;
  let inside: string | undefined;
  while (at < markup.length) {
    const start = tagStart(markup, at);
    const text = markup.slice(at, start);
    changed += inside === undefined ? change(text) : text;
    if (start === markup.length) break;
    at = tagEnd(markup, start);
    const tag = markup.slice(start, at);
    changed += tag;
    const [, slash, name = ""] = /^<(\/?)([a-z][^\s/>]{0,20})/i.exec(tag) ?? [];
    const element = name.toLowerCase();
    if (inside === undefined && slash === "" && untouched.test(element)) inside = element;
    else if (slash === "/" && element === inside) inside = undefined;
  }
  return changed;
}

/** Where the next tag, comment or declaration begins; the end where none does. */
function tagStart(markup: string, from: number): number {
  for (let at = markup.indexOf("<", from); at !== -1; at = markup.indexOf("<", at + 1)) {
    if (/[a-z/!?]/i.test(markup[at + 1] ?? "")) return at;
  }
  return markup.length;
}

/** Behind the tag; quoted values may hold `>`. What is not closed goes on to the end. */
function tagEnd(markup: string, start: number): number {
  if (markup.startsWith("<!--", start)) {
    const end = markup.indexOf("-->", start + 4);
    return end === -1 ? markup.length : end + 3;
  }
  let quote = "";
  for (let at = start + 1; at < markup.length; at++) {
    const character = markup[at];
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === ">") return at + 1;
  }
  return markup.length;
}
