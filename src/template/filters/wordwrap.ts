/** The filter that breaks a text into lines. */
import { checkLength, TEXT_LIMIT } from "../values/limits.ts";
import { defineFilter } from "./define-filter.ts";
import { lengthOf, textOf } from "./text-of.ts";

interface Wrapping {
  readonly width: number;
  readonly breakWords: boolean;
  readonly breakHyphens: boolean;
}

/**
 * The text in lines of at most `width` characters, joined by `wrapstring`, a line feed. A longer word is broken unless
 * `break_long_words` is false; words may be broken behind their hyphens unless `break_on_hyphens` is.
 */
export const wordwrap = defineFilter(
  "wordwrap(width=79, break_long_words=true, wrapstring=none, break_on_hyphens=true)",
  (value, given) => {
    const wrapping = {
      width: given.integer("width", 79, 1, TEXT_LIMIT),
      breakWords: given.flag("break_long_words", true),
      breakHyphens: given.flag("break_on_hyphens", true),
    };
    const joint = given.text("wrapstring", "\n");
    const text = textOf(value);
    const lines = text.split(/\r\n|\r|\n/);
    // A line end at the end of the text begins no line of its own.
    if (lines.length > 1 && lines.at(-1) === "") lines.pop();
    const wrapped = lines.flatMap((line) => wrap(line, wrapping));
    checkLength(wrapped.length * joint.length);
    return wrapped.join(joint);
  },
);

/** The lines that one line becomes; an empty one stays. */
function wrap(line: string, wrapping: Wrapping): readonly string[] {
  const paragraph = new Paragraph(wrapping);
  for (const chunk of chunksOf(line, wrapping.breakHyphens)) paragraph.add(chunk);
  return paragraph.finish();
}

/** Lines as they fill up with words and the spaces between them. */
class Paragraph {
  readonly #wrapping: Wrapping;
  readonly #lines: string[] = [];
  #current: string[] = [];
  #used = 0;

  constructor(wrapping: Wrapping) {
    this.#wrapping = wrapping;
  }

  add(chunk: string): void {
    const length = lengthOf(chunk);
    const { width, breakWords } = this.#wrapping;
    const space = chunk.trim() === "";
    if (this.#used + length <= width) {
      // Spaces at which a line was broken are gone.
      if (!space || this.#current.length > 0 || this.#lines.length === 0) this.#put(chunk, length);
      return;
    }
    if (space) this.#end();
    else if (length > width && breakWords) this.#spread(Array.from(chunk));
    else {
      this.#end();
      this.#put(chunk, length);
    }
  }

  finish(): readonly string[] {
    this.#end();
    return this.#lines.length === 0 ? [""] : this.#lines;
  }

  #put(piece: string, length: number): void {
    this.#current.push(piece);
    this.#used += length;
  }

  #end(): void {
    if (this.#current.at(-1)?.trim() === "") this.#current.pop();
    if (this.#current.length > 0) this.#lines.push(this.#current.join(""));
    this.#current = [];
    this.#used = 0;
  }

  /** Puts a word that is longer than a line on as many lines as it takes. */
  #spread(characters: readonly string[]): void {
    const { width, breakHyphens } = this.#wrapping;
    let at = 0;
    while (characters.length - at > width - this.#used) {
      const room = width - this.#used;
      const taken = breakHyphens ? hyphenWithin(characters, at, room) : room;
      this.#put(characters.slice(at, at + taken).join(""), taken);
      at += taken;
      this.#end();
    }
    this.#put(characters.slice(at).join(""), characters.length - at);
  }
}

/** How many characters up to the last hyphen that fits, where there is more than hyphens in front of it. */
function hyphenWithin(characters: readonly string[], at: number, room: number): number {
  const hyphen = characters.slice(at, at + room).lastIndexOf("-");
  if (hyphen <= 0) return room;
  return characters.slice(at, at + hyphen).some((character) => character !== "-") ? hyphen + 1 : room;
}

/** A line as words, the spaces between them, and the parts of hyphenated words. */
function chunksOf(line: string, breakHyphens: boolean): string[] {
  const chunks = line.match(/[\t\v\f\r ]+|[^\t\v\f\r ]+/g) ?? [];
  return breakHyphens
    ? chunks.flatMap((chunk) => (chunk.includes("-") ? hyphenated(chunk) : [chunk]))
    : chunks;
}

const letter = /[\p{L}\p{M}_]/u;
const beforeDash = /[\p{L}\p{M}\p{N}_!"'&.,?]/u;
const word = /[\p{L}\p{M}\p{N}_]/u;

/** Parts of a word: a break may come behind a hyphen between letters, and on both sides of a dash of hyphens. */
function hyphenated(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  const cut = (at: number) => {
    if (at > start) parts.push(text.slice(start, at));
    start = at;
  };
  for (let at = text.indexOf("-"); at !== -1; at = text.indexOf("-", at)) {
    let end = at;
    while (text[end] === "-") end++;
    const before = text[at - 1] ?? "";
    const after = text[end] ?? "";
    if (end - at > 1) {
      if (beforeDash.test(before) && word.test(after)) {
        cut(at);
        cut(end);
      }
    } else if (isHyphen(text, at)) cut(end);
    at = end;
  }
  cut(text.length);
  return parts;
}

/** Two letters on both sides, of which another hyphen may separate the outer from the inner one. */
function isHyphen(text: string, at: number): boolean {
  const isLetter = (offset: number) => letter.test(text[offset] ?? "");
  const front = isLetter(at - 1) && (isLetter(at - 2) || (text[at - 2] === "-" && isLetter(at - 3)));
  const second = text[at + 2] === "-" ? at + 3 : at + 2;
  return front && isLetter(at + 1) && isLetter(second);
}
