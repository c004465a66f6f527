/** Creates the tables of models where they are missing: for tests and first steps. */
import type { Database } from "./database.ts";
import type { AnyModel } from "./model/model-types.ts";
import { definitionOf, referencedColumn } from "./model/registry.ts";
import { declaredSchema } from "./schema/declared-schema.ts";
import { diffSchemas } from "./schema/diff.ts";
import { introspect } from "./schema/introspect.ts";
import { renderOperations } from "./schema/render.ts";

/**
 * Creates the tables of these models that are not there yet, all or none; a table that is there stays as it is. For
 * tests and first steps: what is to last is changed by migrations, `limpid db diff` and `limpid db migrate`.
 * Resolves to the names of the tables it created. Throws `LMP_ORM_UNSUPPORTED` for columns the database cannot have.
 *
 * @example
 * ```ts
 * import { createTables, Database, integer, model, varchar } from "limpid/orm";
 *
 * const User = model("users", { id: integer().primaryKey(), name: varchar(50) });
 * const db = await Database.connect("sqlite::memory:");
 * console.log(await createTables(db, User)); // [ 'users' ]
 * console.log(await createTables(db, User)); // []
 * await db.close();
 * ```
 */
export async function createTables(db: Database, ...models: readonly AnyModel[]): Promise<string[]> {
  const tables = models.map((model) => definitionOf(model).table);
  const declared = declaredSchema(tables, db.dialect, { resolve: referencedColumn });
  return db.atomically(undefined, async (connection) => {
    const there = new Set((await introspect(connection, db.dialect)).tables.map(({ name }) => name));
    const missing = declared.tables.filter(({ name }) => !there.has(name));
    const nothing = { dialect: db.dialect, tables: [] };
    const { operations } = diffSchemas(nothing, { dialect: db.dialect, tables: missing });
    for (const { sql } of renderOperations(operations, nothing)) await connection.script(sql);
    return missing.map(({ name }) => name);
  });
}
