/** Empty databases for tests of schemas, and a plain runner of migration steps. */
import { randomBytes } from "node:crypto";
import type { DriverConnection } from "../../../src/orm/driver/driver.ts";
import { connectMysql } from "../../../src/orm/driver/mysql/connect-mysql.ts";
import { connectPostgresql } from "../../../src/orm/driver/postgresql/connect-postgresql.ts";
import { connectSqlite } from "../../../src/orm/driver/sqlite/connect-sqlite.ts";
import { nextStatementId } from "../../../src/orm/driver/statement-id.ts";
import type { DialectName } from "../../../src/orm/model/column-type.ts";
import { quoted } from "../../../src/orm/schema/identifier.ts";
import type { MigrationStep } from "../../../src/orm/schema/migration-step.ts";
import { servers } from "../../databases/servers.ts";

export { unreachable } from "../../databases/servers.ts";

export const dialects: readonly DialectName[] = ["sqlite", "postgresql", "mysql"];

/** An empty database (or schema) of its own, on one connection. */
export interface Scratch {
  readonly dialect: DialectName;
  readonly connection: DriverConnection;
  rows(sql: string): Promise<unknown[][]>;
  /** Runs SQL, one statement after the other. */
  run(...statements: string[]): Promise<void>;
  /** Makes it empty again. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

function open(dialect: DialectName) {
  const options = { statementTimeout: 0 };
  if (dialect === "sqlite") return connectSqlite(":memory:", options);
  return dialect === "postgresql"
    ? connectPostgresql(servers.postgresql, options)
    : connectMysql(servers.mysql, options);
}

export async function scratch(dialect: DialectName): Promise<Scratch> {
  const source = await open(dialect);
  const connection = await source.acquire("write");
  const name = `limpid_test_${randomBytes(6).toString("hex")}`;
  const run = async (...statements: string[]) => {
    for (const sql of statements) await connection.script(sql);
  };
  const rows = async (sql: string): Promise<unknown[][]> => {
    const id = nextStatementId();
    return connection.rows({ id, sql, givesRows: true, bigInts: false, prepare: false }, []);
  };
  const drop = {
    sqlite: async () => {
      await run("PRAGMA foreign_keys = OFF");
      for (const [kind, table] of await rows(
        "SELECT type, name FROM sqlite_schema WHERE type IN ('view', 'table') AND name NOT LIKE 'sqlite%'",
      )) {
        await run(`DROP ${kind} ${quoted(String(table), "sqlite")}`);
      }
      await run("PRAGMA foreign_keys = ON");
    },
    postgresql: () => run(`DROP SCHEMA IF EXISTS ${name} CASCADE`),
    mysql: () => run(`DROP DATABASE IF EXISTS ${name}`),
  }[dialect];
  const clear = async () => {
    await drop();
    if (dialect === "postgresql") await run(`CREATE SCHEMA ${name}`, `SET search_path TO ${name}`);
    if (dialect === "mysql") await run(`CREATE DATABASE ${name}`, `USE ${name}`);
  };
  await clear();
  const close = async () => {
    await drop();
    source.release(connection, true);
    await source.close();
  };
  return { dialect, connection, rows, run, clear, close };
}

/** Runs steps as a runner of migrations does. Data loss is allowed unless it is said otherwise. */
export async function migrate(
  database: Scratch,
  steps: readonly MigrationStep[],
  allowLoss = true,
): Promise<void> {
  const { dialect, run } = database;
  if (dialect === "sqlite") await run("PRAGMA foreign_keys = OFF");
  if (dialect !== "mysql") await run("BEGIN");
  try {
    await runSteps(database, steps, allowLoss);
    if (dialect === "sqlite") {
      const orphans = await database.rows("PRAGMA foreign_key_check");
      if (orphans.length > 0) throw new Error(`foreign_key_check: ${JSON.stringify(orphans)}`);
    }
    if (dialect !== "mysql") await run("COMMIT");
  } catch (error) {
    if (dialect !== "mysql") await run("ROLLBACK");
    throw error;
  } finally {
    if (dialect === "sqlite") await run("PRAGMA legacy_alter_table = OFF", "PRAGMA foreign_keys = ON");
  }
}

async function runSteps(
  database: Scratch,
  steps: readonly MigrationStep[],
  allowLoss: boolean,
): Promise<void> {
  let saved: unknown[][] = [];
  for (const { sql, guard, loses, rebuild } of steps) {
    if (guard !== undefined) {
      const isWaived = loses !== undefined && allowLoss;
      if (!isWaived && (await database.rows(sql)).length > 0) throw new Error(guard);
      continue;
    }
    if (loses !== undefined && !allowLoss) throw new Error(`would lose ${loses.table}.${loses.column}`);
    const ofTable = `FROM sqlite_schema WHERE tbl_name = '${rebuild?.table}' AND type IN ('trigger', 'index') AND sql IS NOT NULL`;
    if (rebuild?.stage === "begin") saved = await database.rows(`SELECT name, sql ${ofTable}`);
    try {
      await database.run(sql);
    } catch (error) {
      throw new Error(`${sql}\n${error instanceof Error ? error.message : error}`, { cause: error });
    }
    if (rebuild?.stage !== "end") continue;
    const names = new Set((await database.rows(`SELECT name ${ofTable}`)).map(([name]) => name));
    for (const [name, text] of saved) if (!names.has(name)) await database.run(String(text));
  }
}
