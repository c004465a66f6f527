/** Databases for tests of the blog, each empty and gone after its test: a file of SQLite, a schema or database of a server. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { Database, type Sql, sql } from "limpid/orm";
import { servers, unreachable } from "../databases/servers.ts";

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

export const sqlite: BlogDatabase = {
  name: "SQLite",
  place: async (context) => `sqlite:${join(await temporaryFolder(context), "blog.db")}`,
  skip: false,
};

export const postgresql: BlogDatabase = {
  name: "PostgreSQL",
  skip: await unreachable("postgresql"),
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
  skip: await unreachable("mysql"),
  place: async (context) => {
    const name = ownName();
    await onServer(servers.mysql, sql`create database ${sql.id(name)}`);
    context.after(() => onServer(servers.mysql, sql`drop database ${sql.id(name)}`));
    const url = new URL(servers.mysql);
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
