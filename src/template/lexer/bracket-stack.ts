/** The brackets that are open inside a tag: as long as there are any, what looks like the tag's end is not its end. */
import type { Source } from "../source.ts";
import type { TemplateError } from "../template-error.ts";
import type { Syntax } from "./syntax.ts";
import { syntaxError } from "./syntax-error.ts";
import type { Operator } from "./token.ts";

const closers: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);

interface Bracket {
  readonly spelled: string;
  readonly at: number;
}

export class BracketStack {
  readonly #source: Source;
  readonly #syntax: Syntax;
  readonly #open: Bracket[] = [];

  constructor(source: Source, syntax: Syntax) {
    this.#source = source;
    this.#syntax = syntax;
  }

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  reset(): void {
    this.#open.length = 0;
  }

  /** Takes note of an operator of the tag that began at `tag`; throws where a bracket closes what is not open. */
  follow(operator: Operator, at: number, tag: number, variable: boolean): void {
    if (closers.has(operator)) {
      this.#open.push({ spelled: operator, at });
      return;
    }
    if (operator !== ")" && operator !== "]" && operator !== "}") return;
    const opened = this.#open.pop();
    if (opened !== undefined && closers.get(opened.spelled) === operator) return;
    throw opened === undefined
      ? this.#closesNothing(operator, at, tag, variable)
      : this.#mismatch(opened, operator, at);
  }

  /** The error about a bracket that is open at the end of the template. */
  unclosed(tag: number): TemplateError | undefined {
    const opened = this.#open[0];
    if (opened === undefined) return undefined;
    const closer = closers.get(opened.spelled) ?? "";
    const { line } = this.#source.position(tag);
    const sentence = `\`${opened.spelled}\` is never closed in the tag that begins on line ${line}; expected \`${closer}\`.`;
    return syntaxError(this.#source, opened.at, sentence, {
      expected: `\`${closer}\``,
      found: "the end of the template",
      fix: `Write \`${closer}\` where the bracket ends.`,
    });
  }

  #mismatch(opened: Bracket, operator: string, at: number): TemplateError {
    const closer = closers.get(opened.spelled) ?? "";
    const over = this.#delimiterOver(at);
    const found = over?.spelled ?? operator;
    const { line, column } = this.#source.position(over?.at ?? at);
    const here = this.#source.position(opened.at).line === line ? `in column ${column}` : `on line ${line}`;
    const sentence = `\`${opened.spelled}\` is not closed before \`${found}\` ${here}; expected \`${closer}\`.`;
    return syntaxError(this.#source, opened.at, sentence, {
      expected: `\`${closer}\``,
      found: `\`${found}\``,
      fix: `Write \`${closer}\` before \`${found}\`.`,
    });
  }

  #closesNothing(operator: string, at: number, tag: number, variable: boolean): TemplateError {
    const { blockStart, blockEnd, variableStart, variableEnd } = this.#syntax;
    const start = variable ? variableStart : blockStart;
    const end = variable ? variableEnd : blockEnd;
    const over = this.#delimiterOver(at);
    const other = over === undefined || over.spelled === end ? undefined : over;
    if (other === undefined && !end.endsWith(operator)) {
      return syntaxError(this.#source, at, `\`${operator}\` closes nothing: no bracket is open.`, {
        expected: `\`${end}\``,
        found: `\`${operator}\``,
        fix: `Remove \`${operator}\`, or open the bracket before.`,
      });
    }
    const found = other?.spelled ?? operator;
    const { line } = this.#source.position(tag);
    const sentence = `\`${found}\` does not close \`${start}\` on line ${line}; expected \`${end}\`.`;
    return syntaxError(this.#source, other?.at ?? at, sentence, {
      expected: `\`${end}\``,
      found: `\`${found}\``,
      fix:
        other === undefined
          ? `Write \`${end}\`; each \`{\` before it needs a \`}\` of its own.`
          : `Write \`${end}\`.`,
    });
  }

  /** The closing delimiter that the bracket at `at` is part of. */
  #delimiterOver(at: number): Bracket | undefined {
    for (const spelled of [this.#syntax.blockEnd, this.#syntax.variableEnd]) {
      for (let begin = at; begin > at - spelled.length; begin--) {
        if (this.#source.text.startsWith(spelled, begin)) return { spelled, at: begin };
      }
    }
    return undefined;
  }
}
