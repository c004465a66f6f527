/** `{% import "forms.html" as forms %}` and `{% from "forms.html" import field as input %}` */
import type { FromImport, Import } from "../../nodes.ts";
import { type Body, write } from "../body.ts";
import { quoted } from "../code.ts";
import { compileExpression } from "../parts.ts";
import { visibleNames } from "../visible-names.ts";

export function compileImport(node: Import, body: Body): void {
  const variable = body.scope.read(node.target);
  write(body, `${variable} = ${moduleCode(node, body)};`, node);
  if (body.toplevel) write(body, `c.set(${quoted(node.target)}, ${variable});`, node);
}

export function compileFromImport(node: FromImport, body: Body): void {
  const module = body.scope.names.temporary();
  write(body, `${module} = ${moduleCode(node, body)};`, node);
  for (const imported of node.names) {
    const variable = body.scope.read(imported.alias);
    const value = `R.imported(${module}, ${quoted(imported.name)})`;
    write(body, `${variable} = ${value};`, imported);
    if (body.toplevel) write(body, `c.set(${quoted(imported.alias)}, ${variable});`, imported);
  }
}

function moduleCode({ template, withContext }: Import | FromImport, body: Body): string {
  const values = [
    compileExpression(template, body),
    quoted(body.script.source.name),
    withContext ? "c" : "undefined",
    withContext ? visibleNames(body) : "undefined",
  ].join(", ");
  return body.script.async ? `await f.moduleAsync(${values}, R.sink())` : `f.module(${values})`;
}
