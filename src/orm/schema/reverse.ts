/** What undoes operations. */
import { applyOperations } from "./apply.ts";
import { neutralLiteral } from "./neutral-literal.ts";
import type { AddColumn, Operation } from "./operations.ts";
import type { ColumnSchema, Schema } from "./schema.ts";
import { columnNamed, oneNamed, tableNamed } from "./schema-lookup.ts";

/**
 * The operations that undo those given, when they ran on `from`. What they destroyed comes back empty: rows are gone,
 * and a column that must have a value gets an empty text, 0, or the like.
 *
 * Throws `LMP_ORM_MIGRATION_INVALID` for an operation about something that is not there.
 */
export function reverseOperations(operations: readonly Operation[], from: Schema): Operation[] {
  const reversed: Operation[] = [];
  let schema = from;
  for (const operation of operations) {
    reversed.unshift(reverse(operation, schema));
    schema = applyOperations(schema, [operation]);
  }
  return reversed;
}

function reverse(operation: Operation, before: Schema): Operation {
  switch (operation.kind) {
    case "createTable":
      return { kind: "dropTable", table: operation.table.name };
    case "dropTable":
      return { kind: "createTable", table: tableNamed(before, operation.table) };
    case "renameTable":
      return { kind: "renameTable", from: operation.to, to: operation.from };
    case "renameColumn":
      return { kind: "renameColumn", table: operation.table, from: operation.to, to: operation.from };
    case "addColumn":
      return { kind: "dropColumn", table: operation.table, column: operation.column.name };
    case "addIndex":
      return { kind: "dropIndex", table: operation.table, name: operation.index.name };
    case "addUnique":
      return { kind: "dropUnique", table: operation.table, name: operation.unique.name };
    case "addForeignKey":
      return { kind: "dropForeignKey", table: operation.table, name: operation.foreignKey.name };
    case "addCheck":
      return { kind: "dropCheck", table: operation.table, name: operation.check.name };
    default:
      return restored(operation, before);
  }
}

type Removal = Extract<
  Operation,
  {
    readonly kind:
      | "dropColumn"
      | "alterColumn"
      | "dropIndex"
      | "dropUnique"
      | "dropForeignKey"
      | "dropCheck"
      | "changePrimaryKey";
  }
>;

/** Brings back what the table had before. */
function restored(operation: Removal, before: Schema): Operation {
  const table = tableNamed(before, operation.table);
  const { name } = table;
  switch (operation.kind) {
    case "dropColumn":
      return restoredColumn(name, columnNamed(table, operation.column), before);
    case "alterColumn":
      return { kind: "alterColumn", table: name, to: columnNamed(table, operation.to.name) };
    case "dropIndex":
      return { kind: "addIndex", table: name, index: oneNamed(table.indexes, operation.name) };
    case "dropUnique":
      return { kind: "addUnique", table: name, unique: oneNamed(table.uniques, operation.name) };
    case "dropForeignKey":
      return { kind: "addForeignKey", table: name, foreignKey: oneNamed(table.foreignKeys, operation.name) };
    case "dropCheck":
      return { kind: "addCheck", table: name, check: oneNamed(table.checks, operation.name) };
    case "changePrimaryKey":
      return { kind: "changePrimaryKey", table: name, columns: table.primaryKey };
  }
}

function restoredColumn(table: string, column: ColumnSchema, before: Schema): AddColumn {
  const needsNothing = column.nullable || column.identity || column.generated !== undefined;
  if (needsNothing || column.default !== undefined) return { kind: "addColumn", table, column };
  return { kind: "addColumn", table, column, fill: neutralLiteral(column.type, before.dialect) };
}
