/** What goes wrong in a template, with the place in it. */
import { type ErrorCode, type ErrorDetails, LimpidError } from "../errors/index.ts";
import type { Source } from "./source.ts";

/** Codes of this layer. */
export type TemplateErrorCode = Extract<ErrorCode, `LMP_TEMPLATE_${string}`>;

/** Characters of a sentence, or of what was found: a name may be as long as a template. */
const LONGEST = 300;

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/**
 * An error in a template or in rendering it. Its message begins with the place, `posts/show.html:3:5`, and ends with
 * the line and a caret, as soon as the place is known.
 */
export class TemplateError extends LimpidError {
  /** The sentence alone, without place and excerpt. */
  readonly sentence: string;
  /** The name of the template; undefined until the place is known. */
  template: string | undefined;
  /** The file it was read from; undefined where there is none. */
  file: string | undefined;
  /** From 1. */
  line: number | undefined;
  /** From 1, in UTF-16 code units. */
  column: number | undefined;
  /** The line with a caret below, and the lines above it. */
  excerpt: string | undefined;

  constructor(code: TemplateErrorCode, sentence: string, details?: ErrorDetails) {
    super(
      code,
      cut(sentence),
      details?.found === undefined ? details : { ...details, found: cut(details.found) },
    );
    this.sentence = cut(sentence);
  }

  /** Says where it happened; the first place that is told stays. */
  locate(source: Source, at: number): this {
    if (this.template !== undefined) return this;
    const { line, column } = source.position(at);
    this.template = source.name;
    this.file = source.path;
    this.line = line;
    this.column = column;
    this.excerpt = source.excerpt(at);
    // The stack begins with the message as it is when the stack is first read.
    const { message: plain, stack } = this;
    this.message = `${source.name}:${line}:${column}: ${this.sentence}\n\n${this.excerpt}`;
    if (stack !== undefined) this.stack = stack.replace(plain, () => this.message);
    return this;
  }
}
