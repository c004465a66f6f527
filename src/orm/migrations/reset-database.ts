/** Drops everything that stands in the schema of a database. */
import type { ConnectionSource } from "../driver/driver.ts";
import type { DialectName } from "../model/column-type.ts";
import { bound, type MigrationConnection, rowsOf } from "./plain-sql.ts";

/** Drops all tables, views and what else migrations make, the history of migrations included. */
export async function resetDatabase(source: ConnectionSource): Promise<void> {
  const connection = await source.acquire("write");
  const run: MigrationConnection = { connection, dialect: source.dialect };
  const { off, on } = references[source.dialect.name];
  try {
    await connection.script(off);
    const rows = await rowsOf(run, bound(objects[source.dialect.name], source.dialect.name));
    for (const [kind, name, more] of rows) {
      const quoted = source.dialect.quote(String(name));
      const cascade = source.dialect.name === "postgresql" ? " CASCADE" : "";
      await connection.script(`DROP ${kind} IF EXISTS ${quoted}${more ?? ""}${cascade}`);
    }
  } finally {
    if (connection.usable) await connection.script(on);
    source.release(connection);
  }
}

/** What keeps a table from being dropped while another refers to it. */
const references: Readonly<Record<DialectName, { off: string; on: string }>> = {
  sqlite: { off: "PRAGMA foreign_keys = OFF", on: "PRAGMA foreign_keys = ON" },
  postgresql: { off: "SET client_min_messages = warning", on: "RESET client_min_messages" },
  mysql: { off: "SET SESSION foreign_key_checks = 0", on: "SET SESSION foreign_key_checks = 1" },
};

/** Kind and name of what is there, in an order in which it can go. What belongs to an extension stays. */
const objects: Readonly<Record<DialectName, string>> = {
  sqlite: `SELECT type, name, NULL FROM sqlite_schema
    WHERE type IN ('view', 'table') AND substr(name, 1, 7) <> 'sqlite_'
    ORDER BY type = 'table', sql LIKE 'CREATE VIRTUAL %' DESC`,
  postgresql: `
    WITH own AS (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = current_schema())
    SELECT kind, name, more FROM (
      SELECT 1 AS position, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
          WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
        c.relname::text AS name, NULL AS more, 'pg_class'::regclass AS class, c.oid
      FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
        AND c.relnamespace IN (SELECT oid FROM own)
      UNION ALL
      SELECT 2, CASE p.prokind WHEN 'p' THEN 'PROCEDURE' WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END,
        p.proname::text, '(' || pg_get_function_identity_arguments(p.oid) || ')', 'pg_proc'::regclass, p.oid
      FROM pg_catalog.pg_proc p WHERE p.pronamespace IN (SELECT oid FROM own)
      UNION ALL
      SELECT 3, CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, t.typname::text, NULL,
        'pg_type'::regclass, t.oid
      FROM pg_catalog.pg_type t WHERE t.typtype IN ('e', 'd') AND t.typnamespace IN (SELECT oid FROM own)
    ) AS everything
    WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
      WHERE d.classid = class AND d.objid = everything.oid AND d.deptype IN ('e', 'i', 'a'))
    ORDER BY position, name`,
  mysql: `SELECT IF(table_type = 'VIEW', 'VIEW', 'TABLE'), table_name, NULL
    FROM information_schema.tables WHERE table_schema = database() ORDER BY table_type = 'VIEW' DESC`,
};
