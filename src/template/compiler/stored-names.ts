/** The names that statements bind in the scope in which they stand. */
import type { Node, Target } from "../nodes.ts";

/** Bound names, each once; what stands in a scope of its own, such as a loop's body, is not entered. */
export function storedNames(body: readonly Node[], names = new Set<string>()): Set<string> {
  for (const node of body) {
    switch (node.type) {
      case "Assign":
      case "AssignBlock":
        addTarget(node.target, names);
        break;
      case "Import":
        names.add(node.target);
        break;
      case "FromImport":
        for (const { alias } of node.names) names.add(alias);
        break;
      case "Macro":
        names.add(node.name);
        break;
      case "If":
        for (const branch of node.branches) storedNames(branch.body, names);
        storedNames(node.otherwise ?? [], names);
        break;
      default:
    }
  }
  return names;
}

/** The names of a target. */
export function addTarget(target: Target, names: Set<string>): void {
  if (target.type === "NameTarget") names.add(target.name);
  else if (target.type === "TupleTarget") for (const item of target.items) addTarget(item, names);
}
