/** The two schemas that are compared: what a module of models declares, and what a database has. */
import type { ConnectionSource } from "../driver/driver.ts";
import type { DialectName } from "../model/column-type.ts";
import type { TableDefinition } from "../model/definition.ts";
import { referencedColumn, tableOf } from "../model/registry.ts";
import { declaredSchema } from "../schema/declared-schema.ts";
import { introspect } from "../schema/introspect.ts";
import { normalized } from "../schema/normalize.ts";
import type { Schema } from "../schema/schema.ts";
import { readMigrations } from "./migration-folder.ts";
import { migrationStatus } from "./migration-status.ts";
import { dialectNames } from "./snapshot.ts";

/** The tables of all models among the exports of a module. */
export function tablesOfModule(exported: Readonly<Record<string, unknown>>): TableDefinition[] {
  return [...new Set(Object.values(exported).flatMap((value) => tableOf(value) ?? []))];
}

/** What the tables declare, for each dialect. Throws `LMP_ORM_MODEL_INVALID` and `LMP_ORM_UNSUPPORTED`. */
export function declaredSchemas(
  tables: readonly TableDefinition[],
  dialects: readonly DialectName[],
): Schema[] {
  return dialects.map((dialect) => declaredSchema(tables, dialect, { resolve: referencedColumn }));
}

/** The schema of a database as it is. Throws `LMP_ORM_SCHEMA_UNREADABLE`. */
export async function schemaOfDatabase(source: ConnectionSource): Promise<Schema> {
  const connection = await source.acquire("write");
  try {
    return await introspect(connection, source.dialect.name);
  } finally {
    source.release(connection);
  }
}

/** A schema in the words in which the database would report it. */
export async function inWordsOf(source: ConnectionSource, schema: Schema): Promise<Schema> {
  const connection = await source.acquire("write");
  try {
    return await normalized(schema, connection);
  } finally {
    source.release(connection);
  }
}

/** The databases for which migrations of a folder have a snapshot. */
export async function snapshotDialects(folder: string): Promise<DialectName[]> {
  const migrations = await readMigrations(folder);
  return dialectNames.filter((dialect) =>
    migrations.some(({ snapshot }) => snapshot?.[dialect] !== undefined),
  );
}

/** What differs between a database and what the migrations that have run in it declare. */
export async function databaseDrift(
  source: ConnectionSource,
  folder: string,
): Promise<readonly string[] | undefined> {
  return (await migrationStatus(source, { folder })).drift;
}
