/** Queries that look, before a change, for rows which the change would break or cut. */
import type { DialectName } from "../model/column-type.ts";
import { quoted, quotedList } from "./identifier.ts";
import type { MigrationStep } from "./migration-step.ts";
import type { AddColumn } from "./operations.ts";
import type { UniqueSchema } from "./schema.ts";

/** A new column that must have a value, where rows would have none. */
export function newColumnGuard({ table, column, fill }: AddColumn, dialect: DialectName): MigrationStep[] {
  const hasValue = column.default !== undefined || fill !== undefined || column.identity || column.generated;
  if (column.nullable || hasValue) return [];
  const guard = `The new column "${column.name}" of "${table}" must have a value, and there are rows that have none. Give it a default, or add it nullable and fill it first.`;
  return [{ sql: `SELECT 1 FROM ${quoted(table, dialect)} LIMIT 1`, guard }];
}

/** A column that shall have no nulls any more, where there are some. */
export function nullsGuard(table: string, column: string, dialect: DialectName): MigrationStep {
  return {
    sql: `SELECT 1 FROM ${quoted(table, dialect)} WHERE ${quoted(column, dialect)} IS NULL LIMIT 1`,
    guard: `The column "${column}" of "${table}" must have a value now, and there are rows where it is null. Fill them first.`,
  };
}

/** Columns that shall be unique, where values stand twice. Nulls are no values. */
export function duplicatesGuard(
  table: string,
  { columns, where }: Omit<UniqueSchema, "name"> & { readonly where?: string | undefined },
  dialect: DialectName,
): MigrationStep {
  const conditions = columns.map((column) => `${quoted(column, dialect)} IS NOT NULL`);
  if (where !== undefined) conditions.push(`(${where})`);
  const list = quotedList(columns, dialect);
  return {
    sql: `SELECT 1 FROM ${quoted(table, dialect)} WHERE ${conditions.join(" AND ")} GROUP BY ${list} HAVING count(*) > 1 LIMIT 1`,
    guard: `The values of ${columns.map((column) => `"${column}"`).join(", ")} in "${table}" must be unique now, and some stand there more than once. Remove the duplicates first.`,
  };
}

/** A change of type that would cut values; with permission to lose them it does. */
export function lossGuard(
  table: string,
  column: string,
  type: string,
  condition: string,
  dialect: DialectName,
): MigrationStep {
  return {
    sql: `SELECT 1 FROM ${quoted(table, dialect)} WHERE ${condition} LIMIT 1`,
    guard: `The column "${column}" of "${table}" holds values that would be cut as ${type}. Change them first, or allow the loss.`,
    loses: { table, column },
  };
}
