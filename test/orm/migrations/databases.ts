/** Databases of one's own, one a test, in every dialect whose server can be reached. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { ConnectionSource } from "../../../src/orm/driver/driver.ts";
import { connectMysql } from "../../../src/orm/driver/mysql/connect-mysql.ts";
import { connectPostgresql } from "../../../src/orm/driver/postgresql/connect-postgresql.ts";
import { connectSqlite } from "../../../src/orm/driver/sqlite/connect-sqlite.ts";
import { rowsOf } from "../../../src/orm/migrations/plain-sql.ts";
import type { DialectName } from "../../../src/orm/model/column-type.ts";
import { servers } from "../../databases/servers.ts";

export { unreachable } from "../../databases/servers.ts";

export const dialects: readonly DialectName[] = ["sqlite", "postgresql", "mysql"];

/** Connects to a database by its address. */
export function connect(url: string): Promise<ConnectionSource> {
  const options = { statementTimeout: 0, pool: { maximum: 4 } };
  if (url.startsWith("postgres")) return connectPostgresql(url, options);
  if (url.startsWith("mysql")) return connectMysql(url, options);
  return connectSqlite(url.replace(/^sqlite:/, ""), options);
}

/** A folder that is gone after the test, with files. */
export async function folderWith(t: TestContext, files: Record<string, string> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "limpid-migrations-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

/** The address of an empty database that is gone after the test. */
export async function emptyDatabase(t: TestContext, dialect: DialectName): Promise<string> {
  if (dialect === "sqlite") return `sqlite:${join(await folderWith(t), "test.db")}`;
  const name = `limpid_mig_${randomBytes(6).toString("hex")}`;
  const server = servers[dialect];
  const force = dialect === "postgresql" ? " WITH (FORCE)" : "";
  await onServer(server, `CREATE DATABASE ${name}`);
  t.after(() => onServer(server, `DROP DATABASE ${name}${force}`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(url: string, sql: string): Promise<void> {
  const source = await connect(url);
  const connection = await source.acquire("write");
  try {
    await connection.script(sql);
  } finally {
    source.release(connection);
    await source.close();
  }
}

/** A database that is open for the test. */
export interface OpenDatabase {
  readonly url: string;
  readonly source: ConnectionSource;
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<unknown[][]>;
}

/** An empty database, open until the end of the test. */
export async function openDatabase(t: TestContext, dialect: DialectName): Promise<OpenDatabase> {
  const url = await emptyDatabase(t, dialect);
  const source = await connect(url);
  t.after(() => source.close());
  const using = async <Result>(
    work: (connection: Awaited<ReturnType<ConnectionSource["acquire"]>>) => Result,
  ) => {
    const connection = await source.acquire("write");
    try {
      return await work(connection);
    } finally {
      source.release(connection);
    }
  };
  return {
    url,
    source,
    run: async (sql) => using((connection) => connection.script(sql)),
    rows: async (sql) => using((connection) => rowsOf({ connection, dialect: source.dialect }, sql)),
  };
}
