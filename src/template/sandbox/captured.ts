/** What the body of a `set`, `filter` or extension block writes, as a value. */

import { storedNames } from "../compiler/stored-names.ts";
import { textContext } from "../escaper.ts";
import type { AssignBlock, Expression, FilterBlock, Tag } from "../nodes.ts";
import { captured } from "../runtime/pieces.ts";
import { type Body, innerRole, nested, read, type Signal } from "./body.ts";
import { evaluate, runStatements } from "./parts.ts";

/** The value of a block, or the `break` or `continue` that ended it. */
export interface Captured {
  readonly value: unknown;
  readonly signal: Signal;
}

/** Runs the body; its markup is passed through the filters of `value`. */
export function runCaptured(node: AssignBlock | FilterBlock | Tag, value: Expression, body: Body): Captured {
  const { program, rt } = body.running;
  const own = program.units.get(node);
  const out = { text: "" };
  const inner = nested(body, {
    out,
    silent: false,
    role: innerRole(body),
    // A unit of its own stands in element text, whatever the place of what is around it.
    ...(own === undefined ? {} : { unit: own, table: own.table(textContext) }),
  });
  for (const name of storedNames(node.body ?? [])) inner.scope.declare(name, read(body, name));
  const signal = runStatements(node.body ?? [], inner);
  if (signal !== undefined) return { value: undefined, signal };
  const text = captured(out.text, body.escaping, rt);
  return { value: evaluate(value, { ...body, captured: text }), signal: undefined };
}
