/** Gives the columns of a table another qualifier, in conditions that are moved into a query of their own. */
import type { ModelDefinition } from "../model/registry.ts";
import type { ExpressionNode, QueryNode } from "../query/nodes.ts";

/** Definitions are no part of the tree. */
const kept: ReadonlySet<string> = new Set(["table", "column", "type", "texts", "value", "values"]);

/** The node with the columns of the model qualified by `alias`, except in queries that read the table themselves. */
export function retargeted(
  node: ExpressionNode,
  { alias: before, table }: ModelDefinition,
  alias: string,
): ExpressionNode {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (!isNode(value)) return value;
    if (value.kind === "column" && value.table === table && value.alias === before)
      return { ...value, alias };
    if (value.kind === "select" && reads(value as unknown as QueryNode)) return value;
    const copy: Record<string, unknown> = {};
    for (const [name, part] of Object.entries(value)) copy[name] = kept.has(name) ? part : visit(part);
    return copy;
  };
  const reads = (query: QueryNode): boolean =>
    query.kind === "select" &&
    [query.from, ...query.joins.map(({ source }) => source)].some(
      (source) => source?.kind === "table" && source.table === table && source.alias === before,
    );
  return visit(node) as ExpressionNode;
}

/** The names under which tables stand in the nodes. */
export function usedAliases(nodes: readonly ExpressionNode[]): ReadonlySet<string> {
  const aliases = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isNode(value)) {
      if (typeof value.alias === "string") aliases.add(value.alias);
      for (const [name, part] of Object.entries(value)) if (!kept.has(name)) visit(part);
    }
  };
  nodes.forEach(visit);
  return aliases;
}

function isNode(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
