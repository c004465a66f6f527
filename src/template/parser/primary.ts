/** What expressions begin with: literals, names, and what stands in brackets. */
import type { Dict, Entry, Expression, List } from "../nodes.ts";
import type { Parsing } from "./parsing.ts";
import { operatorWords, valueWords } from "./reserved-words.ts";
import { parseTuple } from "./tuple.ts";

export function parsePrimary(parsing: Parsing): Expression {
  const { type, value, at } = parsing.current;
  parsing.height = 1;
  switch (type) {
    case "name":
      return parseName(parsing);
    case "string":
      return { type: "Literal", at, value: adjacentStrings(parsing) };
    case "integer":
    case "float":
      parsing.next();
      return { type: "Literal", at, value: Number(value.replaceAll("_", "")) };
    case "(":
      return parseBrackets(parsing);
    case "[":
      return parseList(parsing);
    case "{":
      return parseDict(parsing);
    case ".":
      if (parsing.look().type === "integer") {
        const found = `.${parsing.look().value}`;
        throw parsing.error(at, `\`${found}\` is not a number: a digit is missing before the dot.`, {
          found,
          fix: `Write \`0${found}\`.`,
        });
      }
      break;
  }
  throw parsing.unexpected("an expression");
}

function parseName(parsing: Parsing): Expression {
  const { value, at } = parsing.current;
  const literal = valueWords.get(value);
  if (literal !== undefined) {
    parsing.next();
    return { type: "Literal", at, value: literal };
  }
  if (operatorWords.has(value)) {
    throw parsing.unexpected("an expression", `\`${value}\` is a word of the language and cannot be a name.`);
  }
  parsing.next();
  return { type: "Name", at, name: value };
}

/** `"a" "b"` is `"ab"`. */
function adjacentStrings(parsing: Parsing): string {
  let value = parsing.next().value;
  while (parsing.is("string")) value += parsing.next().value;
  return value;
}

/** `(a)` is `a`; `()`, `(a,)` and `(a, b)` are tuples. */
function parseBrackets(parsing: Parsing): Expression {
  const { at } = parsing.next();
  const expression = parseTuple(parsing, { at, item: () => parsing.expression(), empty: true });
  parsing.expect(")", "`,` or `)`");
  return expression;
}

function parseList(parsing: Parsing): List {
  const { at } = parsing.next();
  const items: Expression[] = [];
  let height = 0;
  while (!parsing.is("]")) {
    if (items.length > 0) parsing.expect(",", "`,` or `]`");
    if (parsing.is("]")) break;
    items.push(parsing.expression());
    height = Math.max(height, parsing.height);
  }
  parsing.next();
  parsing.grow(at, height);
  return { type: "List", at, items, tuple: false };
}

function parseDict(parsing: Parsing): Dict {
  const { at } = parsing.next();
  const entries: Entry[] = [];
  let height = 0;
  while (!parsing.is("}")) {
    if (entries.length > 0) parsing.expect(",", "`,` or `}`");
    if (parsing.is("}")) break;
    const key = parsing.expression();
    height = Math.max(height, parsing.height);
    if (!parsing.is(":")) throw missingColon(parsing, at, key);
    parsing.next();
    entries.push({ key, value: parsing.expression() });
    height = Math.max(height, parsing.height);
  }
  parsing.next();
  parsing.grow(at, height);
  return { type: "Dict", at, entries };
}

function missingColon(parsing: Parsing, at: number, key: Expression): Error {
  const { variableStart, variableEnd } = parsing.syntax;
  const { text } = parsing.source;
  for (const begin of [at, at - 1]) {
    if (begin > parsing.tagAt + 1 && variableStart.length > 1 && text.startsWith(variableStart, begin)) {
      return parsing.error(begin, `\`${variableStart}\` cannot stand inside a tag.`, {
        found: `\`${variableStart}\``,
        fix: `Write the name alone, without \`${variableStart}\` and \`${variableEnd}\`.`,
      });
    }
  }
  const shorthand = key.type === "Name" && (parsing.is(",") || parsing.is("}"));
  return parsing.unexpected("`:`", shorthand ? `Write \`"${key.name}": ${key.name}\`.` : undefined);
}
