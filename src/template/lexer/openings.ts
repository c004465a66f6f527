/** Where text ends and a tag begins: the delimiters of a syntax as one pattern that finds the next of them. */
import { checkSyntax, type Syntax } from "./syntax.ts";

export type OpeningKind = "variable" | "block" | "comment" | "line statement" | "line comment";

/** The beginning of a tag, from the blanks that belong to it to the end of its delimiter. */
export interface Opening {
  readonly kind: OpeningKind;
  readonly at: number;
  readonly end: number;
}

interface Rule {
  readonly kind: OpeningKind;
  readonly length: number;
  readonly pattern: string;
}

/** The patterns of a syntax. */
export class Openings {
  readonly #any: RegExp;
  readonly #kinds: readonly OpeningKind[];
  readonly #rawBegin: RegExp;
  readonly #rawEnd: RegExp;

  constructor(syntax: Syntax) {
    checkSyntax(syntax);
    const rules = rulesOf(syntax);
    this.#any = new RegExp(rules.map(({ pattern }) => `(${pattern})`).join("|"), "g");
    this.#kinds = rules.map(({ kind }) => kind);
    const start = `${literally(syntax.blockStart)}([-+]?)\\s*`;
    const end = `\\s*([-+]?)${literally(syntax.blockEnd)}`;
    this.#rawBegin = new RegExp(`${start}raw${end}`, "y");
    this.#rawEnd = new RegExp(`${start}endraw${end}`, "g");
  }

  /** The first opening from an offset on. */
  next(text: string, from: number): Opening | undefined {
    this.#any.lastIndex = from;
    const match = this.#any.exec(text);
    if (match === null) return undefined;
    let group = 1;
    while (match[group] === undefined) group++;
    const kind = this.#kinds[group - 1] ?? "block";
    return { kind, at: match.index, end: this.#any.lastIndex };
  }

  /** The `{% raw %}` that begins at an offset. */
  rawBegin(text: string, at: number): RegExpExecArray | null {
    this.#rawBegin.lastIndex = at;
    return this.#rawBegin.exec(text);
  }

  /** The first `{% endraw %}` from an offset on. */
  rawEnd(text: string, from: number): RegExpExecArray | null {
    this.#rawEnd.lastIndex = from;
    return this.#rawEnd.exec(text);
  }
}

/** JavaScript's own sign for it counts further characters as line ends. */
const lineStart = "(?<![^\\r\\n])";

/** Longer delimiters first, so that one that is the beginning of another does not hide it. */
function rulesOf(syntax: Syntax): Rule[] {
  const rules: Rule[] = [];
  const add = (kind: OpeningKind, delimiter: string | undefined, before: string): void => {
    if (delimiter === undefined) return;
    rules.push({ kind, length: delimiter.length, pattern: before + literally(delimiter) });
  };
  add("variable", syntax.variableStart, "");
  add("line statement", syntax.lineStatementPrefix, `${lineStart}[ \\t\\v]*`);
  add("line comment", syntax.lineCommentPrefix, `(?:${lineStart}|(?<=\\S))[^\\S\\r\\n]*`);
  add("comment", syntax.commentStart, "");
  add("block", syntax.blockStart, "");
  return rules.sort((a, b) => b.length - a.length);
}

/** A pattern for the text itself. */
function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

const known = new WeakMap<Syntax, Openings>();

/** The patterns of a syntax, made once. */
export function openingsOf(syntax: Syntax): Openings {
  let openings = known.get(syntax);
  if (openings === undefined) known.set(syntax, (openings = new Openings(syntax)));
  return openings;
}
