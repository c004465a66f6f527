/** `{% block name %}…{% endblock %}`: where it stands, the block in force is called. */
import type { Block } from "../../nodes.ts";
import { append, placeOf } from "../append.ts";
import { type Body, write } from "../body.ts";
import { quoted } from "../code.ts";
import { visibleNames } from "../visible-names.ts";

export function compileBlock(node: Block, body: Body): void {
  if (body.silent) return;
  const context = node.scoped ? `c.derive(${visibleNames(body)})` : "c";
  const values = `${quoted(node.name)}, ${context}, ${placeOf(body, node)}`;
  if (!body.script.async) {
    append(body, `f.block(${values})`, node);
    return;
  }
  const guard = body.role === "root" && body.script.maybeExtends ? "if (parent === undefined) " : "";
  write(body, `${guard}await f.blockAsync(${values}, ${body.out});`, node);
}
