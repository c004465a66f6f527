/** `{% include "partial.html" %}` */
import type { Include } from "../../nodes.ts";
import { appendWritten, placeOf } from "../append.ts";
import { type Body, isExtending } from "../body.ts";
import { templateName } from "../template-name.ts";

export function runInclude(node: Include, body: Body): undefined {
  if (body.silent || isExtending(body)) return;
  const { frame, context, program } = body.running;
  const name = templateName(node.template, body);
  const [outer, names] = node.withContext ? [context, body.scope.visible()] : [];
  const text = frame.include(
    name,
    program.source.name,
    outer,
    names,
    placeOf(body, node),
    node.ignoreMissing,
  );
  appendWritten(body, text);
}
