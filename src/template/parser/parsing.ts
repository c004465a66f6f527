/**
 * The state of parsing one template: the token at hand, the tags that are open and the limits on nesting. The grammar
 * is handed in, so that statements can contain statements, and expressions expressions, without a circle of imports.
 */
import type { ErrorDetails } from "../../errors/index.ts";
import type { Syntax } from "../lexer/syntax.ts";
import { syntaxError } from "../lexer/syntax-error.ts";
import type { Token, TokenType } from "../lexer/token.ts";
import { Lexer } from "../lexer.ts";
import type { Block, Expression, Extends, Node, Props } from "../nodes.ts";
import type { Source } from "../source.ts";
import type { TemplateError } from "../template-error.ts";
import { unexpected } from "./unexpected.ts";

export interface ParseOptions {
  readonly syntax: Syntax;
  /** The tags of extensions, and whether they have a body up to `end…`. */
  readonly tags: ReadonlyMap<string, { readonly body: boolean }>;
}

/** Parses what stands behind the name of a tag. `at` is where the tag begins. */
export type StatementParser = (parsing: Parsing, at: number) => Node | readonly Node[];

export interface Grammar {
  readonly statements: ReadonlyMap<string, StatementParser>;
  expression(parsing: Parsing): Expression;
}

/** A tag whose body is being parsed. */
export interface OpenTag {
  readonly name: string;
  readonly at: number;
}

/** How deep tags, brackets and the trees of expressions may nest. */
export const nestingLimit = 200;

export class Parsing {
  readonly source: Source;
  readonly syntax: Syntax;
  readonly tags: ParseOptions["tags"];
  readonly grammar: Grammar;
  /** The token that is looked at. */
  current: Token;
  /** The token before it. */
  previous: Token;
  /** Tags whose bodies are being parsed, the innermost last. */
  readonly open: OpenTag[] = [];
  /** Tags whose bodies were parsed: the last of each name, and where it ended. */
  readonly closed = new Map<string, { readonly at: number; readonly end: number }>();
  /** Where the tag begins that is being parsed. */
  tagAt = 0;
  /** Loops around the current place that `break` can leave. */
  loops = 0;
  /** The height of the expression that was parsed last. */
  height = 0;
  props: Props | undefined;
  extends: Extends | undefined;
  readonly blocks = new Map<string, Block["at"]>();
  readonly #lexer: Lexer;
  #next: Token | undefined;
  #depth = 0;

  constructor(source: Source, options: ParseOptions, grammar: Grammar) {
    this.source = source;
    this.syntax = options.syntax;
    this.tags = options.tags;
    this.grammar = grammar;
    this.#lexer = new Lexer(source, options.syntax);
    this.current = this.#lexer.next();
    this.previous = this.current;
  }

  /** Gives the current token and goes on to the one behind it. */
  next(): Token {
    const token = this.current;
    this.previous = token;
    this.current = this.#next ?? this.#lexer.next();
    this.#next = undefined;
    return token;
  }

  /** The token behind the current one. */
  look(): Token {
    return (this.#next ??= this.#lexer.next());
  }

  is(type: TokenType): boolean {
    return this.current.type === type;
  }

  isWord(word: string): boolean {
    return this.current.type === "name" && this.current.value === word;
  }

  /** Steps over a token if it is there. */
  take(type: TokenType): boolean {
    if (this.current.type !== type) return false;
    this.next();
    return true;
  }

  takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.next();
    return true;
  }

  /** Takes a token that must be there; `expected` says what it is, as `` `,` or `)` ``. */
  expect(type: TokenType, expected: string, fix?: string): Token {
    if (this.current.type !== type) throw this.unexpected(expected, fix);
    return this.next();
  }

  expectTagEnd(fix?: string): void {
    if (this.take("block end")) return;
    throw this.unexpected(this.tagEnd, fix);
  }

  expression(): Expression {
    this.enter(this.current.at);
    const expression = this.grammar.expression(this);
    this.leave();
    return expression;
  }

  /** Counts a bracket, or an operator that is parsed by recursion. */
  enter(at: number): void {
    if (++this.#depth > nestingLimit) throw this.tooDeep(at, "expression");
  }

  leave(): void {
    this.#depth--;
  }

  /** Notes that a node was put over the last expression, and over another one of the given height. */
  grow(at: number, other = 0): void {
    this.height = Math.max(this.height, other) + 1;
    if (this.height > nestingLimit) throw this.tooDeep(at, "expression");
  }

  tooDeep(at: number, what: string): TemplateError {
    return this.error(at, `The ${what} is nested too deeply.`, {
      expected: `at most ${nestingLimit} levels`,
      fix:
        what === "tag"
          ? "Move the inner tags to a macro or an included template."
          : "Bind parts of it to names with `set`.",
    });
  }

  error(at: number, sentence: string, details: ErrorDetails = {}): TemplateError {
    return syntaxError(this.source, at, sentence, details);
  }

  /** The error about the current token where something else is needed. */
  unexpected(expected: string, fix?: string): TemplateError {
    return unexpected(this, expected, fix);
  }

  /** What ends the tag that is being parsed: a delimiter, or the line. */
  get tagEnd(): string {
    const line = !this.source.text.startsWith(this.syntax.blockStart, this.tagAt);
    return line ? "the end of the line" : `\`${this.syntax.blockEnd}\``;
  }

  /** `{% if %}`, spelled in the template's delimiters. */
  tag(inside: string): string {
    return `\`${this.syntax.blockStart} ${inside} ${this.syntax.blockEnd}\``;
  }

  lineOf(at: number): number {
    return this.source.position(at).line;
  }
}
