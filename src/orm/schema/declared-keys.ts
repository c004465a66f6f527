/** Unique constraints and indexes that a model declares. */
import type { DialectName } from "../model/column-type.ts";
import type { ColumnDefinition, IndexDefinition, TableDefinition } from "../model/definition.ts";
import { constraintName } from "./constraint-name.ts";
import { fixedSql } from "./fixed-sql.ts";
import type { IndexSchema, UniqueSchema } from "./schema.ts";
import { unsupported } from "./unsupported.ts";

/** A unique index of whole columns, ascending and over all rows, is a unique constraint. */
export function declaredKeys(
  table: TableDefinition,
  dialect: DialectName,
): { readonly indexes: IndexSchema[]; readonly uniques: UniqueSchema[] } {
  const indexes: IndexSchema[] = [];
  const uniques: UniqueSchema[] = [];
  for (const column of table.columns) {
    const alone = { columns: [{ column, descending: false }], name: undefined, where: undefined };
    const isKey = column.primaryKey && table.primaryKey.length === 1;
    if (column.unique && !isKey) uniques.push(declaredUnique(table, { ...alone, unique: true }));
    if (column.index) indexes.push(declaredIndex(table, { ...alone, unique: false }, dialect));
  }
  for (const index of table.indexes) {
    const isConstraint = index.unique && !index.where && !index.columns.some((column) => column.descending);
    if (isConstraint) uniques.push(declaredUnique(table, index));
    else indexes.push(declaredIndex(table, index, dialect));
  }
  if (dialect === "mysql") checkKeyTypes(table);
  return { indexes, uniques };
}

function declaredUnique(table: TableDefinition, index: IndexDefinition): UniqueSchema {
  const columns = index.columns.map(({ column }) => column.name);
  return { name: index.name ?? constraintName("key", table.name, columns), columns };
}

function declaredIndex(table: TableDefinition, index: IndexDefinition, dialect: DialectName): IndexSchema {
  const columns = index.columns.map(({ column, descending }) => ({ name: column.name, descending }));
  const names = columns.map((column) => column.name);
  const name = index.name ?? constraintName("idx", table.name, names);
  if (index.where !== undefined && dialect === "mysql") {
    const fix = "Leave out where, or add a generated column that is null for the other rows and index it.";
    throw unsupported("mysql", "partial indexes", `the partial index "${name}"`, fix);
  }
  const where = index.where && fixedSql(index.where, dialect, `the index "${name}"`);
  return { name, columns, unique: index.unique, where };
}

/** MySQL indexes no column whose length has no limit. */
function checkKeyTypes(table: TableDefinition): void {
  const keys: ColumnDefinition[] = table.columns.filter((column) => column.index || column.unique);
  keys.push(
    ...table.primaryKey,
    ...table.indexes.flatMap((index) => index.columns.map(({ column }) => column)),
  );
  const endless = keys.find(
    ({ type }) => type.kind === "text" || type.kind === "bytes" || type.kind === "json",
  );
  if (endless === undefined) return;
  const found = `an index with ${table.name}.${endless.name}, which is ${endless.type.kind}`;
  throw unsupported(
    "mysql",
    "indexes of columns without a length",
    found,
    "Use varchar(length) for the column.",
  );
}
