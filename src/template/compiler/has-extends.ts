/** Whether a template extends another one. */
import type { Node } from "../nodes.ts";

/** Whether there is an `extends` at the top level of a template, whatever decides if it is reached. */
export function hasExtends(nodes: readonly Node[]): boolean {
  return nodes.some((node) => {
    if (node.type === "Extends") return true;
    if (node.type === "Autoescape") return hasExtends(node.body);
    if (node.type !== "If") return false;
    return node.branches.some(({ body }) => hasExtends(body)) || hasExtends(node.otherwise ?? []);
  });
}
