/** Databases for tests of the blog, each empty and gone after its test: a file of SQLite, a schema of PostgreSQL. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { Database, sql } from "limpid/orm";

/** Makes a database and resolves to its address. */
export type Place = (context: TestContext) => Promise<string>;

/** A folder that is gone after the test. */
export async function temporaryFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "limpid-blog-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export const sqlite: Place = async (context) => `sqlite:${join(await temporaryFolder(context), "blog.db")}`;

const server = process.env.DATABASE_URL ?? "postgres://root@127.0.0.1:5432/test";

export const postgresql: Place = async (context) => {
  const name = `limpid_blog_${randomBytes(6).toString("hex")}`;
  const schema = sql.id(name);
  await onServer((db) => db.execute(sql`create schema ${schema}`));
  context.after(() => onServer((db) => db.execute(sql`drop schema ${schema} cascade`)));
  const url = new URL(server);
  url.searchParams.set("options", `-c search_path=${name}`);
  return url.href;
};

/** Why nothing can be tested on PostgreSQL here, for `skip`; where a server is promised, its absence is a failure. */
export const noPostgresql: string | false = await onServer((db) => db.ping()).then(
  (): false => false,
  (error: Error) => {
    if (process.env.CI === "true") throw error;
    return `no PostgreSQL server: ${error.message}`;
  },
);

/** Each kind of database that the blog is made for. */
export const databases = [
  { name: "SQLite", place: sqlite, skip: false },
  { name: "PostgreSQL", place: postgresql, skip: noPostgresql },
] as const;

async function onServer(work: (db: Database) => Promise<unknown>): Promise<void> {
  await using db = await Database.connect(server);
  await work(db);
}
