/** Finds the common table expressions of a statement, which are written once and at its top. */
import type { DerivedNode } from "../query/nodes.ts";
import { invalidQuery } from "./refusals.ts";

/** What is no part of the tree. */
const definitions = new Set(["table", "column", "type", "value", "values", "texts"]);

/**
 * The common table expressions under a node, each once, those that others are made of first. Throws
 * `LMP_ORM_QUERY_INVALID` for two of one name.
 */
export function commonTables(root: object): DerivedNode[] {
  const found: DerivedNode[] = [];
  const visited = new Set<object>();
  visit(root, found, visited);
  const names = new Set<string>();
  for (const { alias } of found) {
    if (names.has(alias)) {
      throw invalidQuery(
        `Two common table expressions are called ${JSON.stringify(alias)}.`,
        "Give each a name of its own; to use one twice, keep it in a variable.",
      );
    }
    names.add(alias);
  }
  return found;
}

function visit(node: unknown, found: DerivedNode[], visited: Set<object>): void {
  if (typeof node !== "object" || node === null || "property" in node || visited.has(node)) return;
  visited.add(node);
  if (Array.isArray(node)) {
    for (const item of node) visit(item, found, visited);
    return;
  }
  const isParameter = "kind" in node && (node.kind === "parameter" || node.kind === "parameter-list");
  if (isParameter) return;
  for (const [name, value] of Object.entries(node)) {
    if (!definitions.has(name) || !("kind" in node)) visit(value, found, visited);
  }
  if (isCommon(node)) found.push(node);
}

function isCommon(node: object): node is DerivedNode {
  return "common" in node && node.common === true;
}
