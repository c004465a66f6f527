/** `{% with a = 1 %}…{% endwith %}` */
import { addTarget, storedNames } from "../../compiler/stored-names.ts";
import type { With } from "../../nodes.ts";
import { assign, type Body, nested, read, type Signal } from "../body.ts";
import { evaluate, runStatements } from "../parts.ts";
import { bindTarget } from "../targets.ts";

export function runWith({ bindings, body: statements }: With, body: Body): Signal {
  const values = bindings.map(({ value }) => evaluate(value, body));
  const inner = nested(body);
  const bound = new Set<string>();
  for (const { target } of bindings) addTarget(target, bound);
  for (const name of bound) inner.scope.declare(name, undefined);
  for (const [index, { target }] of bindings.entries()) {
    bindTarget(target, values[index], inner, (name, value) => assign(inner, name, value));
  }
  for (const name of storedNames(statements))
    if (!bound.has(name)) inner.scope.declare(name, read(body, name));
  return runStatements(statements, inner);
}
