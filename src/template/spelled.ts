/** An expression as its author would write it, for errors. */
import type { Expression } from "./nodes.ts";

/** `user.name`, `items[…]`, `url(…)`; longer things are cut to their shape. */
export function spelled(node: Expression): string {
  switch (node.type) {
    case "Name":
      return node.name;
    case "Literal":
      return JSON.stringify(node.value);
    case "Attribute":
      return `${spelled(node.object)}.${node.name}`;
    case "Item":
      return `${spelled(node.object)}[${node.key.type === "Literal" ? spelled(node.key) : "…"}]`;
    case "Slice":
      return `${spelled(node.object)}[…]`;
    case "Call":
      return `${spelled(node.callee)}(…)`;
    case "Filter":
      return `${spelled(node.input)} | ${node.name}`;
    default:
      return "(…)";
  }
}
