/** Which properties of a model a broken constraint is about. */
import type { BrokenConstraint } from "../dialects/dialect.ts";
import type { ColumnDefinition, TableDefinition } from "../model/definition.ts";
import { constraintName } from "../schema/constraint-name.ts";

/** The properties; names in SQL where the table is another than the statement's. */
export function constraintColumns(
  broken: BrokenConstraint,
  table: TableDefinition | undefined,
): readonly string[] {
  if (table === undefined || (broken.table !== undefined && broken.table !== table.name))
    return broken.columns;
  if (broken.columns.length > 0)
    return broken.columns.map(
      (name) => table.columns.find((column) => column.name === name)?.property ?? name,
    );
  const { constraint, kind } = broken;
  // A reference without columns is one of other rows to the row that was to go.
  if (constraint === undefined || kind === "foreign key") return [];
  return namedBy(constraint, table).map(({ property }) => property);
}

/** The columns of a constraint, found by the name that `constraintName` gave it. */
function namedBy(constraint: string, table: TableDefinition): readonly ColumnDefinition[] {
  if (constraint === constraintName("pkey", table.name, []) || constraint === "PRIMARY")
    return table.primaryKey;
  for (const column of table.columns) {
    for (const kind of ["key", "check"] as const)
      if (constraintName(kind, table.name, [column.name]) === constraint) return [column];
  }
  const index = table.indexes.find(({ name, columns }) => {
    if (name !== undefined) return name === constraint;
    const names = columns.map(({ column }) => column.name);
    return (["key", "idx"] as const).some((kind) => constraintName(kind, table.name, names) === constraint);
  });
  return index?.columns.map(({ column }) => column) ?? [];
}
