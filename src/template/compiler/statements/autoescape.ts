/** `{% autoescape false %}…{% endautoescape %}` */
import type { Autoescape } from "../../nodes.ts";
import { type Body, write } from "../body.ts";
import { compileCondition, compileStatements } from "../parts.ts";

export function compileAutoescape(node: Autoescape, body: Body): void {
  const { enabled } = node;
  if (enabled.type === "Literal") {
    compileStatements(node.body, { ...body, escaping: enabled.value === true });
    return;
  }
  const variable = body.scope.names.temporary();
  write(body, `${variable} = ${compileCondition(enabled, body)};`, enabled);
  compileStatements(node.body, { ...body, escaping: { variable } });
}
