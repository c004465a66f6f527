/** `{% with a = 1 %}…{% endwith %}` */
import type { With } from "../../nodes.ts";
import { type Body, nested, write } from "../body.ts";
import { compileExpression, compileStatements } from "../parts.ts";
import { addTarget, storedNames } from "../stored-names.ts";
import { bindTarget } from "../targets.ts";

export function compileWith(node: With, body: Body): void {
  const values = node.bindings.map(({ value }) => {
    const variable = body.scope.names.temporary();
    write(body, `${variable} = ${compileExpression(value, body)};`, value);
    return variable;
  });
  write(body, "{", node);
  const inner = nested(body);
  const bound = new Set<string>();
  for (const { target } of node.bindings) addTarget(target, bound);
  for (const name of bound) write(inner, `let ${inner.scope.declare(name)};`, node);
  for (const [index, { target }] of node.bindings.entries()) {
    bindTarget(target, values[index] ?? "undefined", inner, (name) => inner.scope.read(name));
  }
  for (const name of storedNames(node.body)) {
    if (bound.has(name)) continue;
    const before = body.scope.read(name);
    write(inner, `let ${inner.scope.declare(name)} = ${before};`, node);
  }
  compileStatements(node.body, inner);
  write(body, "}", node);
}
