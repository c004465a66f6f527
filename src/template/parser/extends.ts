/** `{% extends template %}` */
import type { Extends } from "../nodes.ts";
import { requireOperand } from "./operand.ts";
import type { Parsing } from "./parsing.ts";

/** Tags in which a template may decide what it extends; in others there is no telling whether it does. */
const deciding: ReadonlySet<string> = new Set(["if", "autoescape"]);

export function parseExtends(parsing: Parsing, at: number): Extends {
  requireReachable(parsing, at);
  requireOperand(parsing, "the name of the parent template", 'Write `extends "layout.html"`.');
  const template = parsing.expression();
  parsing.expectTagEnd();
  // In a branch, only one of several may come to be used; side by side in one body, both would be.
  if (parsing.open.length === 0) {
    if (parsing.extends !== undefined) {
      const line = parsing.lineOf(parsing.extends.at);
      throw parsing.error(at, `The template extends another one already, on line ${line}.`, {
        expected: "one `extends`",
        found: "a second",
        fix: "Remove one of the two.",
      });
    }
  }
  const node: Extends = { type: "Extends", at, template };
  if (parsing.open.length === 0) parsing.extends = node;
  return node;
}

function requireReachable(parsing: Parsing, at: number): void {
  const around = parsing.open.findLast(({ name }) => !deciding.has(name));
  if (around === undefined) return;
  const line = parsing.lineOf(around.at);
  throw parsing.error(
    at,
    `\`extends\` stands inside of \`${around.name}\`, which was opened on line ${line}.`,
    {
      expected: "`extends` at the top level of the template, or in an `if` there",
      found: `\`extends\` in \`${around.name}\``,
      fix: "Put it on the first line of the template.",
    },
  );
}
