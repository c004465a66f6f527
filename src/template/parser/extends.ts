/** `{% extends template %}` */
import type { Extends } from "../nodes.ts";
import { requireOperand } from "./operand.ts";
import type { Parsing } from "./parsing.ts";

export function parseExtends(parsing: Parsing, at: number): Extends {
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
