/** `{% macro field(name, value="") %}…{% endmacro %}` */
import type { Macro } from "../../nodes.ts";
import { type Body, write } from "../body.ts";
import { quoted } from "../code.ts";
import { writeMacro } from "../macro-code.ts";

export function compileMacro(node: Macro, body: Body): void {
  const variable = body.scope.read(node.name);
  writeMacro(node, node.name, variable, body);
  if (body.toplevel) write(body, `c.set(${quoted(node.name)}, ${variable});`, node);
}
