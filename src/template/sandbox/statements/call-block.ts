/** `{% call(item) macro(…) %}…{% endcall %}` */
import type { CallBlock } from "../../nodes.ts";
import { type Body, isExtending } from "../body.ts";
import { macroValue } from "../macro-value.ts";
import { writeCall } from "./output.ts";

export function runCallBlock(node: CallBlock, body: Body): undefined {
  if (body.silent || isExtending(body)) return;
  writeCall(node, node.call, body, macroValue(node, "caller", body));
}
