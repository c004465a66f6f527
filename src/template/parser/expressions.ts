/** Expressions as a whole: the inline `if` over everything that binds closer, and tuples without brackets. */
import type { Conditional, Expression } from "../nodes.ts";
import { parseOr } from "./operators.ts";
import type { Parsing } from "./parsing.ts";
import { parseTuple } from "./tuple.ts";

/** `then if test else otherwise`, or anything that binds closer. */
export function parseExpression(parsing: Parsing): Expression {
  let node = parseOr(parsing);
  while (parsing.isWord("if")) node = parseConditional(parsing, node);
  return node;
}

function parseConditional(parsing: Parsing, then: Expression): Conditional {
  let { height } = parsing;
  const { at } = parsing.next();
  const test = parseOr(parsing);
  height = Math.max(height, parsing.height);
  const otherwise = parsing.takeWord("else") ? parsing.expression() : undefined;
  parsing.grow(at, height);
  return { type: "Conditional", at, test, then, otherwise };
}

/** An expression, or several with commas between them: what `{{ }}`, `set` and `do` take. */
export function parseExpressions(parsing: Parsing): Expression {
  return parseTuple(parsing, { at: parsing.current.at, item: () => parsing.expression() });
}

/** The same without inline `if`: what `if` takes, and `for`, where `if` begins the condition. */
export function parseWithoutConditional(parsing: Parsing, end?: string): Expression {
  const rules = { at: parsing.current.at, item: () => parseOr(parsing) };
  return parseTuple(parsing, end === undefined ? rules : { ...rules, end });
}
