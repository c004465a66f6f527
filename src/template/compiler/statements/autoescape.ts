/** `{% autoescape false %}…{% endautoescape %}` */
import type { Autoescape } from "../../nodes.ts";
import { type Body, type Escaping, nested, write } from "../body.ts";
import { compileCondition, compileStatements } from "../parts.ts";
import { storedNames } from "../stored-names.ts";

export function compileAutoescape(node: Autoescape, body: Body): void {
  const inner = nested(body, { escaping: escapingOf(node, body) });
  write(body, "{", node);
  for (const name of storedNames(node.body)) {
    const before = body.scope.read(name);
    write(inner, `let ${inner.scope.declare(name)} = ${before};`, node);
  }
  compileStatements(node.body, inner);
  write(body, "}", node);
}

function escapingOf({ enabled }: Autoescape, body: Body): Escaping {
  if (enabled.type === "Literal") return enabled.value === true;
  const variable = body.scope.names.temporary();
  write(body, `${variable} = ${compileCondition(enabled, body)};`, enabled);
  return { variable };
}
