/** `{% call(item) macro(…) %}…{% endcall %}` */
import type { CallBlock } from "../../nodes.ts";
import { type Body, write } from "../body.ts";
import { writeMacro } from "../macro-code.ts";
import { compileCallOutput } from "./output.ts";

export function compileCallBlock(node: CallBlock, body: Body): void {
  if (body.silent) return;
  const caller = body.scope.names.temporary();
  write(body, "{", node);
  writeMacro(node, "caller", caller, body);
  const { call } = node;
  compileCallOutput(node, call, body, caller);
  write(body, "}", node);
}
