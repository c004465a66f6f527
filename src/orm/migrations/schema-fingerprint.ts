/** Tells whether a statement that could not be undone had run before a process died: by the schema before and after. */
import type { DialectName } from "../model/column-type.ts";
import { digest } from "./content-hash.ts";
import { type MigrationConnection, rowsOf } from "./plain-sql.ts";

/** A hash of everything that statements of the schema change. It is the same as long as the schema is. */
export async function schemaFingerprint(run: MigrationConnection): Promise<string> {
  const parts: unknown[] = [];
  for (const sql of queries[run.dialect.name]) parts.push(await rowsOf(run, sql));
  return digest(JSON.stringify(parts));
}

/** PostgreSQL: what a broken-off CREATE INDEX CONCURRENTLY leaves behind is removed, where the statement names it. */
export async function dropInvalidIndexes(run: MigrationConnection, sql: string): Promise<void> {
  if (run.dialect.name !== "postgresql") return;
  const rows = await rowsOf(
    run,
    `SELECT c.relname::text FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE NOT i.indisvalid AND n.nspname = current_schema()`,
  );
  for (const [name] of rows) {
    if (sql.includes(String(name))) {
      await run.connection.script(`DROP INDEX ${run.dialect.quote(String(name))}`);
    }
  }
}

const queries: Readonly<Record<DialectName, readonly string[]>> = {
  sqlite: [
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'limpid~_%' ESCAPE '~' ORDER BY 1, 2",
  ],
  postgresql: [
    `SELECT c.relname::text, c.relkind::text, c.relpersistence::text FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() ORDER BY 1`,
    `SELECT c.relname::text, i.indisvalid::text, pg_get_indexdef(i.indexrelid) FROM pg_catalog.pg_index i
      JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() ORDER BY 1`,
    `SELECT table_name::text, column_name::text, data_type::text, is_nullable::text, column_default::text
      FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, 2`,
  ],
  mysql: [
    `SELECT table_name, table_type, engine, table_collation, create_options, table_comment
      FROM information_schema.tables WHERE table_schema = database() AND table_name <> 'limpid_migrations' ORDER BY 1`,
    `SELECT table_name, ordinal_position, column_name, column_default, is_nullable, column_type, character_set_name,
        collation_name, extra, column_comment
      FROM information_schema.columns WHERE table_schema = database() ORDER BY 1, 2`,
    `SELECT table_name, index_name, seq_in_index, column_name, non_unique, sub_part, index_type
      FROM information_schema.statistics WHERE table_schema = database() ORDER BY 1, 2, 3`,
    `SELECT table_name, constraint_name, constraint_type
      FROM information_schema.table_constraints WHERE table_schema = database() ORDER BY 1, 2`,
    `SELECT table_name, constraint_name, referenced_table_name, delete_rule, update_rule
      FROM information_schema.referential_constraints WHERE constraint_schema = database() ORDER BY 1, 2`,
    `SELECT constraint_name, check_clause
      FROM information_schema.check_constraints WHERE constraint_schema = database() ORDER BY 1, 2`,
    `SELECT trigger_name, event_object_table, action_statement
      FROM information_schema.triggers WHERE trigger_schema = database() ORDER BY 1`,
    `SELECT table_name, view_definition FROM information_schema.views WHERE table_schema = database() ORDER BY 1`,
    `SELECT routine_name, routine_type, routine_definition
      FROM information_schema.routines WHERE routine_schema = database() ORDER BY 1, 2`,
    `SELECT partition_name, table_name, partition_description
      FROM information_schema.partitions WHERE table_schema = database() ORDER BY 2, 1`,
  ],
};
