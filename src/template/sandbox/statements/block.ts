/** `{% block name %}…{% endblock %}`: where it stands, the block in force is called. */
import type { Block } from "../../nodes.ts";
import { appendWritten, placeOf } from "../append.ts";
import { type Body, isExtending } from "../body.ts";

export function runBlock(node: Block, body: Body): undefined {
  if (body.silent || isExtending(body)) return;
  const { frame, context } = body.running;
  const inner = node.scoped ? context.derive(body.scope.visible()) : context;
  appendWritten(body, frame.block(node.name, inner, placeOf(body, node)));
}
