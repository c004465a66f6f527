/** What the translations of several kinds of expressions share: lists, objects in front of a dot, offsets of names. */
import type * as node from "../nodes.ts";
import type { Scope } from "./scope.ts";
import type { Translation } from "./translation.ts";

/** Expressions with commas between. */
export function writeList(expressions: readonly node.Expression[], scope: Scope, to: Translation): void {
  expressions.forEach((expression, index) => {
    if (index > 0) to.writer.write(", ");
    to.expression(expression, scope);
  });
}

/** An object in front of a dot or bracket. */
export function writeObject(object: node.Expression, scope: Scope, to: Translation): void {
  const literal = object.type === "Literal";
  if (literal) to.writer.write("(");
  to.expression(object, scope);
  if (literal) to.writer.write(")");
}

/** The offset of a name that stands at `at`, or behind a dot, a bar or `is` there. */
export function offsetOfName(text: string, at: number, name: string): number {
  const lead = /[\s.|]*(?:is\s+(?:not\s+)?)?/y;
  lead.lastIndex = at;
  lead.exec(text);
  if (text.startsWith(name, lead.lastIndex)) return lead.lastIndex;
  return at;
}
