/** Finds the column of a broken reference where the database does not name it: SQLite says "FOREIGN KEY" and no more. */
import type { ColumnDefinition, TableDefinition } from "../model/definition.ts";
import { referencedColumn } from "../model/registry.ts";
import type { ExpressionNode, InsertNode, SelectNode, UpdateNode } from "../query/nodes.ts";
import { emptySelect } from "../query/select-shapes.ts";
import { ForeignKeyViolation } from "./violations.ts";

/** What a row was to hold in its columns. */
export type WrittenValues = (column: ColumnDefinition) => unknown;

/** The first row of a query, where there is one. */
export type AskForRow = (query: SelectNode) => unknown;

/** Whether an error is a broken reference without a column. */
export function isUnnamedReference(error: unknown): error is ForeignKeyViolation {
  return error instanceof ForeignKeyViolation && error.columns.length === 0;
}

/** The violation with its columns: those whose value no row has to which they refer. Asks one query for each value. */
export async function referenceNamed(
  violation: ForeignKeyViolation,
  table: TableDefinition,
  rows: readonly WrittenValues[],
  ask: AskForRow,
): Promise<ForeignKeyViolation> {
  for (const values of rows) {
    const columns: string[] = [];
    for (const column of table.columns)
      if (await isMissing(column, values(column), ask)) columns.push(column.property);
    if (columns.length === 0) continue;
    const { constraint, cause } = violation;
    return new ForeignKeyViolation({ table: table.name, columns, constraint, cause });
  }
  return violation;
}

/** The values that a statement writes, as far as they are values. */
export function writtenValues(node: InsertNode | UpdateNode): WrittenValues[] {
  if (node.kind === "update") {
    const assigned = new Map(node.assignments.map(({ column, value }) => [column, boundValue(value)]));
    return [(column) => assigned.get(column)];
  }
  const { columns, rows } = node;
  if ("kind" in rows) return [];
  return rows.map((row) => (column) => boundValue(row[columns.indexOf(column)]));
}

function boundValue(node: ExpressionNode | undefined): unknown {
  return node?.kind === "parameter" ? node.value : undefined;
}

async function isMissing(column: ColumnDefinition, value: unknown, ask: AskForRow): Promise<boolean> {
  if (column.references === undefined || value === null || value === undefined) return false;
  const target = referencedColumn(column.references.target());
  if (target === undefined) return false;
  const left: ExpressionNode = { kind: "column", ...target, alias: undefined };
  const right: ExpressionNode = { kind: "parameter", value, type: target.column.type };
  const query: SelectNode = {
    ...emptySelect,
    columns: [{ expression: left, alias: undefined }],
    from: { kind: "table", table: target.table, alias: undefined },
    where: { kind: "comparison", operator: "=", left, right },
  };
  return (await ask(query)) === undefined;
}
