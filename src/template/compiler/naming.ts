/** The statements of a template that give names to its blocks: all that runs before one block is rendered alone. */
import type { Node, Target } from "../nodes.ts";

/** What binds names at the top level, or changes what a name holds; nothing that only writes. */
export function namingStatements(body: readonly Node[]): readonly Node[] {
  return body.flatMap((node): readonly Node[] => {
    switch (node.type) {
      case "Assign":
      case "AssignBlock":
      case "Import":
      case "FromImport":
      case "Macro":
      case "Extends":
      case "Do":
        return [node];
      case "If": {
        const branches = node.branches.map((branch) => ({ ...branch, body: namingStatements(branch.body) }));
        const otherwise = node.otherwise && namingStatements(node.otherwise);
        const isIdle = branches.every((branch) => branch.body.length === 0) && (otherwise ?? []).length === 0;
        return isIdle ? [] : [{ ...node, branches, otherwise }];
      }
      case "Autoescape":
        return [{ ...node, body: namingStatements(node.body) }];
      case "For":
      case "With":
        // Names in here are its own; only a list or a namespace from outside can be changed.
        return changesValues(node) ? [node] : [];
      default:
        return [];
    }
  });
}

function changesValues(part: unknown): boolean {
  if (Array.isArray(part)) return part.some(changesValues);
  if (typeof part !== "object" || part === null) return false;
  const { type } = part as Partial<Node | Target>;
  return type === "Do" || type === "NamespaceTarget" || Object.values(part).some(changesValues);
}
