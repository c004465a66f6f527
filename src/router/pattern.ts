/** Reads a route pattern such as `/users/:id(\d+)/:tab?` into segments, and refuses what cannot be meant. */
import { LimpidError } from "../errors/index.ts";
import { Constraint } from "./constraint.ts";

/** Text that stands in the path as it is. */
export interface LiteralPart {
  kind: "literal";
  text: string;
}

/** A named value: at least one character, none of them a slash. */
export interface ParameterPart {
  kind: "parameter";
  name: string;
  constraint: Constraint | undefined;
}

/** `*` or `*name`: one whole segment, or at the end of a pattern whatever follows. */
export interface WildcardPart {
  kind: "wildcard";
  name: string;
  /** Whether it stands at the end of the pattern and takes all that is left of the path, which may be nothing. */
  rest: boolean;
}

/** A piece of a segment. */
export type Part = LiteralPart | ParameterPart | WildcardPart;

/** What stands between two slashes; without parts it is the emptiness behind a trailing slash. */
export interface Segment {
  parts: readonly Part[];
  optional: boolean;
}

/** The segments of a pattern. @throws LimpidError `LMP_ROUTER_PATTERN_INVALID`, `LMP_ROUTER_CONSTRAINT_UNSAFE` */
export function parsePattern(pattern: string): Segment[] {
  if (!pattern.startsWith("/")) {
    throw invalid(pattern, 'a slash at the beginning, as in "/users"', "none", `Write "/${pattern}".`);
  }
  const texts = pattern.slice(1).split("/");
  const segments = texts.map((text, index) => {
    if (text === "" && index < texts.length - 1) {
      throw invalid(pattern, "something between two slashes", "//", "Remove one of the slashes.");
    }
    return new SegmentReader(text, pattern, index === texts.length - 1).read();
  });
  requireDistinctNames(pattern, segments);
  return segments;
}

/** The error for a pattern that cannot be meant. */
export function invalid(pattern: string, expected: string, found: string, fix: string): LimpidError {
  const message = `The route pattern "${pattern}" is not valid.`;
  return new LimpidError("LMP_ROUTER_PATTERN_INVALID", message, { expected, found, fix });
}

/** The names of the parameters and wildcards in these segments, in order. */
export function parameterNames(segments: readonly Segment[]): string[] {
  return segments.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === "literal" ? [] : [part.name])),
  );
}

function requireDistinctNames(pattern: string, segments: readonly Segment[]): void {
  const names = parameterNames(segments);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  const fix = twice === "*" ? "Name them, as in /a/*first/b/*rest." : "Give one of them another name.";
  throw invalid(pattern, "every parameter with a name of its own", `"${twice}" twice`, fix);
}

class SegmentReader {
  readonly #text: string;
  readonly #pattern: string;
  readonly #last: boolean;
  readonly #parts: Part[] = [];
  #literal = "";
  #index = 0;

  constructor(text: string, pattern: string, last: boolean) {
    this.#text = text;
    this.#pattern = pattern;
    this.#last = last;
  }

  read(): Segment {
    if (this.#text.startsWith("*")) return { parts: [this.#wildcard()], optional: false };
    let optional = false;
    while (this.#index < this.#text.length) {
      const character = this.#text[this.#index++]!;
      if (character === ":") this.#parameter();
      else if (character === "?") optional = this.#optional();
      else this.#literal += character === "\\" ? this.#escaped() : this.#plain(character);
    }
    this.#endLiteral();
    return { parts: this.#parts, optional };
  }

  #wildcard(): Part {
    const name = this.#text.slice(1);
    if (name !== "" && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      throw this.#invalid("* or *name as a whole segment", `"${this.#text}"`, 'Write "*" or "*path".');
    }
    return { kind: "wildcard", name: name === "" ? "*" : this.#allowed(name), rest: this.#last };
  }

  #parameter(): void {
    this.#endLiteral();
    const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(this.#text.slice(this.#index))?.[0];
    if (name === undefined) {
      const found = `"${this.#text.slice(this.#index - 1)}"`;
      throw this.#invalid(
        "a name behind the colon",
        found,
        'Write ":id", or "\\:" for the character itself.',
      );
    }
    if (this.#parts.at(-1)?.kind === "parameter") {
      const fix = "Put a character between them that ends the first.";
      throw this.#invalid("text between two parameters of one segment", `:${name} at once`, fix);
    }
    this.#index += name.length;
    this.#parts.push({ kind: "parameter", name: this.#allowed(name), constraint: this.#constraint() });
  }

  #constraint(): Constraint | undefined {
    if (this.#text[this.#index] !== "(") return undefined;
    const end = this.#text.indexOf(")", this.#index);
    if (end === -1) {
      const found = `"${this.#text.slice(this.#index)}"`;
      throw this.#invalid(
        "a constraint closed by ) within its segment",
        found,
        'Write it as in ":id(\\d+)".',
      );
    }
    const source = this.#text.slice(this.#index + 1, end);
    this.#index = end + 1;
    return new Constraint(source, this.#pattern);
  }

  #optional(): true {
    const [first, second] = this.#parts;
    const whole = first?.kind === "parameter" && second === undefined && this.#literal === "";
    if (whole && this.#index === this.#text.length) return true;
    const fix = 'Write "/:name?", or add a second route. A query is not part of a pattern.';
    throw this.#invalid("? only behind a parameter that is a whole segment", `"${this.#text}"`, fix);
  }

  #escaped(): string {
    const character = this.#text[this.#index++];
    if (character !== undefined && ":*?()".includes(character)) return character;
    const fix = "Remove it: no path has a backslash.";
    throw this.#invalid("one of : * ? ( ) behind a backslash", `"${this.#text}"`, fix);
  }

  #plain(character: string): string {
    if (character === "*") {
      throw this.#invalid(
        "* as a whole segment",
        `"${this.#text}"`,
        'Write "/*", or "\\*" for the character.',
      );
    }
    if (character === "(" || character === ")") {
      throw this.#invalid("parentheses only behind a parameter", `"${this.#text}"`, 'Escape it as "\\(".');
    }
    return character;
  }

  /** Refuses text that no canonical path can have, since such a route would never be reached. */
  #endLiteral(): void {
    const text = this.#literal;
    if (text === "") return;
    if (/%[0-9A-Fa-f]{2}/.test(text)) {
      throw this.#invalid("decoded text", `"${text}"`, "Write the characters themselves, as in /café.");
    }
    if (/[\u0000-\u001f\u007f-\u009f]/.test(text) || !text.isWellFormed()) {
      throw this.#invalid(
        "well-formed text without control characters",
        JSON.stringify(text),
        "Remove them.",
      );
    }
    if (text === this.#text && (text === "." || text === "..")) {
      throw this.#invalid("no . or .. as a segment", `"${text}"`, "Write the path that is meant.");
    }
    this.#parts.push({ kind: "literal", text });
    this.#literal = "";
  }

  #allowed(name: string): string {
    if (name !== "__proto__") return name;
    throw this.#invalid("a name that an object can safely have", "__proto__", "Choose another name.");
  }

  #invalid(expected: string, found: string, fix: string): LimpidError {
    return invalid(this.#pattern, expected, found, fix);
  }
}
