/** Whether a piece of a template uses a name, anywhere inside. */
import type { Node } from "../nodes.ts";

/** Statements that hand on the names around them, which may then be used where nobody sees it. */
function handsOn(node: Partial<Node>): boolean {
  return (
    (node.type === "Include" && node.withContext === true) ||
    (node.type === "Block" && node.scoped === true) ||
    ((node.type === "Import" || node.type === "FromImport") && node.withContext === true)
  );
}

/** Whether `name` is read in any of the nodes; a statement that hands on its names counts as reading it. */
export function uses(nodes: unknown, name: string): boolean {
  if (Array.isArray(nodes)) return nodes.some((node) => uses(node, name));
  if (typeof nodes !== "object" || nodes === null) return false;
  const node = nodes as { readonly type?: string; readonly name?: unknown };
  if (node.type === "Name") return node.name === name;
  return handsOn(nodes as Partial<Node>) || Object.values(nodes).some((part) => uses(part, name));
}

/** Whether `name` is read as a name of its own, without looking at what hands names on. */
export function mentions(nodes: unknown, name: string): boolean {
  if (Array.isArray(nodes)) return nodes.some((node) => mentions(node, name));
  if (typeof nodes !== "object" || nodes === null) return false;
  const node = nodes as { readonly type?: string; readonly name?: unknown };
  if (node.type === "Name") return node.name === name;
  return Object.values(nodes).some((part) => mentions(part, name));
}
