/** `{% filter upper %}…{% endfilter %}` */
import type { FilterBlock } from "../../nodes.ts";
import { append, fitted } from "../append.ts";
import type { Body, Signal } from "../body.ts";
import { runCaptured } from "../captured.ts";

export function runFilterBlock(node: FilterBlock, body: Body): Signal {
  // Where nothing is printed there is nothing to filter.
  if (body.silent) return undefined;
  const { value, signal } = runCaptured(node, node.value, body);
  if (signal === undefined) append(body, fitted(body, value, node));
  return signal;
}
