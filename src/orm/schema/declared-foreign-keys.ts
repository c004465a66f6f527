/** Foreign keys that a model declares, each with the table and column it refers to. */
import { LimpidError } from "../../errors/index.ts";
import type { DialectName } from "../model/column-type.ts";
import type { ColumnDefinition, Reference, TableDefinition } from "../model/definition.ts";
import { constraintName } from "./constraint-name.ts";
import type { ForeignKeySchema } from "./schema.ts";
import { unsupported } from "./unsupported.ts";

/** Finds table and column of what `Reference.target()` gives. */
export type ResolveColumn = (
  target: unknown,
) => { readonly table: TableDefinition; readonly column: ColumnDefinition } | undefined;

export function declaredForeignKeys(
  table: TableDefinition,
  dialect: DialectName,
  resolve: ResolveColumn,
): ForeignKeySchema[] {
  const foreignKeys: ForeignKeySchema[] = [];
  for (const column of table.columns) {
    if (column.references === undefined) continue;
    const what = `${table.name}.${column.name}`;
    const { onDelete, onUpdate } = column.references;
    if (dialect === "mysql" && (onDelete === "set default" || onUpdate === "set default")) {
      throw unsupported("mysql", 'action "set default"', `"set default" at ${what}`, 'Use "set null".');
    }
    const target = referencedBy(column.references, what, resolve);
    foreignKeys.push({
      name: constraintName("fkey", table.name, [column.name]),
      columns: [column.name],
      target: target.table.name,
      targetColumns: [target.column.name],
      onDelete,
      onUpdate,
    });
  }
  return foreignKeys;
}

function referencedBy(reference: Reference, what: string, resolve: ResolveColumn) {
  const found = resolve(reference.target());
  if (found === undefined) {
    throw new LimpidError(
      "LMP_ORM_MODEL_INVALID",
      `The column ${what} refers to something that is no column.`,
      {
        expected: "a column of a model",
        found: "something else",
        fix: "Write references(() => User.id).",
      },
    );
  }
  const { table, column } = found;
  const isKey = column.primaryKey && table.primaryKey.length === 1;
  const hasIndex = table.indexes.some(
    (index) =>
      index.unique && !index.where && index.columns.length === 1 && index.columns[0]?.column === column,
  );
  if (isKey || column.unique || hasIndex) return found;
  throw new LimpidError("LMP_ORM_MODEL_INVALID", `The column ${what} refers to one that is not unique.`, {
    expected: "a primary key of one column, or a unique column",
    found: `${table.name}.${column.name}`,
    fix: "Refer to the primary key, or make the column unique().",
  });
}
