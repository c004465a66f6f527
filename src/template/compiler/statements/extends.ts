/** `{% extends "layout.html" %}` */
import type { Extends } from "../../nodes.ts";
import { type Body, write } from "../body.ts";
import { quoted } from "../code.ts";
import { compileExpression } from "../parts.ts";

export function compileExtends(node: Extends, body: Body): void {
  const from = quoted(body.script.source.name);
  write(body, `parent = f.extend(${compileExpression(node.template, body)}, ${from});`, node);
}
