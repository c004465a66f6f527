/** The schema that models declare, for one database. */
import { LimpidError } from "../../errors/index.ts";
import * as mysql from "../dialects/mysql/column-sql.ts";
import * as postgresql from "../dialects/postgresql/column-sql.ts";
import * as sqlite from "../dialects/sqlite/column-sql.ts";
import type { DialectName } from "../model/column-type.ts";
import type { ColumnDefinition, TableDefinition } from "../model/definition.ts";
import { constraintName } from "./constraint-name.ts";
import { declaredForeignKeys, type ResolveColumn } from "./declared-foreign-keys.ts";
import { declaredKeys } from "./declared-keys.ts";
import { fixedSql } from "./fixed-sql.ts";
import { quoted } from "./identifier.ts";
import { literal } from "./literal.ts";
import type { CheckSchema, ColumnSchema, IndexSchema, Schema, TableSchema } from "./schema.ts";
import { unsupported } from "./unsupported.ts";

export type { ResolveColumn };

const columnSql = { sqlite, postgresql, mysql };

/**
 * What the tables are in a dialect.
 *
 * Throws `LMP_ORM_UNSUPPORTED` for what the database cannot do, `LMP_ORM_MODEL_INVALID` for what no database can.
 */
export function declaredSchema(
  tables: readonly TableDefinition[],
  dialect: DialectName,
  models: { readonly resolve: ResolveColumn },
): Schema {
  checkDistinct(
    tables.map((table) => table.name),
    "the models",
    "tables",
  );
  return { dialect, tables: tables.map((table) => declaredTable(table, dialect, models.resolve)) };
}

function declaredTable(table: TableDefinition, dialect: DialectName, resolve: ResolveColumn): TableSchema {
  const { indexes, uniques } = declaredKeys(table, dialect);
  const foreignKeys = declaredForeignKeys(table, dialect, resolve);
  const checks = declaredChecks(table, dialect);
  const declared: TableSchema = {
    name: table.name,
    columns: table.columns.map((column) => declaredColumn(column, table, dialect)),
    primaryKey: table.primaryKey.map((column) => column.name),
    indexes,
    uniques,
    foreignKeys,
    checks,
  };
  checkDistinct(
    declared.columns.map((column) => column.name),
    `"${table.name}"`,
    "columns",
  );
  const named = [...indexes, ...uniques, ...foreignKeys, ...checks];
  checkDistinct(
    named.map((constraint) => constraint.name),
    `"${table.name}"`,
    "constraints or indexes",
  );
  return dialect === "mysql" ? withForeignKeyIndexes(declared) : declared;
}

function declaredColumn(
  column: ColumnDefinition,
  table: TableDefinition,
  dialect: DialectName,
): ColumnSchema {
  const what = `${table.name}.${column.name}`;
  const generated = declaredGenerated(column, dialect, what);
  // MariaDB knows no NOT NULL for generated columns.
  const canBeNull = generated !== undefined && dialect === "mysql";
  return {
    name: column.name,
    type: columnSql[dialect].columnTypeSql(column.type, what),
    nullable: canBeNull || (column.nullable && !column.primaryKey),
    identity: column.identity,
    default: declaredDefault(column, dialect, what),
    generated,
  };
}

function declaredGenerated(column: ColumnDefinition, dialect: DialectName, what: string) {
  if (column.generated === undefined) return undefined;
  const { sql, stored } = column.generated;
  if (!stored && dialect === "postgresql") {
    const found = `${what}, computed when it is read`;
    throw unsupported(dialect, "virtual columns before version 18", found, "Declare it as stored.");
  }
  return { sql: fixedSql(sql, dialect, `the generated column ${what}`), stored };
}

function declaredDefault(column: ColumnDefinition, dialect: DialectName, what: string): string | undefined {
  if (column.default === undefined || column.default.from === "function") return undefined;
  if (column.default.from === "sql") return fixedSql(column.default.sql, dialect, `the default of ${what}`);
  if (column.default.value === null) return undefined; // The same as none.
  return literal(column.default.value, column.type, dialect, what);
}

/** One check a column, for its type and its own together: the name leads back to the column. */
function declaredChecks(table: TableDefinition, dialect: DialectName): CheckSchema[] {
  const checks: CheckSchema[] = [];
  for (const column of table.columns) {
    const ofType = columnSql[dialect].typeCheckSql(column.type, quoted(column.name, dialect));
    const own = column.check && fixedSql(column.check, dialect, `the check of ${table.name}.${column.name}`);
    const sql = ofType !== undefined && own !== undefined ? `(${ofType}) AND (${own})` : (ofType ?? own);
    if (sql !== undefined) checks.push({ name: constraintName("check", table.name, [column.name]), sql });
  }
  for (const { name, sql } of table.checks) {
    checks.push({ name, sql: fixedSql(sql, dialect, `the check "${name}" of "${table.name}"`) });
  }
  return checks;
}

/**
 * MySQL makes an index for each foreign key that has none, and drops it again as it likes. Here it is declared, so that
 * it is known and stays.
 */
function withForeignKeyIndexes(table: TableSchema): TableSchema {
  const indexes: IndexSchema[] = [...table.indexes];
  for (const { name, columns } of table.foreignKeys) {
    const keys = [table.primaryKey, ...table.uniques.map((unique) => unique.columns)];
    keys.push(...indexes.map((index) => index.columns.map((column) => column.name)));
    if (keys.some((key) => columns.every((column, at) => key[at] === column))) continue;
    indexes.push({
      name,
      columns: columns.map((column) => ({ name: column, descending: false })),
      unique: false,
      where: undefined,
    });
  }
  return { ...table, indexes };
}

function checkDistinct(names: readonly string[], where: string, things: string): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return;
  throw new LimpidError("LMP_ORM_MODEL_INVALID", `There are two ${things} of one name in ${where}.`, {
    expected: "a name of its own for each",
    found: `"${twice}" twice`,
    fix: "Give one of them another name.",
  });
}
