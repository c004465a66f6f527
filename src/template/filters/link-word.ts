/** What looks like an address: which words of a text `urlize` makes links, and where the links lead. */

/** A word taken apart: `href` is undefined where nothing in it is an address. */
export interface LinkWord {
  /** Opening brackets in front. */
  readonly head: string;
  readonly middle: string;
  /** Closing brackets and full stops behind. */
  readonly tail: string;
  readonly href: string | undefined;
  /** What the link shows. */
  readonly shown: string;
  /** Whether it leads to a page, and not to a mailbox. */
  readonly page: boolean;
}

/** Takes a word apart and finds out where it leads; `schemes` are further ones with their colon. Linear in its length. */
export function linkWord(word: string, schemes: readonly string[]): LinkWord {
  const { head, middle, tail } = trimmedWord(word);
  const lower = middle.slice(0, 8).toLowerCase();
  const found = { head, middle, tail, shown: middle, page: true };
  if (lower.startsWith("http://") || lower.startsWith("https://")) {
    const address = middle.slice(lower.indexOf("//") + 2);
    return { ...found, href: isHostAndPath(address, hostWithScheme) ? middle : undefined };
  }
  if (isHostAndPath(middle, lower.startsWith("www.") ? namedHost : commonHost)) {
    return { ...found, href: `https://${middle}` };
  }
  if (lower.startsWith("mailto:") && isMailbox(middle.slice(7))) {
    return { ...found, href: middle, shown: middle.slice(7), page: false };
  }
  if (!middle.includes(":") && isMailbox(middle)) return { ...found, href: `mailto:${middle}`, page: false };
  const scheme = schemes.find((each) => middle.length > each.length && middle.startsWith(each));
  return { ...found, href: scheme === undefined ? undefined : middle };
}

/** Brackets and full stops around a word are not meant, but for the closing brackets of those that open in it. */
function trimmedWord(word: string): Pick<LinkWord, "head" | "middle" | "tail"> {
  let start = 0;
  while (word[start] === "(" || word[start] === "<") start++;
  let end = word.length;
  while (end > start && ").,>".includes(word[end - 1] ?? " ")) end--;
  for (const [open, close] of ["()", "<>"]) {
    let missing = count(word, start, end, open) - count(word, start, end, close);
    for (let at = end; missing > 0 && at < word.length; at++) {
      if (word[at] !== close) continue;
      missing--;
      end = at + 1;
    }
  }
  return { head: word.slice(0, start), middle: word.slice(start, end), tail: word.slice(end) };
}

function count(word: string, from: number, to: number, character: string | undefined): number {
  let found = 0;
  for (let at = from; at < to; at++) if (word[at] === character) found++;
  return found;
}

/** A host by one of the rules below, a port where there is one, and anything behind. */
function isHostAndPath(address: string, isHost: (host: string) => boolean): boolean {
  const end = address.search(/[/?#]/);
  const authority = end === -1 ? address : address.slice(0, end);
  // Longer than any host, and short enough for expressions that look at it more than once.
  if (authority.length > 300) return false;
  const port = /:\d{1,5}$/.exec(authority);
  return isHost(port === null ? authority : authority.slice(0, port.index));
}

const label = /^[\p{L}\p{N}_%-]+$/u;
const topLevel = /^(?:[a-z]{2,63}|xn--[\w%]{2,59})$/i;

/** Behind `http://`: a name, also of one part, or a number. */
function hostWithScheme(host: string): boolean {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return true;
  if (/^\[[\da-f:]{2,39}\]$/i.test(host)) return host.includes(":");
  return namedHost(host);
}

function namedHost(host: string): boolean {
  const parts = host.split(".");
  return topLevel.test(parts.pop() ?? "") && parts.every((part) => label.test(part));
}

/** Without any sign that it is an address, only names under the old top-level domains are taken for one. */
function commonHost(host: string): boolean {
  const parts = host.split(".");
  const known = /^(?:com|net|int|edu|gov|org|info|mil)$/i.test(parts.pop() ?? "");
  return (
    known &&
    parts.length > 0 &&
    parts.every((part) => label.test(part) && part.length >= 2 && part.length <= 63)
  );
}

function isMailbox(word: string): boolean {
  const at = word.lastIndexOf("@");
  const domain = word.slice(at + 1);
  const dot = domain.lastIndexOf(".");
  if (at < 1 || dot < 1 || /^www\./i.test(word)) return false;
  return (
    /^[\p{L}\p{N}_.-]+$/u.test(domain) &&
    !/^[.-]/.test(domain) &&
    /^[\p{L}\p{N}_]+$/u.test(domain.slice(dot + 1))
  );
}
