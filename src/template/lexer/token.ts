/** The tokens that the lexer makes of a template. */

/** Operators and brackets; the type of such a token is its spelling. */
export type Operator =
  | "+"
  | "-"
  | "*"
  | "**"
  | "/"
  | "//"
  | "%"
  | "~"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "="
  | "."
  | ","
  | ":"
  | "|"
  | ";"
  | "("
  | ")"
  | "["
  | "]"
  | "{"
  | "}";

export type TokenType =
  | Operator
  | "text"
  | "props"
  | "variable begin"
  | "variable end"
  | "block begin"
  | "block end"
  | "name"
  | "string"
  | "integer"
  | "float"
  | "end";

/** A piece of a template. */
export interface Token {
  readonly type: TokenType;
  /** Text with whitespace control applied, a string with its escapes resolved, otherwise as written. */
  readonly value: string;
  /** Where it begins in the source. */
  readonly at: number;
  /** Where it ends in the source. */
  readonly end: number;
}
