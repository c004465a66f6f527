/** What stands in a FROM or a JOIN: a model, a query under a name, a common table expression. */
import { LimpidError } from "../../errors/index.ts";
import { definitionOf, tableOf } from "../model/registry.ts";
import { Expression } from "./expression.ts";
import { expressionType } from "./expression-type.ts";
import type { CommonReferenceNode, DerivedNode, ProjectionNode, SourceNode } from "./nodes.ts";

const sources = new WeakMap<object, SourceNode>();

/** A query under a name, with its columns as properties. */
export type Derived<Row> = { readonly [Key in keyof Row]: Expression<Row[Key]> };

/** Makes the object whose properties are the columns of a derived table. */
export function derivedTable<Row>(
  source: DerivedNode | CommonReferenceNode,
  columns: readonly ProjectionNode[],
): Derived<Row> {
  const derived = Object.create(null) as Record<string, Expression<unknown>>;
  for (const { alias: name, expression } of columns) {
    if (name === undefined) continue;
    const type = expressionType(expression);
    derived[name] = new Expression({ kind: "derived-column", alias: source.alias, name, type }, type);
  }
  sources.set(derived, source);
  return derived as Derived<Row>;
}

/** The node of a model, a derived table or a common table expression. Throws `LMP_ORM_QUERY_INVALID`. */
export function sourceOf(value: unknown): SourceNode {
  const derived = typeof value === "object" && value !== null ? sources.get(value) : undefined;
  if (derived !== undefined) return derived;
  if (tableOf(value) !== undefined) {
    const { table, alias } = definitionOf(value);
    return { kind: "table", table, alias };
  }
  throw new LimpidError("LMP_ORM_QUERY_INVALID", "A query reads from models and from other queries.", {
    expected: 'a model, alias(Model, "name"), query.as("name") or cte("name", query)',
    found: value === null ? "null" : typeof value,
    fix: "Pass the model itself, or give the query a name with .as(…).",
  });
}
