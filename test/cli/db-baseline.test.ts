/** `limpid db` on a database that was there before: the whole way from its tables to the next migration. */
import assert from "node:assert/strict";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { folder } from "./process.ts";
import { limpid } from "./terminal.ts";

const models = `import { integer, model, text } from "limpid/orm";
export const Author = model("authors", { id: integer().primaryKey(), name: text() });
`;
const more = `${models}export const Book = model("books", { id: integer().primaryKey(), title: text() });\n`;
const old = `CREATE TABLE authors (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(80) NOT NULL);
CREATE TABLE sessions (token TEXT PRIMARY KEY);
INSERT INTO authors (name) VALUES ('Ada');`;

test("from tables that were there to migrations that go on", async (t) => {
  const cwd = await folder(t, { "models.ts": models, "more.ts": more });
  const db = new DatabaseSync(join(cwd, "old.db"));
  db.exec(old);
  db.close();
  const on = async (file: string, ...words: string[]) =>
    limpid(["db", ...words, "--database", `sqlite:${file}`], cwd);
  const early = await on("old.db", "baseline");
  assert.match(early.err, /no migrations to mark[\s\S]*limpid db diff[\s\S]*LMP_ORM_OPTION_INVALID/);
  const shown = await on("old.db", "diff", "--from-database", "--dry-run");
  assert.match(shown.out, /^-- left alone, because no model and no migration knows it: sessions\n/);
  assert.match(shown.out, /change column authors\.name: type VARCHAR\(80\) to TEXT\n/);
  await on("old.db", "diff", "--name", "base");
  const refused = await on("old.db", "baseline");
  assert.equal(refused.code, 1);
  assert.match(
    refused.err,
    /still needs\n {4}change column authors\.name: type VARCHAR\(80\) to TEXT\n {2}fix: [\s\S]*LMP_ORM_MIGRATION_DIFFERS/,
  );
  const json = JSON.parse((await on("old.db", "baseline", "--json")).out) as { error: { code: string } };
  assert.equal(json.error.code, "LMP_ORM_MIGRATION_DIFFERS");
  const way = await on("old.db", "diff", "--from-database", "--migrations", "adopt");
  assert.match(way.out, /warning: no migration comes before it, so it runs in this database alone/);
  assert.match(way.out, /then run: limpid db migrate --migrations adopt\n$/);
  assert.equal((await on("old.db", "migrate", "--migrations", "adopt")).code, 0);
  const clean = await on("old.db", "diff", "--from-database", "--dry-run");
  assert.match(clean.out, /sessions\nNothing to do: the database is what the models say \(sqlite\)\.\n$/);
  assert.match((await on("old.db", "baseline")).err, /--replace-history[\s\S]*LMP_ORM_MIGRATION_MISSING/);
  const taken = await on("old.db", "baseline", "--replace-history");
  assert.match(
    taken.out,
    /^forgot {2}\S+\nmarked {2}\S+-base\n1 migration marked as applied; nothing was run\.\n-- left alone, .*: sessions\n$/,
  );
  assert.match((await on("old.db", "baseline")).out, /^Nothing to mark/);
  await on("old.db", "diff", "--models", "more.ts", "--name", "books");
  for (const [file, count] of [["old.db", 1] as const, ["new.db", 2] as const]) {
    const { out } = await on(file, "migrate", "--json");
    assert.equal((JSON.parse(out) as { done: unknown[] }).done.length, count);
    const status = await on(file, "status");
    assert.match(status.out, /The schema of the database is what its migrations say\.\n/);
    assert.equal(status.code, 0);
  }
});

test("differences are allowed where it is said, and told of; as JSON too", async (t) => {
  const cwd = await folder(t, { "models.ts": models, "more.ts": more });
  const database = ["--database", "sqlite:old.db"];
  const db = new DatabaseSync(join(cwd, "old.db"));
  db.exec(old);
  await limpid(["db", "diff", "--dialect", "sqlite", "--name", "base"], cwd);
  const { out } = await limpid(["db", "baseline", "--allow-differences", ...database], cwd);
  assert.match(
    out,
    /^marked[\s\S]*The database still needs:\n {2}change column authors\.name.*\n-- left alone/,
  );
  db.exec("DELETE FROM limpid_migrations");
  const json = await limpid(["db", "baseline", "--allow-differences", "--json", ...database], cwd);
  const found = JSON.parse(json.out) as Record<string, unknown[]>;
  assert.deepEqual(Object.keys(found), ["done", "forgotten", "differences", "leftAlone"]);
  assert.deepEqual([found.done?.length, found.differences?.length, found.leftAlone], [1, 1, ["sessions"]]);
  const status = await limpid(["db", "status", "--json", ...database], cwd);
  assert.deepEqual((JSON.parse(status.out) as { leftAlone: string[] }).leftAlone, ["sessions"]);
  assert.equal(status.code, 1);
  const diff = await limpid(["db", "diff", "--from-database", "--dry-run", "--json", ...database], cwd);
  assert.deepEqual((JSON.parse(diff.out) as { leftAlone: string[] }).leftAlone, ["sessions"]);
  db.close();
});

test("an empty database is never taken for one that has the tables", async (t) => {
  const cwd = await folder(t, { "models.ts": models });
  await limpid(["db", "diff", "--dialect", "sqlite"], cwd);
  const words = ["db", "baseline", "--database", "sqlite:empty.db", "--allow-differences"];
  const { code, err } = await limpid(words, cwd);
  assert.equal(code, 1);
  assert.match(err, /lacks tables[\s\S]*none called authors[\s\S]*limpid db migrate/);
  for (const file of await readdir(cwd)) if (file.startsWith("empty.db")) await rm(join(cwd, file));
});

test("it has help, and is among the commands", async (t) => {
  const cwd = await folder(t, {});
  assert.ok((await limpid(["db"], cwd)).out.includes("db baseline"));
  assert.match((await limpid(["db", "baseline", "--help"], cwd)).out, /--allow-differences[\s\S]*--json/);
});
