/** Follows operations on a schema as data. */
import type { Operation } from "./operations.ts";
import { columnRenamed, tableRenamed, targetRenamed } from "./rename-in-table.ts";
import type { Schema, TableSchema } from "./schema.ts";
import { columnNamed, oneNamed, tableNamed, withTable } from "./schema-lookup.ts";

type ChangeOfTable = Exclude<
  Operation,
  { readonly kind: "createTable" | "dropTable" | "renameTable" | "renameColumn" }
>;

/**
 * The schema after the operations. Pure.
 *
 * Throws `LMP_ORM_MIGRATION_INVALID` for an operation about something that is not there.
 */
export function applyOperations(schema: Schema, operations: readonly Operation[]): Schema {
  return operations.reduce(applyOperation, schema);
}

function applyOperation(schema: Schema, operation: Operation): Schema {
  switch (operation.kind) {
    case "createTable":
      return { ...schema, tables: [...schema.tables, operation.table] };
    case "dropTable":
      tableNamed(schema, operation.table);
      return { ...schema, tables: schema.tables.filter((table) => table.name !== operation.table) };
    case "renameTable": {
      const renamed = withTable(schema, operation.from, (table) => tableRenamed(table, operation.to));
      const change = { table: operation.to };
      return {
        ...renamed,
        tables: renamed.tables.map((table) => targetRenamed(table, operation.from, change)),
      };
    }
    case "renameColumn": {
      const { table: name, from, to } = operation;
      columnNamed(tableNamed(schema, name), from);
      const renamed = withTable(schema, name, (table) => columnRenamed(table, from, to, schema.dialect));
      const change = { column: { from, to } };
      return { ...renamed, tables: renamed.tables.map((table) => targetRenamed(table, name, change)) };
    }
    default:
      return withTable(schema, operation.table, (table) => changedTable(table, operation));
  }
}

function changedTable(table: TableSchema, operation: ChangeOfTable): TableSchema {
  switch (operation.kind) {
    case "addColumn":
      return { ...table, columns: [...table.columns, operation.column] };
    case "dropColumn":
      return { ...table, columns: without(table.columns, operation.column) };
    case "alterColumn":
      columnNamed(table, operation.to.name);
      return {
        ...table,
        columns: table.columns.map((column) => (column.name === operation.to.name ? operation.to : column)),
      };
    case "addIndex":
      return { ...table, indexes: [...table.indexes, operation.index] };
    case "dropIndex":
      return { ...table, indexes: without(table.indexes, operation.name) };
    case "addUnique":
      return { ...table, uniques: [...table.uniques, operation.unique] };
    case "dropUnique":
      return { ...table, uniques: without(table.uniques, operation.name) };
    case "addForeignKey":
      return { ...table, foreignKeys: [...table.foreignKeys, operation.foreignKey] };
    case "dropForeignKey":
      return { ...table, foreignKeys: without(table.foreignKeys, operation.name) };
    case "addCheck":
      return { ...table, checks: [...table.checks, operation.check] };
    case "dropCheck":
      return { ...table, checks: without(table.checks, operation.name) };
    case "changePrimaryKey":
      return { ...table, primaryKey: operation.columns };
  }
}

function without<Named extends { readonly name: string }>(items: readonly Named[], name: string): Named[] {
  oneNamed(items, name);
  return items.filter((item) => item.name !== name);
}
