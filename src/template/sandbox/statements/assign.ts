/** `{% set x = … %}` and `{% set x %}…{% endset %}` */
import { addTarget } from "../../compiler/stored-names.ts";
import type { Assign, AssignBlock, Target } from "../../nodes.ts";
import { assign, type Body, read, type Signal } from "../body.ts";
import { runCaptured } from "../captured.ts";
import { evaluate } from "../parts.ts";
import { bindTarget } from "../targets.ts";

export function runAssign({ target, value }: Assign, body: Body): undefined {
  bind(target, evaluate(value, body), body);
}

export function runAssignBlock(node: AssignBlock, body: Body): Signal {
  const { value, signal } = runCaptured(node, node.value, body);
  if (signal === undefined) bind(node.target, value, body);
  return signal;
}

function bind(target: Target, value: unknown, body: Body): void {
  bindTarget(target, value, body, (name, part) => assign(body, name, part));
  exportNames(target, body);
}

/** Names of the top level are seen by blocks, includes and imports. */
function exportNames(target: Target, body: Body): void {
  if (!body.toplevel) return;
  const names = new Set<string>();
  addTarget(target, names);
  for (const name of names) body.running.context.set(name, read(body, name));
}
