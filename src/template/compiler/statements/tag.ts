/** A tag of an extension: its function gets the arguments and the body, and what it gives is escaped for the place. */
import type { Tag } from "../../nodes.ts";
import { append, fitted } from "../append.ts";
import { type Body, write } from "../body.ts";
import { compileCaptured } from "../captured.ts";
import { Code, quoted } from "../code.ts";
import { namedCode, positionalCode } from "../expressions/calls.ts";
import { awaited } from "../parts.ts";

export function compileTag(node: Tag, body: Body): void {
  const value = body.scope.names.temporary();
  const given = `${positionalCode(node.arguments, body)}, ${namedCode(node.arguments, body)}`;
  const code = new Code();
  if (node.body === undefined) code.line("undefined", node.at);
  else {
    code.line(body.script.async ? "async () => {" : "() => {", node.at);
    const captured = compileCaptured(node, { type: "Captured", at: node.at }, { ...body, code });
    code.line(`return ${captured}; }`, node.at);
  }
  write(body, `${value} = R.tag(f, ${quoted(node.name)}, ${given},`, node);
  body.code.append(code);
  write(body, ");", node);
  if (body.script.async) write(body, `${value} = ${awaited(value, body)};`, node);
  append(body, fitted(body, value, node), node);
}
