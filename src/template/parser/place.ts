/** The place in a template that cannot be read. */
import type { Syntax } from "../lexer/syntax.ts";
import type { Token } from "../lexer/token.ts";
import type { Source } from "../source.ts";

/** What the errors need to know of the state of parsing. */
export interface Place {
  readonly source: Source;
  readonly syntax: Syntax;
  readonly current: Token;
  readonly previous: Token;
  /** Where the tag begins that is being parsed. */
  readonly tagAt: number;
}
