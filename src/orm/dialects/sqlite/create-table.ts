/** CREATE TABLE in the SQL of SQLite. */
import { quoted } from "../../schema/identifier.ts";
import type { MigrationStep } from "../../schema/migration-step.ts";
import type { ColumnSchema, TableSchema, UniqueSchema } from "../../schema/schema.ts";
import {
  checkSql,
  constraintLines,
  createIndexSql,
  createTableSql,
  isConstant,
  primaryKeySql,
} from "../../schema/table-sql.ts";

export const q = (name: string) => quoted(name, "sqlite");

/** The table without its indexes, under the name that is given. */
export function tableSql(table: TableSchema, name: string): string {
  const lines = table.columns.map(columnSql);
  const isCounted = table.columns.some((column) => column.identity);
  if (table.primaryKey.length > 0 && !isCounted)
    lines.push(primaryKeySql(table.name, table.primaryKey, "sqlite"));
  lines.push(...constraintLines({ ...table, uniques: [] }, "sqlite"));
  return createTableSql(name, lines, "sqlite", " STRICT");
}

/** Unique constraints are indexes too: those come and go without a rebuild of the table. */
export function indexSteps(table: TableSchema): MigrationStep[] {
  return [
    ...table.uniques.map((unique) => ({ sql: uniqueIndexSql(table.name, unique) })),
    ...table.indexes.map((index) => ({ sql: createIndexSql(table.name, index, "sqlite") })),
  ];
}

export function uniqueIndexSql(table: string, { name, columns }: UniqueSchema): string {
  const parts = columns.map((column) => ({ name: column, descending: false }));
  return createIndexSql(table, { name, columns: parts, unique: true, where: undefined }, "sqlite");
}

/** A column as CREATE TABLE and ADD COLUMN write it. */
export function columnSql(column: ColumnSchema): string {
  if (column.identity) return `${q(column.name)} INTEGER PRIMARY KEY AUTOINCREMENT`;
  const parts = [q(column.name), column.type];
  if (column.generated !== undefined) {
    parts.push(
      `GENERATED ALWAYS AS (${column.generated.sql}) ${column.generated.stored ? "STORED" : "VIRTUAL"}`,
    );
  }
  if (!column.nullable) parts.push("NOT NULL");
  if (column.default !== undefined) {
    parts.push(`DEFAULT ${isConstant(column.default, "sqlite") ? column.default : `(${column.default})`}`);
  }
  return parts.join(" ");
}

/** What ADD COLUMN can put at the column: a check of this column alone. */
export function inlineCheckSql(check: { readonly name: string; readonly sql: string }): string {
  return checkSql(check, "sqlite");
}
