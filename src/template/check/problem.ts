/** What `limpid check` found wrong, as data and as the lines a person reads. */
import type { Code } from "../../errors/index.ts";
import type { Source } from "../source.ts";
import { TemplateError } from "../template-error.ts";

/** One error in a template. */
export interface Problem {
  /** How templates name it: `posts/show.html`. */
  readonly template: string;
  /** The file it was read from. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** A code of Limpid, or TypeScript's own, `TS2339`. */
  readonly code: Code;
  /** The sentence alone. */
  readonly message: string;
  readonly fix: string | undefined;
  /** The line with a caret below, and the lines above it. */
  readonly excerpt: string;
}

/** What is said about a place. */
export interface Finding {
  readonly code: Code;
  readonly message: string;
  readonly fix?: string | undefined;
}

export function problemAt(source: Source, at: number, { code, message, fix }: Finding): Problem {
  const { line, column } = source.position(at);
  const file = source.path ?? source.name;
  return { template: source.name, file, line, column, code, message, fix, excerpt: source.excerpt(at) };
}

/** What a part of the template layer threw, as a problem; anything that is no error in a template is thrown on. */
export function problemOf(error: unknown, source: Source): Problem {
  if (!(error instanceof TemplateError)) throw error;
  const { code, sentence, fix, line, column, excerpt } = error.locate(source, 0);
  return {
    template: source.name,
    file: source.path ?? source.name,
    line: line ?? 1,
    column: column ?? 1,
    code,
    message: sentence,
    fix,
    excerpt: excerpt ?? source.excerpt(0),
  };
}

/** By place, each once: `a < b < c` is two comparisons, and `b` would be told twice. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const once = new Map(
    problems.map((problem) => [
      JSON.stringify([problem.file, problem.line, problem.column, problem.message]),
      problem,
    ]),
  );
  return [...once.values()].sort(
    (a, b) =>
      compareText(a.template, b.template) ||
      a.line - b.line ||
      a.column - b.column ||
      compareText(a.code, b.code),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
