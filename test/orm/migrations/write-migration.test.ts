/** From models to files: what `diff` writes is read back, runs on every database, and leads to what the models say. */
import assert from "node:assert/strict";
import { copyFile, readdir, readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { integer, model, varchar } from "limpid/orm";
import type { ConnectionSource } from "../../../src/orm/driver/driver.ts";
import { migrate } from "../../../src/orm/migrations/migrate.ts";
import { readMigrations } from "../../../src/orm/migrations/migration-folder.ts";
import { migrationStatus } from "../../../src/orm/migrations/migration-status.ts";
import { rollback } from "../../../src/orm/migrations/rollback.ts";
import { declaredSchemas, tablesOfModule } from "../../../src/orm/migrations/schemas-of.ts";
import { formatSnapshot, parseSnapshot } from "../../../src/orm/migrations/snapshot.ts";
import { writeMigration } from "../../../src/orm/migrations/write-migration.ts";
import { dialects, folderWith, openDatabase, unreachable } from "./databases.ts";

const first = model("users", { id: integer().primaryKey(), name: varchar(50).unique() });
const second = model("users", {
  id: integer().primaryKey(),
  name: varchar(50).unique(),
  age: integer().default(0),
});
const third = model("users", {
  id: integer().primaryKey(),
  name: varchar(50).unique(),
  years: integer().default(0),
});

function declared(user: unknown) {
  return declaredSchemas(tablesOfModule({ user }), dialects);
}

async function drift(source: ConnectionSource, folder: string): Promise<readonly string[] | undefined> {
  return (await migrationStatus(source, { folder })).drift;
}

for (const dialect of dialects) {
  describe(dialect, { skip: await unreachable(dialect) }, () => {
    test("models, changed twice and renamed, with rows, there and back", async (t) => {
      const { source, run, rows } = await openDatabase(t, dialect);
      const folder = await folderWith(t);
      const one = await writeMigration({ folder, declared: declared(first), name: "first" });
      assert.ok(one !== undefined);
      assert.equal(await writeMigration({ folder, declared: declared(first) }), undefined);
      await migrate(source, { folder });
      await run("INSERT INTO users (name) VALUES ('alice'), ('bob')");
      const two = await writeMigration({ folder, declared: declared(second), name: "second" });
      assert.deepEqual(two?.parents, [one.hash]);
      await migrate(source, { folder });
      const renames = { renamed: [{ from: "users.age", to: "users.years" }] };
      await assert.rejects(writeMigration({ folder, declared: declared(third) }), {
        code: "LMP_ORM_MIGRATION_AMBIGUOUS",
      });
      await writeMigration({ folder, declared: declared(third), renames, name: "third" });
      await migrate(source, { folder });
      assert.deepEqual(
        (await rows("SELECT name, years FROM users ORDER BY id")).map(([name, years]) => [
          name,
          Number(years),
        ]),
        [
          ["alice", 0],
          ["bob", 0],
        ],
      );
      assert.deepEqual(await drift(source, folder), []);
      await rollback(source, { folder, to: "first", allowDataLoss: true });
      assert.deepEqual(await drift(source, folder), []);
      assert.deepEqual((await rows("SELECT name FROM users ORDER BY id")).flat(), ["alice", "bob"]);
    });
  });
}

test("a file that is written is read back with its hash, and a snapshot as it was", async (t) => {
  const folder = await folderWith(t);
  const written = await writeMigration({
    folder,
    declared: declared(second),
    now: new Date("2026-11-21T15:30:00Z"),
  });
  assert.equal(written?.name, "20261121-1530-create-table-users");
  assert.deepEqual((await readdir(folder)).sort(), [
    "20261121-1530-create-table-users.snapshot.json",
    "20261121-1530-create-table-users.sql",
  ]);
  const [read] = await readMigrations(folder);
  assert.equal(read?.hash, written?.hash);
  const text = await readFile(written?.snapshotFile ?? "", "utf8");
  assert.equal(formatSnapshot(parseSnapshot(text, "a")), text);
  assert.deepEqual(
    dialects.map((dialect) => read?.snapshot?.[dialect]),
    declared(second),
  );
});

test("two branches from the same snapshot merge into what both say", async (t) => {
  const folder = await folderWith(t);
  const posts = model("posts", { id: integer().primaryKey() });
  const tags = model("tags", { id: integer().primaryKey() });
  const base = tablesOfModule({ first });
  const both = (...models: unknown[]) =>
    declaredSchemas([...base, ...tablesOfModule({ ...models })], dialects);
  await writeMigration({ folder, declared: both(), name: "base" });
  const other = await folderWith(t);
  await copyFolder(folder, other);
  await writeMigration({ folder, declared: both(posts), name: "posts" });
  await writeMigration({ folder: other, declared: both(tags), name: "tags" });
  await copyFolder(other, folder);
  assert.equal(await writeMigration({ folder, declared: both(posts, tags) }), undefined);
});

test("a name that is no file's is refused", async (t) => {
  const folder = await folderWith(t);
  await assert.rejects(writeMigration({ folder, declared: declared(first), name: "../a" }), {
    code: "LMP_ORM_OPTION_INVALID",
  });
});

test("two branches that change the same column are refused with both files", async (t) => {
  const folder = await folderWith(t);
  await writeMigration({ folder, declared: declared(first), name: "base" });
  const other = await folderWith(t);
  await copyFolder(folder, other);
  await writeMigration({ folder, declared: declared(second), name: "age" });
  await writeMigration({ folder: other, declared: declared(second), name: "also-age" });
  await copyFolder(other, folder);
  await assert.rejects(writeMigration({ folder, declared: declared(second) }), {
    code: "LMP_ORM_MIGRATION_INVALID",
    message: "Two migrations have the same content.",
  });
  const longer = model("users", { id: integer().primaryKey(), name: varchar(80).unique() });
  const third = await folderWith(t);
  await copyFolder(folder, third, (name) => name.includes("-base."));
  await writeMigration({ folder: third, declared: declared(longer), name: "longer" });
  const shorter = model("users", { id: integer().primaryKey(), name: varchar(90).unique() });
  const fourth = await folderWith(t);
  await copyFolder(folder, fourth, (name) => name.includes("-base."));
  await writeMigration({ folder: fourth, declared: declared(shorter), name: "longest" });
  await copyFolder(third, fourth);
  await assert.rejects(
    writeMigration({ folder: fourth, declared: declared(longer) }),
    (error: { code: string; found: string }) => {
      assert.equal(error.code, "LMP_ORM_MIGRATION_CONFLICT");
      assert.match(error.found, /-longer\.sql and .*-longest\.sql both touch .*users/);
      return true;
    },
  );
});

async function copyFolder(
  from: string,
  to: string,
  wanted = (_name: string): boolean => true,
): Promise<void> {
  for (const name of await readdir(from))
    if (wanted(name)) await copyFile(`${from}/${name}`, `${to}/${name}`);
}
