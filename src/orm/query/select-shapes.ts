/** Selects made of selects: one that counts, one with a name for each column. */
import { integerType } from "./expression.ts";
import type { ExpressionNode, ProjectionNode, QueryNode, SelectNode } from "./nodes.ts";
import { resultColumns } from "./statements.ts";

/** A select without anything. */
export const emptySelect: SelectNode = {
  kind: "select",
  columns: [],
  distinct: false,
  distinctOn: [],
  from: undefined,
  joins: [],
  where: undefined,
  groupBy: [],
  having: undefined,
  orderBy: [],
  limit: undefined,
  offset: undefined,
  lock: undefined,
};

/** Whether at most one row can be found, so that a limit says nothing new. */
export function isByKey({
  kind,
  where,
  joins,
}: QueryNode & { where?: ExpressionNode; joins?: readonly unknown[] }): boolean {
  if (kind !== "select" || where?.kind !== "comparison" || where.operator !== "=" || joins?.length !== 0)
    return false;
  const { left, right } = where;
  if (left.kind !== "column" || right.kind !== "parameter") return false;
  return left.column.unique || (left.column.primaryKey && left.table.primaryKey.length === 1);
}

/** Counts the rows that a query gives. */
export function counting(node: QueryNode): SelectNode {
  const count: ProjectionNode = {
    expression: {
      kind: "call",
      name: "count",
      arguments: [],
      distinct: false,
      filter: undefined,
      over: undefined,
      type: integerType,
    },
    alias: undefined,
  };
  const plain =
    node.kind === "select" && !node.distinct && node.distinctOn.length === 0 && node.groupBy.length === 0;
  // What is computed may be an aggregate, which makes one row of all.
  const computed = node.kind === "select" && !node.columns.every(isStored);
  if (
    plain &&
    !computed &&
    node.limit === undefined &&
    node.offset === undefined &&
    node.having === undefined
  )
    return { ...node, columns: [count], orderBy: [], lock: undefined };
  const { query, columns } = named(node.kind === "select" ? { ...node, lock: undefined } : node);
  const names = columns.map(({ alias }) => alias ?? "");
  const from = {
    kind: "derived",
    alias: "counted",
    query,
    common: false,
    recursion: undefined,
    columns: names,
  } as const;
  return { ...emptySelect, columns: [count], from };
}

function isStored({ expression }: ProjectionNode): boolean {
  return expression.kind === "column" || expression.kind === "derived-column";
}

/** The query with a name for each column: what stands in another query needs them. */
export function named(node: QueryNode): {
  readonly query: QueryNode;
  readonly columns: readonly ProjectionNode[];
} {
  if (node.kind === "set-operation") return { query: node, columns: resultColumns(node) };
  if (node.columns.every(({ alias }) => alias !== undefined)) return { query: node, columns: node.columns };
  const columns = node.columns.map(({ expression, alias }) => ({
    expression,
    alias: alias ?? columnName(expression),
  }));
  return { query: { ...node, columns }, columns };
}

/** What a column of a result is called where nobody named it. */
export function columnName(expression: ExpressionNode): string {
  return expression.kind === "column" ? expression.column.property : expression.kind;
}
