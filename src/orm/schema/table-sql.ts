/** Constraints and indexes in SQL, which all dialects write alike but for their quotes. */
import type { DialectName } from "../model/column-type.ts";
import { codeTokens } from "./code-token.ts";
import { constraintName } from "./constraint-name.ts";
import { quoted, quotedList } from "./identifier.ts";
import type { CheckSchema, ForeignKeySchema, IndexSchema, TableSchema, UniqueSchema } from "./schema.ts";

export function primaryKeySql(table: string, columns: readonly string[], dialect: DialectName): string {
  const name = quoted(constraintName("pkey", table, []), dialect);
  const key = `PRIMARY KEY (${quotedList(columns, dialect)})`;
  return dialect === "mysql" ? key : `CONSTRAINT ${name} ${key}`;
}

export function uniqueSql({ name, columns }: UniqueSchema, dialect: DialectName): string {
  return `CONSTRAINT ${quoted(name, dialect)} UNIQUE (${quotedList(columns, dialect)})`;
}

export function checkSql({ name, sql }: CheckSchema, dialect: DialectName): string {
  return `CONSTRAINT ${quoted(name, dialect)} CHECK (${sql})`;
}

export function foreignKeySql(key: ForeignKeySchema, dialect: DialectName): string {
  const columns = `FOREIGN KEY (${quotedList(key.columns, dialect)})`;
  return `CONSTRAINT ${quoted(key.name, dialect)} ${columns} ${referencesSql(key, dialect)}`;
}

export function referencesSql(key: ForeignKeySchema, dialect: DialectName): string {
  const target = `REFERENCES ${quoted(key.target, dialect)} (${quotedList(key.targetColumns, dialect)})`;
  const onDelete = key.onDelete === "no action" ? "" : ` ON DELETE ${key.onDelete.toUpperCase()}`;
  const onUpdate = key.onUpdate === "no action" ? "" : ` ON UPDATE ${key.onUpdate.toUpperCase()}`;
  return target + onDelete + onUpdate;
}

export function createIndexSql(table: string, index: IndexSchema, dialect: DialectName): string {
  const columns = index.columns.map(
    ({ name, descending }) => quoted(name, dialect) + (descending ? " DESC" : ""),
  );
  const head = `CREATE ${index.unique ? "UNIQUE " : ""}INDEX ${quoted(index.name, dialect)}`;
  const where = index.where === undefined ? "" : ` WHERE ${index.where}`;
  return `${head} ON ${quoted(table, dialect)} (${columns.join(", ")})${where}`;
}

/** CREATE TABLE of columns and constraints that are written already, one a line. */
export function createTableSql(
  table: string,
  lines: readonly string[],
  dialect: DialectName,
  tail = "",
): string {
  return `CREATE TABLE ${quoted(table, dialect)} (\n  ${lines.join(",\n  ")}\n)${tail}`;
}

/** The constraints of a table in the order in which they are written, without its primary key. */
export function constraintLines(table: TableSchema, dialect: DialectName): string[] {
  return [
    ...table.uniques.map((unique) => uniqueSql(unique, dialect)),
    ...table.checks.map((check) => checkSql(check, dialect)),
    ...table.foreignKeys.map((key) => foreignKeySql(key, dialect)),
  ];
}

/** Whether SQL is one constant: a number with or without sign, a text, a word like `true`. */
export function isConstant(sql: string, dialect: DialectName): boolean {
  const [first, second, ...rest] = codeTokens(sql, dialect);
  if (first === undefined || rest.length > 0) return false;
  if (second !== undefined) return /^[+-]$/.test(first.text) && second.kind === "number";
  return first.kind === "number" || first.kind === "string" || /^(?:null|true|false)$/i.test(first.text);
}
