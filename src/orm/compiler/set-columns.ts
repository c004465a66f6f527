/** The columns that a query gives: the names they go by, and where one stands among them. */
import type { ExpressionNode, ProjectionNode, QueryNode, SelectNode } from "../query/nodes.ts";
import { invalidQuery } from "./refusals.ts";

/** The select whose columns name those of a set operation. */
export function leftmost(node: QueryNode): SelectNode {
  let query = node;
  while (query.kind === "set-operation") query = query.left;
  return query;
}

/** The query with the names given to those of its columns that have none. */
export function withNames(node: QueryNode, names: readonly string[]): QueryNode {
  if (node.kind === "set-operation") return { ...node, left: withNames(node.left, names) };
  const columns = node.columns.map((column, index) => ({ ...column, alias: column.alias ?? names[index] }));
  return { ...node, columns };
}

/** The position, from 0, of the column that an expression names. Throws `LMP_ORM_QUERY_INVALID` where it names none. */
export function outputPosition(expression: ExpressionNode, columns: readonly ProjectionNode[]): number {
  const position = columns.findIndex((column) => isOutput(expression, column));
  if (position >= 0) return position;
  throw invalidQuery(
    "A union is ordered by something that is not one of its columns.",
    "Order by a column that the first of its queries selects, or make it a sub-query.",
  );
}

function isOutput(expression: ExpressionNode, { alias, expression: selected }: ProjectionNode): boolean {
  if (expression.kind === "derived-column" && expression.name === alias) return true;
  if (expression.kind === "derived-column" && selected.kind === "derived-column") {
    return expression.name === selected.name && expression.alias === selected.alias;
  }
  if (expression.kind !== "column" || selected.kind !== "column") return false;
  return expression.column.id === selected.column.id && expression.alias === selected.alias;
}
