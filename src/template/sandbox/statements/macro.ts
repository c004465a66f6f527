/** `{% macro field(name, value="") %}…{% endmacro %}` */
import type { Macro } from "../../nodes.ts";
import { assign, type Body } from "../body.ts";
import { macroValue } from "../macro-value.ts";

export function runMacro(node: Macro, body: Body): undefined {
  const value = macroValue(node, node.name, body);
  assign(body, node.name, value);
  if (body.toplevel) body.running.context.set(node.name, value);
}
