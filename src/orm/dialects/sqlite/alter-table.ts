/** Which changes SQLite makes without a rebuild of the table. */
import { mentions } from "../../schema/expression-names.ts";
import type { AddColumn, Operation, OperationOf } from "../../schema/operations.ts";
import type { Schema, TableSchema } from "../../schema/schema.ts";
import { tableNamed } from "../../schema/schema-lookup.ts";
import { isConstant } from "../../schema/table-sql.ts";

/** Checks and foreign keys of one new column, which ADD COLUMN writes at the column. */
export type Inline = OperationOf<"addCheck" | "addForeignKey">;

/** What comes with a new column, of the operations behind it; `undefined` where the column itself needs a rebuild. */
export function inlineOf(operation: AddColumn, operations: readonly Operation[], table: TableSchema) {
  if (!canBeAdded(operation)) return undefined;
  const { name } = operation.column;
  const added = operations.flatMap((other) => (other.kind === "addColumn" ? [other.column.name] : []));
  const columns = [...new Set([...table.columns.map((column) => column.name), ...added])];
  return operations.filter((other): other is Inline => {
    if (other.kind === "addForeignKey") {
      const key = other.foreignKey.columns;
      return other.table === operation.table && key.length === 1 && key[0] === name;
    }
    if (other.kind !== "addCheck" || other.table !== operation.table) return false;
    const mentioned = columns.filter((column) => mentions(other.check.sql, column, "sqlite"));
    return mentioned.length === 1 && mentioned[0] === name;
  });
}

function canBeAdded({ column, fill }: AddColumn): boolean {
  if (column.identity || fill !== undefined || column.generated?.stored) return false;
  if (column.generated !== undefined) return column.nullable;
  if (column.default === undefined) return column.nullable;
  return isConstant(column.default, "sqlite");
}

/** Whether an operation needs a rebuild; `before` and `after` are the schemas around it. */
export function needsRebuild(operation: Operation, before: Schema, after: Schema): boolean {
  switch (operation.kind) {
    case "createTable":
    case "dropTable":
    case "addIndex":
    case "dropIndex":
    case "addUnique":
      return false;
    case "addColumn":
      return !canBeAdded(operation);
    case "renameTable":
      return hasNewNames(tableNamed(before, operation.from), tableNamed(after, operation.to));
    case "renameColumn":
      return hasNewNames(tableNamed(before, operation.table), tableNamed(after, operation.table));
    case "dropColumn":
      return isUsed(operation.column, tableNamed(before, operation.table));
    default:
      return true;
  }
}

/** Names of constraints stand in the SQL of the table, which only a rebuild writes anew. */
function hasNewNames(before: TableSchema, after: TableSchema): boolean {
  return (["uniques", "checks", "foreignKeys"] as const).some((kind) =>
    before[kind].some(({ name }, at) => after[kind][at]?.name !== name),
  );
}

function isUsed(column: string, table: TableSchema): boolean {
  if (table.primaryKey.includes(column)) return true;
  if (table.foreignKeys.some((key) => key.columns.includes(column))) return true;
  if (table.uniques.some((unique) => unique.columns.includes(column))) return true;
  if (table.indexes.some((index) => index.columns.some((part) => part.name === column))) return true;
  const expressions = [
    ...table.checks.map((check) => check.sql),
    ...table.indexes.flatMap((index) => index.where ?? []),
    ...table.columns.flatMap(({ name, generated }) => (name === column ? [] : (generated?.sql ?? []))),
  ];
  return expressions.some((sql) => mentions(sql, column, "sqlite"));
}
