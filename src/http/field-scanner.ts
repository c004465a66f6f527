/** Reads a field value from left to right in the pieces every field shares: token, whitespace, quoted-string. */

import { fieldValueOctets, isToken, octets, quotedTextOctets, tokenOctets } from "./byte-classes.ts";

/** The text as a token where it is one, else as a quoted-string (RFC 9110 §5.6.4). The caller has refused controls. */
export function tokenOrQuotedString(text: string): string {
  return isToken(text) ? text : `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** The text without the spaces and tabs around it. Nothing else is whitespace in a field (RFC 9110 §5.6.3). */
export function trimWhitespace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhitespace(text.charCodeAt(start))) start++;
  while (end > start && isWhitespace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isWhitespace(code: number): boolean {
  return code === octets.space || code === octets.tab;
}

/**
 * A cursor over a field value. It only moves forward, also when a reading fails, so whatever is built on it
 * takes time in proportion to the value's length.
 */
export class FieldScanner {
  readonly text: string;
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** Whether one octet comes next. */
  isNext(octet: number): boolean {
    return this.text.charCodeAt(this.position) === octet;
  }

  /** Steps over one octet if it comes next. */
  skip(octet: number): boolean {
    if (!this.isNext(octet)) return false;
    this.position++;
    return true;
  }

  /** Steps over spaces and tabs. */
  skipWhitespace(): void {
    while (isWhitespace(this.text.charCodeAt(this.position))) this.position++;
  }

  /** Moves to the next such character, or to the end. */
  skipTo(character: string): void {
    const next = this.text.indexOf(character, this.position);
    this.position = next === -1 ? this.text.length : next;
  }

  /** A token, or the empty string where none begins. */
  token(): string {
    const start = this.position;
    while (tokenOctets[this.text.charCodeAt(this.position)] === 1) this.position++;
    return this.position === start ? "" : this.text.slice(start, this.position);
  }

  /** A token or the content of a quoted-string, `undefined` where neither begins or the latter never ends. */
  value(): string | undefined {
    if (this.isNext(octets.doubleQuote)) return this.quotedString();
    return this.token() || undefined;
  }

  /** The content of a quoted-string with its quoted-pairs resolved (RFC 9110 §5.6.4). */
  quotedString(): string | undefined {
    let content = "";
    let start = ++this.position;
    for (; !this.atEnd; this.position++) {
      const code = this.text.charCodeAt(this.position);
      if (quotedTextOctets[code] === 1) continue;
      content += this.text.slice(start, this.position);
      if (code === octets.doubleQuote) {
        this.position++;
        return content;
      }
      start = ++this.position;
      const isPair = code === octets.backslash && fieldValueOctets[this.text.charCodeAt(start)] === 1;
      if (!isPair) return undefined;
    }
    return undefined;
  }

  /**
   * Reads `*( OWS ";" OWS [ name "=" value ] )` (RFC 9110 §5.6.6) and hands each pair to `take`, the name in
   * lower case. Returns whether all of it was well formed; stops at whatever follows the parameters.
   */
  parameters(take: (name: string, value: string) => boolean): boolean {
    this.skipWhitespace();
    return !this.skip(octets.semicolon) || this.pairs(take);
  }

  /** Like `parameters`, without the semicolon at the beginning, as in `Forwarded`. */
  pairs(take: (name: string, value: string) => boolean): boolean {
    do {
      this.skipWhitespace();
      const name = this.token();
      if (name !== "") {
        const value = this.skip(octets.equals) ? this.value() : undefined;
        if (value === undefined || !take(name.toLowerCase(), value)) return false;
      }
      this.skipWhitespace();
    } while (this.skip(octets.semicolon));
    return true;
  }
}
