/** A database that was there before its migrations is taken over as it is, or refused with what is missing. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { baseline, migrate, migrationStatus, rollback, writeMigration } from "limpid/orm";
import { openRun } from "../../../src/orm/migrations/open-run.ts";
import { connect, dialects, folderWith, openDatabase, unreachable } from "./databases.ts";
import { migrationFile } from "./sections.ts";
import { declared, makeOldDatabase, Post, User } from "./there-before.ts";

for (const dialect of dialects) {
  describe(dialect, { skip: await unreachable(dialect) }, () => {
    test("migrations that make what is there are marked, and nothing runs", async (t) => {
      const old = await openDatabase(t, dialect);
      await makeOldDatabase(old);
      const folder = await folderWith(t);
      const base = await writeMigration({ folder, declared: declared(User), name: "base" });
      const marked = { name: base?.name, hash: base?.hash };
      assert.deepEqual(await baseline(old.source, { folder }), {
        done: [marked],
        forgotten: [],
        differences: [],
        leftAlone: ["legacy"],
      });
      assert.deepEqual((await baseline(old.source, { folder })).done, []);
      assert.deepEqual(await migrate(old.source, { folder }), { done: [] });
      const { drift, leftAlone, migrations } = await migrationStatus(old.source, { folder });
      assert.deepEqual([drift, leftAlone, migrations[0]?.state], [[], ["legacy"], "applied"]);
      await old.run("INSERT INTO users (name) VALUES ('grace')");
      assert.deepEqual((await old.rows("SELECT name FROM names ORDER BY 1")).flat(), ["ada", "grace"]);
      assert.deepEqual((await old.rows("SELECT code FROM legacy ORDER BY 1")).flat(), ["ada", "grace"]);
      // Later migrations run in both, and going back asks before rows are lost.
      await writeMigration({ folder, declared: declared(User, Post), name: "posts" });
      const fresh = await openDatabase(t, dialect);
      for (const [{ source }, count] of [[old, 1] as const, [fresh, 2] as const]) {
        assert.equal((await migrate(source, { folder })).done.length, count);
        assert.deepEqual((await migrationStatus(source, { folder })).drift, []);
      }
      await rollback(old.source, { folder });
      await assert.rejects(rollback(old.source, { folder }), { code: "LMP_ORM_MIGRATION_DATA_LOSS" });
    });

    test("a database that differs is refused with what it needs, and nothing is marked", async (t) => {
      const { source, run, rows } = await openDatabase(t, dialect);
      await run("CREATE TABLE posts (id integer NOT NULL PRIMARY KEY, year bigint NOT NULL, old integer)");
      const folder = await folderWith(t);
      await writeMigration({ folder, declared: declared(Post) });
      const differences: string[] = [];
      await assert.rejects(baseline(source, { folder }), (error: { code: string; found: string }) => {
        differences.push(...error.found.split("\n    ").slice(1));
        return error.code === "LMP_ORM_MIGRATION_DIFFERS";
      });
      assert.ok(differences.includes("drop column posts.old"), differences.join("; "));
      assert.match(differences.join("; "), /change column posts\.year: type bigint to int/i);
      assert.deepEqual(await rows("SELECT hash FROM limpid_migrations"), []);
      const allowed = await baseline(source, { folder, allowDifferences: true });
      assert.deepEqual([allowed.done.length, allowed.differences], [1, differences]);
      assert.deepEqual(await migrate(source, { folder }), { done: [] });
    });

    test("a database without one of the tables is refused whatever is allowed, or marked up to where it is", async (t) => {
      const old = await openDatabase(t, dialect);
      await makeOldDatabase(old);
      const { source } = old;
      const folder = await folderWith(t);
      const base = await writeMigration({ folder, declared: declared(User), name: "base" });
      await writeMigration({ folder, declared: declared(User, Post), name: "posts" });
      for (const allowDifferences of [false, true]) {
        await assert.rejects(baseline(source, { folder, allowDifferences }), {
          code: "LMP_ORM_MIGRATION_DIFFERS",
          found: "none called posts",
        });
      }
      const { done } = await baseline(source, { folder, to: "base" });
      assert.deepEqual(
        done.map(({ hash }) => hash),
        [base?.hash],
      );
      assert.equal((await migrate(source, { folder })).done.length, 1);
    });

    test("a history of other migrations is refused, or replaced where it is said", async (t) => {
      const { source, rows } = await openDatabase(t, dialect);
      const other = await folderWith(t);
      await writeMigration({ folder: other, declared: declared(User), name: "other" });
      await migrate(source, { folder: other });
      const folder = await folderWith(t);
      const before = { folder, declared: declared(User, Post), name: "all" };
      await writeMigration({ ...before, now: new Date("2026-01-01") });
      await assert.rejects(baseline(source, { folder }), { code: "LMP_ORM_MIGRATION_MISSING" });
      const lacking = baseline(source, { folder, replaceHistory: true });
      await assert.rejects(lacking, { code: "LMP_ORM_MIGRATION_DIFFERS", found: "none called posts" });
      await writeMigration({ folder: other, declared: declared(User, Post), name: "posts" });
      await migrate(source, { folder: other });
      const { forgotten, done } = await baseline(source, { folder, replaceHistory: true });
      assert.deepEqual([forgotten.length, done.length], [2, 1]);
      assert.deepEqual((await rows("SELECT name FROM limpid_migrations")).flat(), ["20260101-0000-all"]);
      assert.deepEqual((await migrationStatus(source, { folder })).drift, []);
    });
  });
}

test("what no snapshot tells of is not taken for done", async (t) => {
  const old = await openDatabase(t, "sqlite");
  await makeOldDatabase(old);
  const folder = await folderWith(t);
  const base = await writeMigration({ folder, declared: declared(User), name: "base" });
  const parents = [base?.hash ?? ""];
  await writeFile(
    join(folder, "9-rows.sql"),
    migrationFile({ up: "UPDATE users SET name = upper(name);", parents }),
  );
  await assert.rejects(baseline(old.source, { folder }), {
    code: "LMP_ORM_MIGRATION_DIFFERS",
    found: /whatever 9-rows does/,
  });
  await baseline(old.source, { folder, to: "base" });
  assert.equal((await migrate(old.source, { folder })).done.length, 1);
  assert.deepEqual(await old.rows("SELECT name FROM users"), [["ADA"]]);
});

test("what is half done, and a file that changed, are refused", async (t) => {
  const { source, run } = await openDatabase(t, "sqlite");
  const folder = await folderWith(t, {
    "1-a.sql": migrationFile({ up: "CREATE TABLE a (id integer);" }),
  });
  await migrate(source, { folder });
  await writeFile(join(folder, "1-a.sql"), migrationFile({ up: "CREATE TABLE a (id text);" }));
  await assert.rejects(baseline(source, { folder }), { code: "LMP_ORM_MIGRATION_CHANGED" });
  await run("UPDATE limpid_migrations SET finished = 0");
  for (const replaceHistory of [false, true]) {
    const refused = baseline(source, { folder, replaceHistory });
    await assert.rejects(refused, { code: "LMP_ORM_MIGRATION_INTERRUPTED" });
  }
});

test("a folder without migrations is refused", async (t) => {
  const { source } = await openDatabase(t, "sqlite");
  await assert.rejects(baseline(source, { folder: join(await folderWith(t), "none") }), {
    code: "LMP_ORM_OPTION_INVALID",
  });
});

test("it waits for another run", async (t) => {
  const old = await openDatabase(t, "sqlite");
  await makeOldDatabase(old);
  const folder = await folderWith(t);
  await writeMigration({ folder, declared: declared(User) });
  const other = await connect(old.url);
  t.after(() => other.close());
  await openRun(other, { folder }, async () => {
    await assert.rejects(baseline(old.source, { folder, lockTimeout: 50 }), {
      code: "LMP_ORM_MIGRATION_LOCKED",
    });
  });
  assert.equal((await baseline(old.source, { folder })).done.length, 1);
});
