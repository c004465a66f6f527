/** `{{ expression }}` */
import type { Expression, Output } from "../nodes.ts";
import { parseExpressions } from "./expressions.ts";
import type { Parsing } from "./parsing.ts";

export function parseOutput(parsing: Parsing): Output {
  const { at } = parsing.next();
  parsing.tagAt = at;
  const { variableStart, variableEnd } = parsing.syntax;
  if (parsing.is("variable end")) {
    throw parsing.error(
      at,
      `There is nothing to print between \`${variableStart}\` and \`${variableEnd}\`.`,
      {
        expected: "an expression",
        found: `\`${variableEnd}\``,
        fix: "Write the name of a value, or remove the tag.",
      },
    );
  }
  const first = parsing.current;
  if (parsing.isWord("if") || parsing.isWord("else")) throw statementPrinted(parsing, first.value, first.at);
  const expression = parseExpressions(parsing);
  if (!parsing.is("variable end")) {
    if (isTagName(parsing, expression)) throw statementPrinted(parsing, first.value, first.at);
    throw parsing.unexpected(`an operator or \`${variableEnd}\``);
  }
  parsing.next();
  return { type: "Output", at, expression };
}

function isTagName(parsing: Parsing, expression: Expression): boolean {
  if (expression.type !== "Name" || parsing.previous.at !== expression.at) return false;
  return parsing.grammar.statements.has(expression.name) || parsing.tags.has(expression.name);
}

function statementPrinted(parsing: Parsing, name: string, at: number): Error {
  const { variableStart } = parsing.syntax;
  const tag = parsing.tag(name === "else" ? name : `${name} …`);
  return parsing.error(at, `\`${name}\` is a tag; write it as ${tag}.`, {
    found: `\`${variableStart} ${name}\``,
    fix: `Write ${tag}.`,
  });
}
