/** Queries that stand in other queries. */
import { LimpidError } from "../../errors/index.ts";
import { expressionType } from "./expression-type.ts";
import type { QueryNode, ScalarNode } from "./nodes.ts";

/** Queries are known by their class alone, never by how an object looks: data has no symbols. */
export const isQuery: unique symbol = Symbol("limpid.orm.query");

/** A query as part of another: of one column, for `in` and as a value. */
export interface Subquery<Value = unknown> {
  readonly [isQuery]: true;
  readonly node: QueryNode;
  /** Never there; carries the type of the column. */
  readonly value?: Value;
}

/** A query of rows like these. */
export interface RowsOf<Row> {
  readonly [isQuery]: true;
  readonly node: QueryNode;
  /** Never there; carries the type of the rows. */
  readonly row?: Row;
}

/** Whether something is a query that can stand in another. */
export function isSubquery(part: unknown): part is Subquery {
  return typeof part === "object" && part !== null && isQuery in part;
}

/** The node of a query. Throws `LMP_ORM_QUERY_INVALID` for what is none: data from outside never is. */
export function queryNode(query: unknown): QueryNode {
  if (isSubquery(query)) return query.node;
  throw new LimpidError("LMP_ORM_QUERY_INVALID", "A query is expected here.", {
    expected: "db.query(User).select({ id: User.id })",
    found: query === null ? "null" : typeof query,
    fix: "Pass the query itself, without awaiting it. Plain objects are never queries.",
  });
}

/** A query of one column as a value. */
export function scalarNode(query: Subquery): ScalarNode {
  let select = query.node;
  while (select.kind === "set-operation") select = select.left;
  const [first] = select.columns;
  return { kind: "scalar", query: query.node, type: first && expressionType(first.expression) };
}
