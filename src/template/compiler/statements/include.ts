/** `{% include "partial.html" %}` */
import type { Include } from "../../nodes.ts";
import { append, placeOf } from "../append.ts";
import { type Body, write } from "../body.ts";
import { quoted } from "../code.ts";
import { compileExpression } from "../parts.ts";
import { visibleNames } from "../visible-names.ts";

export function compileInclude(node: Include, body: Body): void {
  if (body.silent) return;
  const values = [
    compileExpression(node.template, body),
    quoted(body.script.source.name),
    node.withContext ? "c" : "undefined",
    node.withContext ? visibleNames(body) : "undefined",
    placeOf(body, node),
    String(node.ignoreMissing),
  ];
  if (!body.script.async) {
    append(body, `f.include(${values.join(", ")})`, node);
    return;
  }
  const guard = body.role === "root" && body.script.maybeExtends ? "if (parent === undefined) " : "";
  write(body, `${guard}await f.includeAsync(${values.join(", ")}, ${body.out});`, node);
}
