/** What stands behind a value: `.name`, `[key]`, `(arguments)`, `| filter` and `is test`. */
import type { Arguments, Expression, Test, Unary } from "../nodes.ts";
import { noArguments, parseArguments } from "./arguments.ts";
import type { Parsing } from "./parsing.ts";
import { parsePrimary } from "./primary.ts";
import { operatorWords } from "./reserved-words.ts";
import { parseSubscript } from "./subscript.ts";

/** Attributes, items and calls. */
export function parsePostfix(parsing: Parsing, value: Expression): Expression {
  let node = value;
  for (;;) {
    switch (parsing.current.type) {
      case ".":
        node = parseAttribute(parsing, node);
        break;
      case "[":
        node = parseSubscript(parsing, node);
        break;
      case "(":
        node = parseCall(parsing, node);
        break;
      default:
        return node;
    }
  }
}

/** Filters and tests, and calls of what they give. */
export function parseFiltersAndTests(parsing: Parsing, value: Expression): Expression {
  let node = value;
  for (;;) {
    const { type } = parsing.current;
    if (type === "|") {
      parsing.next();
      node = parseFilter(parsing, node);
    } else if (type === "name" && parsing.current.value === "is") node = parseTest(parsing, node);
    else if (type === "(") node = parseCall(parsing, node);
    else return node;
  }
}

function parseAttribute(parsing: Parsing, object: Expression): Expression {
  parsing.next();
  const { type, value, at } = parsing.current;
  if (type !== "name" && type !== "integer") {
    throw parsing.unexpected("a name or an index behind `.`", "Write `a.name`, `a.0` or `a[key]`.");
  }
  parsing.next();
  parsing.grow(at);
  if (type === "name") return { type: "Attribute", at, object, name: value };
  const key = { type: "Literal", at, value: Number(value.replaceAll("_", "")) } as const;
  return { type: "Item", at, object, key };
}

function parseCall(parsing: Parsing, callee: Expression): Expression {
  const { height } = parsing;
  const args = parseArguments(parsing);
  parsing.grow(callee.at, height);
  return { type: "Call", at: callee.at, callee, arguments: args };
}

/** The filter whose name is the current token. */
export function parseFilter(parsing: Parsing, input: Expression): Expression {
  const { height } = parsing;
  const { at } = parsing.current;
  const name = parseDottedName(parsing, "the name of a filter");
  const args = parsing.is("(") ? parseArguments(parsing) : noArguments;
  parsing.grow(at, height);
  return { type: "Filter", at, input, name, arguments: args };
}

function parseTest(parsing: Parsing, input: Expression): Test | Unary {
  const { height } = parsing;
  const word = parsing.next();
  const negated = parsing.takeWord("not");
  const { at } = parsing.current;
  const name = parseDottedName(parsing, "the name of a test");
  const args = parseTestArguments(parsing);
  parsing.grow(at, height);
  const test: Test = { type: "Test", at, input, name, arguments: args };
  if (!negated) return test;
  parsing.grow(at);
  return { type: "Unary", at: word.at, operator: "not", operand: test };
}

/** In brackets, or one value without them as in `is divisibleby 3`. */
function parseTestArguments(parsing: Parsing): Arguments {
  const { type, value, at } = parsing.current;
  switch (type) {
    case "(":
      return parseArguments(parsing);
    case "name":
      if (value === "is") {
        throw parsing.error(at, "Tests cannot be chained.", {
          found: "`is` behind a test",
          fix: "Write `a is first and a is second`.",
        });
      }
      if (operatorWords.has(value)) return noArguments;
      break;
    case "string":
    case "integer":
    case "float":
    case "[":
    case "{":
      break;
    default:
      return noArguments;
  }
  const argument = parsePostfix(parsing, parsePrimary(parsing));
  return { ...noArguments, positional: [argument] };
}

/** Extensions may give filters and tests names with dots. */
function parseDottedName(parsing: Parsing, expected: string): string {
  let name = parsing.expect("name", expected).value;
  while (parsing.take(".")) name += `.${parsing.expect("name", expected).value}`;
  return name;
}
