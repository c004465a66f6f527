/** Finds things in a schema by name, and changes one table of it. */
import { LimpidError } from "../../errors/index.ts";
import type { ColumnSchema, Schema, TableSchema } from "./schema.ts";

/** Throws `LMP_ORM_MIGRATION_INVALID` where the schema has no such table. */
export function tableNamed(schema: Schema, name: string): TableSchema {
  return schema.tables.find((table) => table.name === name) ?? missing(`table "${name}"`);
}

/** Throws `LMP_ORM_MIGRATION_INVALID` where the table has no such column. */
export function columnNamed(table: TableSchema, name: string): ColumnSchema {
  return table.columns.find((column) => column.name === name) ?? missing(`column "${table.name}.${name}"`);
}

/** One of several by name: an index, a constraint. Throws `LMP_ORM_MIGRATION_INVALID` where it is not there. */
export function oneNamed<Named extends { readonly name: string }>(
  items: readonly Named[],
  name: string,
): Named {
  return items.find((item) => item.name === name) ?? missing(`constraint or index "${name}"`);
}

/** The schema with another table in the place of one. */
export function withTable(schema: Schema, name: string, change: (table: TableSchema) => TableSchema): Schema {
  tableNamed(schema, name);
  return { ...schema, tables: schema.tables.map((table) => (table.name === name ? change(table) : table)) };
}

function missing(thing: string): never {
  throw new LimpidError("LMP_ORM_MIGRATION_INVALID", `An operation is about a ${thing} that is not there.`, {
    expected: "operations that follow on the schema they are applied to",
    found: `no ${thing}`,
    fix: "Write the migration anew from the models.",
  });
}
