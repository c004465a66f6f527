/** New values of columns: those that are given, and those that come with every update. */
import type { ColumnDefinition } from "../model/definition.ts";
import { givenValues } from "../model/entity-class.ts";
import type { ModelDefinition } from "../model/registry.ts";
import { Expression } from "./expression.ts";
import type { AssignmentNode, ExpressionNode } from "./nodes.ts";

/** The columns that a set of values assigns. */
export function assignmentsOf(
  definition: ModelDefinition,
  values: Readonly<Record<string, unknown>>,
): AssignmentNode[] {
  return Object.entries(givenValues(definition.table, values))
    .filter(([, value]) => value !== undefined)
    .map(([property, value]) => {
      const column = definition.table.columnsByProperty.get(property) as ColumnDefinition;
      return { column, value: valueNode(column, value) };
    });
}

/** Adds what changes with every update: `onUpdate` columns that are not set, and the version. */
export function withAutomatic(
  { table }: ModelDefinition,
  assignments: readonly AssignmentNode[],
): AssignmentNode[] {
  const set = new Set(assignments.map(({ column }) => column));
  const automatic = table.columns.flatMap((column): AssignmentNode[] => {
    if (set.has(column)) return [];
    if (column.onUpdate !== undefined)
      return [{ column, value: { kind: "parameter", value: column.onUpdate(), type: column.type } }];
    if (!column.version) return [];
    const left: ExpressionNode = { kind: "column", table, column, alias: undefined };
    const right: ExpressionNode = { kind: "parameter", value: 1, type: column.type };
    return [{ column, value: { kind: "arithmetic", operator: "+", left, right } }];
  });
  return [...assignments, ...automatic];
}

/** The node of a value for a column: that of an expression, or a parameter. */
export function valueNode(column: ColumnDefinition, value: unknown): ExpressionNode {
  return value instanceof Expression ? value.node : { kind: "parameter", value, type: column.type };
}
