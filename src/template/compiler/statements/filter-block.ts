/** `{% filter upper %}…{% endfilter %}` */
import type { FilterBlock } from "../../nodes.ts";
import { append, fitted } from "../append.ts";
import type { Body } from "../body.ts";
import { compileCaptured } from "../captured.ts";

export function compileFilterBlock(node: FilterBlock, body: Body): void {
  // Where nothing is printed there is nothing to filter.
  if (body.silent) return;
  const value = compileCaptured(node, node.value, body);
  append(body, fitted(body, value, node), node);
}
