/**
 * Operators, a function for each precedence, from `or`, which binds least, to the signs. As in Jinja, `~` binds closer
 * than `+`, and a sign closer than `**`, which groups from the left.
 */
import type { BinaryOperator, CompareOperator, Comparison, Expression } from "../nodes.ts";
import type { Parsing } from "./parsing.ts";
import { parseFiltersAndTests, parsePostfix } from "./postfix.ts";
import { parsePrimary } from "./primary.ts";

type Level = (parsing: Parsing) => Expression;

export function parseOr(parsing: Parsing): Expression {
  let left = parseAnd(parsing);
  while (parsing.isWord("or")) left = parseBinary(parsing, left, "or", parseAnd);
  return left;
}

function parseAnd(parsing: Parsing): Expression {
  let left = parseNot(parsing);
  while (parsing.isWord("and")) left = parseBinary(parsing, left, "and", parseNot);
  return left;
}

function parseNot(parsing: Parsing): Expression {
  if (!parsing.isWord("not")) return parseCompare(parsing);
  const { at } = parsing.next();
  parsing.enter(at);
  const operand = parseNot(parsing);
  parsing.leave();
  parsing.grow(at);
  return { type: "Unary", at, operator: "not", operand };
}

function parseCompare(parsing: Parsing): Expression {
  const first = parseSum(parsing);
  let comparisons: Comparison[] | undefined;
  let at = 0;
  let height = 0;
  for (;;) {
    const operator = compareOperator(parsing);
    if (operator === undefined) break;
    if (comparisons === undefined) [at, comparisons] = [parsing.current.at, []];
    height = Math.max(height, parsing.height);
    parsing.next();
    if (operator === "not in") parsing.next();
    comparisons.push({ operator, right: parseSum(parsing) });
  }
  if (comparisons === undefined) return first;
  parsing.grow(at, height);
  return { type: "Compare", at, first, comparisons };
}

function compareOperator(parsing: Parsing): CompareOperator | undefined {
  const { type, value } = parsing.current;
  switch (type) {
    case "==":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return type;
    case "name":
      if (value === "in") return "in";
      if (value !== "not") return undefined;
      return parsing.look().type === "name" && parsing.look().value === "in" ? "not in" : undefined;
    default:
      return undefined;
  }
}

function parseSum(parsing: Parsing): Expression {
  let left = parseConcat(parsing);
  for (;;) {
    const { type } = parsing.current;
    if (type !== "+" && type !== "-") return left;
    left = parseBinary(parsing, left, type, parseConcat);
  }
}

function parseConcat(parsing: Parsing): Expression {
  const first = parseProduct(parsing);
  if (!parsing.is("~")) return first;
  const { at } = parsing.current;
  const parts = [first];
  let { height } = parsing;
  while (parsing.take("~")) {
    parts.push(parseProduct(parsing));
    height = Math.max(height, parsing.height);
  }
  parsing.grow(at, height);
  return { type: "Concat", at, parts };
}

function parseProduct(parsing: Parsing): Expression {
  let left = parsePower(parsing);
  for (;;) {
    const { type } = parsing.current;
    if (type !== "*" && type !== "/" && type !== "//" && type !== "%") return left;
    left = parseBinary(parsing, left, type, parsePower);
  }
}

function parsePower(parsing: Parsing): Expression {
  let left = parseUnary(parsing);
  while (parsing.is("**")) left = parseBinary(parsing, left, "**", parseUnary);
  return left;
}

function parseBinary(parsing: Parsing, left: Expression, operator: BinaryOperator, level: Level): Expression {
  const { height } = parsing;
  const { at } = parsing.next();
  const right = level(parsing);
  parsing.grow(at, height);
  return { type: "Binary", at, operator, left, right };
}

/** Filters and tests are for the value with its sign: `-1 | abs` is 1. */
function parseUnary(parsing: Parsing): Expression {
  return parseFiltersAndTests(parsing, parseSigned(parsing));
}

function parseSigned(parsing: Parsing): Expression {
  const { type, at } = parsing.current;
  if (type !== "-" && type !== "+") return parsePostfix(parsing, parsePrimary(parsing));
  parsing.next();
  parsing.enter(at);
  const operand = parseSigned(parsing);
  parsing.leave();
  parsing.grow(at);
  return { type: "Unary", at, operator: type, operand };
}
