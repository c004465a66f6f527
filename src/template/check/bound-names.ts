/** The names that statements bind in the scope they stand in, found beforehand: `if` is no scope of its own. */
import type * as node from "../nodes.ts";

/** Names with the statement that binds them, last one first served. */
export type BoundNames = Map<
  string,
  node.Assign | node.AssignBlock | node.Import | node.FromImport | node.Macro
>;

export function boundNames(body: readonly node.Node[], names: BoundNames = new Map()): BoundNames {
  for (const statement of body) {
    switch (statement.type) {
      case "Assign":
        for (const name of targetNames(statement.target)) names.set(name, statement);
        break;
      case "AssignBlock":
        for (const name of targetNames(statement.target)) names.set(name, statement);
        break;
      case "Import":
        names.set(statement.target, statement);
        break;
      case "FromImport":
        for (const { alias } of statement.names) names.set(alias, statement);
        break;
      case "Macro":
        names.set(statement.name, statement);
        break;
      case "If":
        for (const branch of statement.branches) boundNames(branch.body, names);
        boundNames(statement.otherwise ?? [], names);
        break;
    }
  }
  return names;
}

/** The names that a target binds. An attribute of a namespace binds nothing. */
export function targetNames(target: node.Target): string[] {
  if (target.type === "NameTarget") return [target.name];
  return target.type === "TupleTarget" ? target.items.flatMap(targetNames) : [];
}
