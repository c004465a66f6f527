/** Databases for tests of the blog, each empty and gone after its test: a file of SQLite, a schema or database of a server. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { Database, type Sql, sql } from "limpid/orm";

/** Makes a database and resolves to its address. */
export type Place = (context: TestContext) => Promise<string>;

/** A kind of database that the blog is made for, and why it cannot be tested here. */
export interface BlogDatabase {
  readonly name: string;
  readonly place: Place;
  readonly skip: string | false;
}

/** A folder that is gone after the test. */
export async function temporaryFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "limpid-blog-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const servers = {
  postgresql: process.env.DATABASE_URL ?? "postgres://root@127.0.0.1:5432/test",
  mariadb: process.env.MYSQL_URL ?? "mysql://root@127.0.0.1:3306/test",
};

export const sqlite: BlogDatabase = {
  name: "SQLite",
  place: async (context) => `sqlite:${join(await temporaryFolder(context), "blog.db")}`,
  skip: false,
};

export const postgresql: BlogDatabase = {
  name: "PostgreSQL",
  skip: await unreachable(servers.postgresql),
  place: async (context) => {
    const name = ownName();
    await onServer(servers.postgresql, sql`create schema ${sql.id(name)}`);
    context.after(() => onServer(servers.postgresql, sql`drop schema ${sql.id(name)} cascade`));
    const url = new URL(servers.postgresql);
    url.searchParams.set("options", `-c search_path=${name}`);
    return url.href;
  },
};

export const mariadb: BlogDatabase = {
  name: "MariaDB",
  skip: await unreachable(servers.mariadb),
  place: async (context) => {
    const name = ownName();
    await onServer(servers.mariadb, sql`create database ${sql.id(name)}`);
    context.after(() => onServer(servers.mariadb, sql`drop database ${sql.id(name)}`));
    const url = new URL(servers.mariadb);
    url.pathname = `/${name}`;
    return url.href;
  },
};

export const databases: readonly BlogDatabase[] = [sqlite, postgresql, mariadb];

function ownName(): string {
  return `limpid_blog_${randomBytes(6).toString("hex")}`;
}

async function onServer(url: string, statement: Sql): Promise<void> {
  await using db = await Database.connect(url);
  await db.execute(statement);
}

/** Why a server's tests are skipped; where one is promised, its absence is a failure. */
async function unreachable(url: string): Promise<string | false> {
  try {
    await onServer(url, sql`select 1`);
    return false;
  } catch (error) {
    if (process.env.CI === "true") throw error;
    return `no server at ${new URL(url).host}: ${(error as Error).message}`;
  }
}
