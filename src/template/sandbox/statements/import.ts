/** `{% import "forms.html" as forms %}` and `{% from "forms.html" import field as input %}` */
import type { FromImport, Import } from "../../nodes.ts";
import type { Data } from "../../runtime/context.ts";
import { assign, type Body } from "../body.ts";
import { templateName } from "../template-name.ts";

export function runImport(node: Import, body: Body): undefined {
  bindName(node.target, moduleOf(node, body), body);
}

export function runFromImport(node: FromImport, body: Body): undefined {
  const module = moduleOf(node, body);
  for (const { name, alias } of node.names) bindName(alias, module[name], body);
}

function bindName(name: string, value: unknown, body: Body): void {
  assign(body, name, value);
  if (body.toplevel) body.running.context.set(name, value);
}

function moduleOf({ template, withContext }: Import | FromImport, body: Body): Data {
  const { frame, context, program } = body.running;
  const name = templateName(template, body);
  if (!withContext) return frame.module(name, program.source.name, undefined, undefined);
  return frame.module(name, program.source.name, context, body.scope.visible());
}
