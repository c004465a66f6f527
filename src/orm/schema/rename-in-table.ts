/** A table after it, or one of its columns, has got another name: with all that depends on the name. */
import type { DialectName } from "../model/column-type.ts";
import { constraintName } from "./constraint-name.ts";
import { renameInExpression } from "./expression-names.ts";
import type { CheckSchema, ConstraintKind, ForeignKeySchema, TableSchema } from "./schema.ts";

const keyKinds: readonly ConstraintKind[] = ["key", "idx", "fkey"];

/** The table under another name. */
export function tableRenamed(table: TableSchema, to: string): TableSchema {
  const same = (column: string) => column;
  return { ...withNames(table, to, same), name: to };
}

/** The table after one of its columns has got another name. */
export function columnRenamed(
  table: TableSchema,
  from: string,
  to: string,
  dialect: DialectName,
): TableSchema {
  const rename = (column: string) => (column === from ? to : column);
  const inSql = (sql: string) => renameInExpression(sql, from, to, dialect);
  const named = withNames(table, table.name, rename);
  return {
    ...named,
    columns: table.columns.map((column) => ({
      ...column,
      name: rename(column.name),
      generated: column.generated && { ...column.generated, sql: inSql(column.generated.sql) },
    })),
    primaryKey: table.primaryKey.map(rename),
    indexes: named.indexes.map((index) => ({
      ...index,
      columns: index.columns.map((column) => ({ ...column, name: rename(column.name) })),
      where: index.where && inSql(index.where),
    })),
    uniques: named.uniques.map((unique) => ({ ...unique, columns: unique.columns.map(rename) })),
    foreignKeys: named.foreignKeys.map((key) => ({ ...key, columns: key.columns.map(rename) })),
    checks: named.checks.map((check) => ({ ...check, sql: inSql(check.sql) })),
  };
}

/** Foreign keys after the table or columns they refer to have got other names. */
export function targetRenamed(
  table: TableSchema,
  target: string,
  change: { readonly table?: string; readonly column?: { readonly from: string; readonly to: string } },
): TableSchema {
  if (!table.foreignKeys.some((key) => key.target === target)) return table;
  const { from, to } = change.column ?? {};
  const renamed = (key: ForeignKeySchema): ForeignKeySchema => ({
    ...key,
    target: change.table ?? target,
    targetColumns: key.targetColumns.map((column) => (column === from ? (to ?? column) : column)),
  });
  return {
    ...table,
    foreignKeys: table.foreignKeys.map((key) => (key.target === target ? renamed(key) : key)),
  };
}

/** Gives those names anew that were made from table and columns; others stay. */
function withNames(table: TableSchema, newTable: string, rename: (column: string) => string): TableSchema {
  const nameOf = (name: string, columns: readonly string[]) => {
    const kind = keyKinds.find((candidate) => constraintName(candidate, table.name, columns) === name);
    return kind === undefined ? name : constraintName(kind, newTable, columns.map(rename));
  };
  const checkName = ({ name }: CheckSchema) => {
    const column = table.columns.find(
      (candidate) => constraintName("check", table.name, [candidate.name]) === name,
    );
    return column === undefined ? name : constraintName("check", newTable, [rename(column.name)]);
  };
  return {
    ...table,
    indexes: table.indexes.map((index) => {
      const columns = index.columns.map((column) => column.name);
      return { ...index, name: nameOf(index.name, columns) };
    }),
    uniques: table.uniques.map((unique) => ({ ...unique, name: nameOf(unique.name, unique.columns) })),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, name: nameOf(key.name, key.columns) })),
    checks: table.checks.map((check) => ({ ...check, name: checkName(check) })),
  };
}
