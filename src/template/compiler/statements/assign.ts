/** `{% set x = … %}` and `{% set x %}…{% endset %}` */
import type { Assign, AssignBlock, Target } from "../../nodes.ts";
import { type Body, write } from "../body.ts";
import { compileCaptured } from "../captured.ts";
import { quoted } from "../code.ts";
import { compileExpression } from "../parts.ts";
import { addTarget } from "../stored-names.ts";
import { bindTarget } from "../targets.ts";

export function compileAssign(node: Assign, body: Body): void {
  const value = body.scope.names.temporary();
  write(body, `${value} = ${compileExpression(node.value, body)};`, node.value);
  bind(node.target, value, body);
}

export function compileAssignBlock(node: AssignBlock, body: Body): void {
  bind(node.target, compileCaptured(node, node.value, body), body);
}

function bind(target: Target, value: string, body: Body): void {
  bindTarget(target, value, body, (name) => body.scope.read(name));
  exportNames(target, body);
}

/** Names of the top level are seen by blocks, includes and imports. */
function exportNames(target: Target, body: Body): void {
  if (!body.toplevel) return;
  const names = new Set<string>();
  addTarget(target, names);
  for (const name of names) write(body, `c.set(${quoted(name)}, ${body.scope.read(name)});`, target);
}
