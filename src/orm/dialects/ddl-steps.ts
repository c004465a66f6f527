/** Steps of migrations that all databases write alike, but for their quotes. */
import type { DialectName } from "../model/column-type.ts";
import { duplicatesGuard } from "../schema/guards.ts";
import { quoted } from "../schema/identifier.ts";
import type { MigrationStep } from "../schema/migration-step.ts";
import type { OperationOf } from "../schema/operations.ts";
import type { TableSchema } from "../schema/schema.ts";
import { columnNamed } from "../schema/schema-lookup.ts";
import { createIndexSql } from "../schema/table-sql.ts";

export function alterTable(table: string, action: string, dialect: DialectName): MigrationStep {
  return { sql: `ALTER TABLE ${quoted(table, dialect)} ${action}` };
}

export function dropTable({ table }: OperationOf<"dropTable">, dialect: DialectName): MigrationStep {
  return { sql: `DROP TABLE ${quoted(table, dialect)}`, loses: { table } };
}

/** What the database computes is not lost with its column. */
export function dropColumn(
  { table, column }: OperationOf<"dropColumn">,
  before: TableSchema,
  dialect: DialectName,
): MigrationStep {
  const step = alterTable(table, `DROP COLUMN ${quoted(column, dialect)}`, dialect);
  const isComputed = columnNamed(before, column).generated !== undefined;
  return isComputed ? step : { ...step, loses: { table, column } };
}

export function addIndex({ table, index }: OperationOf<"addIndex">, dialect: DialectName): MigrationStep[] {
  const create = { sql: createIndexSql(table, index, dialect) };
  if (!index.unique) return [create];
  const columns = index.columns.map((column) => column.name);
  return [duplicatesGuard(table, { columns, where: index.where }, dialect), create];
}
