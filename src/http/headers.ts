/** The field lines of a message: ordered, case-insensitive, several values a name; `RequestParser` fills them lazily. */
import { LimpidError } from "../errors/index.ts";
import { isFieldValue, isToken, isWhitespace } from "./byte-classes.ts";
import { isNameAt, isSameName } from "./field-names.ts";

/** What a `Headers` can be made of; a platform `Headers` is an iterable of pairs. */
export type HeadersInit =
  | Headers
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | readonly string[]>>
  | undefined;

/** A name and a value, as `Map` and the platform's `Headers` iterate them. */
export type HeaderEntry = [name: string, value: string];

/**
 * Header fields (RFC 9110 §5), shaped like the Fetch standard's `Headers`. Names keep the case they were written in
 * and are compared without it; lines keep their order; several lines of one name stay several lines.
 *
 * What is written is checked before it is stored, so that no value can end its line (response splitting).
 *
 * @throws {LimpidError} `LMP_HTTP_HEADER_NAME_INVALID` for a name that is not a token.
 * @throws {LimpidError} `LMP_HTTP_HEADER_VALUE_INVALID` for a control character or a code point above U+00FF.
 *
 * @example
 * ```ts
 * import { Headers } from "limpid/http";
 *
 * const headers = new Headers({ "Content-Type": "text/html", Vary: ["Accept", "Cookie"] });
 * headers.append("Set-Cookie", "a=1");
 * headers.append("Set-Cookie", "b=2");
 * console.log(headers.get("content-type")); // text/html
 * console.log(headers.get("vary")); // Accept, Cookie
 * console.log(headers.getSetCookie().length); // 2
 * ```
 */
export class Headers {
  /** Lines that came from a parser, as long as nothing has been written to them; see `fromBlock`. */
  #block = "";
  #offsets: readonly number[] | undefined;
  /** Otherwise: name and value of each line in turn. */
  #written: string[] | undefined;

  constructor(init?: HeadersInit) {
    if (init === undefined) return;
    if (init instanceof Headers) {
      this.#block = init.#block;
      this.#offsets = init.#offsets;
      this.#written = init.#written?.slice();
    } else if (Symbol.iterator in init) {
      for (const [name, value] of init as Iterable<readonly [string, string]>) this.append(name, value);
    } else {
      for (const [name, value] of Object.entries(init)) {
        for (const one of Array.isArray(value) ? value : [value]) this.append(name, one);
      }
    }
  }

  /**
   * Fields over a text that a parser has already checked; nothing is cut out of it before it is asked for.
   * `offsets` holds four numbers a line (name start, name end, value start, value end) and is kept, not copied.
   */
  static fromBlock(text: string, offsets: readonly number[]): Headers {
    const headers = new Headers();
    headers.#block = text;
    headers.#offsets = offsets;
    return headers;
  }

  /** The number of field lines. */
  get size(): number {
    if (this.#offsets !== undefined) return this.#offsets.length / 4;
    return this.#written === undefined ? 0 : this.#written.length / 2;
  }

  /**
   * The value of a field; several lines are joined by `", "` (RFC 9110 §5.3), those of `Cookie` by `"; "`.
   * `null` where there is none. For `Set-Cookie` use `getSetCookie`: its values cannot be joined.
   */
  get(name: string): string | null {
    let index = this.#find(name, 0);
    if (index === -1) return null;
    let joined = this.#value(index);
    while ((index = this.#find(name, index + 1)) !== -1) {
      joined += (isSameName(name, "cookie") ? "; " : ", ") + this.#value(index);
    }
    return joined;
  }

  /** The value of each line of this name, in order. */
  getAll(name: string): string[] {
    const values: string[] = [];
    for (let index = this.#find(name, 0); index !== -1; index = this.#find(name, index + 1)) {
      values.push(this.#value(index));
    }
    return values;
  }

  /** The value of each `Set-Cookie` line, in order. */
  getSetCookie(): string[] {
    return this.getAll("set-cookie");
  }

  has(name: string): boolean {
    return this.#find(name, 0) !== -1;
  }

  /** Replaces every line of this name by one, which stands where the first of them stood. */
  set(name: string, value: string | number): void {
    const text = checkedValue(name, value);
    const index = this.#find(name, 0);
    const written = this.#writable();
    if (index === -1) {
      written.push(name, text);
      return;
    }
    written[index * 2] = name;
    written[index * 2 + 1] = text;
    this.#remove(name, index + 1);
  }

  /** Adds a line, whether or not there is one of this name. */
  append(name: string, value: string | number): void {
    const text = checkedValue(name, value);
    this.#writable().push(name, text);
  }

  /** Removes every line of this name. */
  delete(name: string): void {
    this.#remove(name, 0);
  }

  /** Calls `callback` for each of `entries()`. */
  forEach(callback: (value: string, name: string, headers: Headers) => void): void {
    for (const [name, value] of this.entries()) callback(value, name, this);
  }

  /** The field lines in order, with names as they were written. */
  *lines(): IterableIterator<HeaderEntry> {
    for (let index = 0; index < this.size; index++) yield [this.#name(index), this.#value(index)];
  }

  /**
   * Names in lower case with their values, each name once at its first place; `Set-Cookie` once a line. Like the
   * Fetch standard's, but in the order of the message.
   */
  *entries(): IterableIterator<HeaderEntry> {
    const seen = new Set<string>();
    for (let index = 0; index < this.size; index++) {
      const name = this.#name(index).toLowerCase();
      if (name === "set-cookie") {
        yield [name, this.#value(index)];
      } else if (!seen.has(name)) {
        seen.add(name);
        yield [name, this.get(name)!];
      }
    }
  }

  /** The names of `entries()`. */
  *keys(): IterableIterator<string> {
    for (const [name] of this.entries()) yield name;
  }

  /** The values of `entries()`. */
  *values(): IterableIterator<string> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): IterableIterator<HeaderEntry> {
    return this.entries();
  }

  /** A copy that can be changed without changing this one. */
  clone(): Headers {
    return new Headers(this);
  }

  /**
   * The field lines as they stand in a message, each ended by CRLF, without those that `leaveOut` picks by their name;
   * the empty string where there are none.
   */
  serialize(leaveOut?: (name: string) => boolean): string {
    let text = "";
    const { size } = this;
    for (let index = 0; index < size; index++) {
      const name = this.#name(index);
      if (leaveOut?.(name) !== true) text += `${name}: ${this.#value(index)}\r\n`;
    }
    return text;
  }

  /** `console.log(headers)` shows the lines. */
  [Symbol.for("nodejs.util.inspect.custom")](): HeaderEntry[] {
    return [...this.lines()];
  }

  #name(index: number): string {
    const offsets = this.#offsets;
    if (offsets === undefined) return this.#written![index * 2]!;
    return this.#block.slice(offsets[index * 4], offsets[index * 4 + 1]);
  }

  #value(index: number): string {
    const offsets = this.#offsets;
    if (offsets === undefined) return this.#written![index * 2 + 1]!;
    return this.#block.slice(offsets[index * 4 + 2], offsets[index * 4 + 3]);
  }

  /** The first line of this name from line `from` on, or -1. Names in a block are compared where they stand. */
  #find(name: string, from: number): number {
    const offsets = this.#offsets;
    if (offsets !== undefined) return findInBlock(this.#block, offsets, name, from);
    const written = this.#written;
    if (written === undefined) return -1;
    for (let place = from * 2; place < written.length; place += 2) {
      if (isSameName(written[place]!, name)) return place / 2;
    }
    return -1;
  }

  /** Removes the lines of this name from line `from` on. */
  #remove(name: string, from: number): void {
    for (let index = this.#find(name, from); index !== -1; index = this.#find(name, index)) {
      this.#writable().splice(index * 2, 2);
    }
  }

  /** The lines as an array of this object's own. */
  #writable(): string[] {
    if (this.#offsets !== undefined) {
      this.#written = Array.from(this.lines()).flat();
      this.#offsets = undefined;
      this.#block = "";
    }
    return (this.#written ??= []);
  }
}

function findInBlock(block: string, offsets: readonly number[], name: string, from: number): number {
  for (let place = from * 4; place < offsets.length; place += 4) {
    if (isNameAt(block, offsets[place]!, offsets[place + 1]!, name)) return place / 4;
  }
  return -1;
}

/** Checks a name and a value; gives the value without the whitespace around it, which is not part of it. */
function checkedValue(name: string, value: string | number): string {
  if (typeof name !== "string" || !isToken(name)) {
    throw new LimpidError("LMP_HTTP_HEADER_NAME_INVALID", "A header name is not a token.", {
      expected: "letters, digits and !#$%&'*+-.^_`|~",
      found: JSON.stringify(name),
      fix: 'Write the name alone, without colon or spaces, as in "Cache-Control".',
    });
  }
  const text = String(value);
  if (!isFieldValue(text)) {
    throw new LimpidError(
      "LMP_HTTP_HEADER_VALUE_INVALID",
      `The value of the header ${name} cannot be sent.`,
      {
        expected: "no control characters and no code point above U+00FF",
        found: firstUnsendable(text),
        fix: "Remove line ends, and percent-encode other characters with encodeURIComponent.",
      },
    );
  }
  return trimWhitespace(text);
}

/** Names the first character that cannot be sent; the rest of the value may be a secret. */
function firstUnsendable(text: string): string {
  const index = Array.from(text).findIndex((character) => !isFieldValue(character));
  const code = Array.from(text)[index]!.codePointAt(0)!;
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")} at position ${index}`;
}

/** Without SP and HTAB at both ends. `trim` would take more (U+00A0, U+000B), and a value is then another one. */
function trimWhitespace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhitespace(text.charCodeAt(start))) start++;
  while (end > start && isWhitespace(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}
