/** `{% do list.append(1) %}` */
import type { Do } from "../../nodes.ts";
import { type Body, write } from "../body.ts";
import { compileExpression } from "../parts.ts";

export function compileDo(node: Do, body: Body): void {
  write(body, `${compileExpression(node.expression, body)};`, node);
}
