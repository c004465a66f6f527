/** What goes before a column, or a table, can go. */
import { mentions } from "./expression-names.ts";
import type { Operation } from "./operations.ts";
import type { ForeignKeySchema, Schema } from "./schema.ts";
import { columnNamed, tableNamed } from "./schema-lookup.ts";

/** Drops the foreign keys for which `concerns` holds. On SQLite a table that goes takes its own along. */
export function foreignKeyDrops(
  schema: Schema,
  concerns: (key: ForeignKeySchema, owner: string) => boolean,
): Operation[] {
  return schema.tables.flatMap((table) =>
    table.foreignKeys
      .filter((key) => concerns(key, table.name))
      .map((key) => ({ kind: "dropForeignKey", table: table.name, name: key.name }) as const),
  );
}

/** Drops a column, and before it everything that mentions it. */
export function columnDrop(schema: Schema, tableName: string, column: string): Operation[] {
  const { dialect } = schema;
  const table = tableNamed(schema, tableName);
  const definition = columnNamed(table, column);
  const operations = foreignKeyDrops(
    schema,
    (key, owner) =>
      (owner === tableName && key.columns.includes(column)) ||
      (key.target === tableName && key.targetColumns.includes(column)),
  );
  for (const { name, sql } of table.checks) {
    if (mentions(sql, column, dialect)) operations.push({ kind: "dropCheck", table: tableName, name });
  }
  for (const { name, columns, where } of table.indexes) {
    const isIn = columns.some((part) => part.name === column);
    if (isIn || (where !== undefined && mentions(where, column, dialect))) {
      operations.push({ kind: "dropIndex", table: tableName, name });
    }
  }
  for (const { name, columns } of table.uniques) {
    if (columns.includes(column)) operations.push({ kind: "dropUnique", table: tableName, name });
  }
  if (table.primaryKey.includes(column)) {
    if (definition.identity) {
      operations.push({ kind: "alterColumn", table: tableName, to: { ...definition, identity: false } });
    }
    operations.push({ kind: "changePrimaryKey", table: tableName, columns: [] });
  }
  for (const { name, generated } of table.columns) {
    if (name === column || generated === undefined || !mentions(generated.sql, column, dialect)) continue;
    operations.push({ kind: "dropColumn", table: tableName, column: name });
  }
  operations.push({ kind: "dropColumn", table: tableName, column });
  return operations;
}
