/** Runs SQL that is not kept prepared, on a borrowed connection. */
import type { Dialect, DriverValue } from "../dialects/dialect.ts";
import type { DriverConnection, DriverRow } from "../driver/driver.ts";
import { nextStatementId } from "../driver/statement-id.ts";
import type { DialectName } from "../model/column-type.ts";

/** A connection that belongs to one run, with the dialect it speaks. */
export interface MigrationConnection {
  readonly connection: DriverConnection;
  readonly dialect: Dialect;
}

/** The rows of a query. */
export async function rowsOf(
  { connection }: MigrationConnection,
  sql: string,
  values: readonly DriverValue[] = [],
): Promise<DriverRow[]> {
  const statement = { id: nextStatementId(), sql, givesRows: true, bigInts: false, prepare: false };
  return await connection.rows(statement, [...values]);
}

/** Runs a statement and resolves to how many rows it changed. */
export async function execute(
  { connection }: MigrationConnection,
  sql: string,
  values: readonly DriverValue[] = [],
): Promise<number> {
  const statement = { id: nextStatementId(), sql, givesRows: false, bigInts: false, prepare: false };
  return (await connection.write(statement, [...values])).changes;
}

/** The statement with the placeholders of the dialect in the place of each `?`. For SQL of this folder alone. */
export function bound(sql: string, dialect: DialectName): string {
  let number = 0;
  return dialect === "postgresql" ? sql.replaceAll("?", () => `$${++number}`) : sql;
}

/** The names of the tables of the current schema, without those that migrations keep for themselves. */
export async function tableNames(run: MigrationConnection): Promise<string[]> {
  const rows = await rowsOf(run, tables[run.dialect.name]);
  return rows.map(([name]) => String(name)).filter((name) => !ownTables.includes(name));
}

/** Whether there is a table of this name, one of migrations' own included. */
export async function tableExists(run: MigrationConnection, name: string): Promise<boolean> {
  return (await rowsOf(run, tables[run.dialect.name])).some(([found]) => found === name);
}

/** Where the history of migrations stands. */
export const HISTORY = "limpid_migrations";
/** SQLite: who migrates at the moment. */
export const LOCK = "limpid_migration_lock";
const ownTables: readonly string[] = [HISTORY, LOCK];

/** Partitions count with their table; virtual tables of SQLite have no rows of their own. */
const tables: Readonly<Record<DialectName, string>> = {
  sqlite: `SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'
    AND sql NOT LIKE 'CREATE VIRTUAL %' ORDER BY name`,
  postgresql: `SELECT c.relname::text FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`,
  mysql: `SELECT table_name FROM information_schema.tables
    WHERE table_schema = database() AND table_type = 'BASE TABLE' ORDER BY table_name`,
};
