/** Migrations run on every database: once, in order, all or nothing, and without losing a row. */
import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { migrate } from "../../../src/orm/migrations/migrate.ts";
import { migrationStatus } from "../../../src/orm/migrations/migration-status.ts";
import { planMigrations } from "../../../src/orm/migrations/plan-migrations.ts";
import { resetDatabase } from "../../../src/orm/migrations/reset-database.ts";
import { rollback } from "../../../src/orm/migrations/rollback.ts";
import { dialects, folderWith, openDatabase, unreachable } from "./databases.ts";
import { chain } from "./sections.ts";

const two = chain({
  "1-users": {
    up: "CREATE TABLE users (id integer PRIMARY KEY, name varchar(20));",
    down: "DROP TABLE users;",
  },
  "2-ages": { up: "ALTER TABLE users ADD age integer;", down: "ALTER TABLE users DROP COLUMN age;" },
});

for (const dialect of dialects) {
  describe(dialect, { skip: await unreachable(dialect) }, () => {
    test("what is pending runs once, in order, and rollback takes it back", async (t) => {
      const { source, rows } = await openDatabase(t, dialect);
      const folder = await folderWith(t, two);
      const plan = await planMigrations(source, { folder });
      assert.deepEqual(
        plan.map(({ name, transaction }) => [name, transaction]),
        [
          ["1-users", dialect !== "mysql"],
          ["2-ages", dialect !== "mysql"],
        ],
      );
      const events: string[] = [];
      const first = await migrate(source, { folder, onEvent: (event) => void events.push(event.kind) });
      assert.deepEqual(
        first.done.map(({ name, direction }) => [name, direction]),
        [
          ["1-users", "up"],
          ["2-ages", "up"],
        ],
      );
      assert.deepEqual(
        events,
        [..."12"].flatMap(() => ["begin", "step", "stepped", "end"]),
      );
      assert.deepEqual((await migrate(source, { folder })).done, []);
      assert.deepEqual(await rows("SELECT id, name, age FROM users"), []);
      assert.deepEqual(
        (await rollback(source, { folder })).done.map(({ name }) => name),
        ["2-ages"],
      );
      await assert.rejects(rows("SELECT age FROM users"));
      const { migrations, heads } = await migrationStatus(source, { folder });
      assert.deepEqual(
        migrations.map(({ name, state }) => [name, state]),
        [
          ["1-users", "applied"],
          ["2-ages", "pending"],
        ],
      );
      assert.deepEqual(heads, ["2-ages"]);
      await migrate(source, { folder });
      const back = await rollback(source, { folder, to: "users" });
      assert.deepEqual(
        back.done.map(({ name }) => name),
        ["2-ages"],
      );
      await rollback(source, { folder, steps: 5 });
      await assert.rejects(rows("SELECT 1 FROM users"));
      await migrate(source, { folder, to: "1-users" });
      await resetDatabase(source);
      assert.deepEqual((await migrate(source, { folder })).done.length, 2);
    });

    test("a failing migration leaves the database as it was, or says how far it came", async (t) => {
      const { source, rows } = await openDatabase(t, dialect);
      const folder = await folderWith(
        t,
        chain({
          "1-a": {
            up: "CREATE TABLE a (id integer);\nCREATE TABLE b (id integer);\nCREATE TABEL c (id integer);",
          },
        }),
      );
      await assert.rejects(migrate(source, { folder }), {
        code: "LMP_ORM_MIGRATION_FAILED",
        message:
          dialect === "mysql"
            ? "1-a failed at step 3 of 3. What ran before it stays: steps 1 to 2. The next run goes on with step 3."
            : "1-a failed at step 3 of 3. The database is as it was.",
      });
      if (dialect !== "mysql") await assert.rejects(rows("SELECT 1 FROM a"));
      await writeFile(
        join(folder, "1-a.sql"),
        chain({
          "1-a": {
            up: "CREATE TABLE a (id integer);\nCREATE TABLE b (id integer);\nCREATE TABLE c (id integer);",
          },
        })["1-a.sql"] ?? "",
      );
      const { done } = await migrate(source, { folder });
      assert.deepEqual(
        done.map(({ resumedAt }) => resumedAt),
        [dialect === "mysql" ? 3 : undefined],
      );
      assert.deepEqual(await rows("SELECT 1 FROM c"), []);
    });

    test("rows that go without a word stop the migration", async (t) => {
      const { source, rows, run } = await openDatabase(t, dialect);
      const folder = await folderWith(t, two);
      await migrate(source, { folder });
      await run("INSERT INTO users (id, name) VALUES (1, 'a'), (2, 'b')");
      const silent = chain({
        "1-users": {
          up: "CREATE TABLE users (id integer PRIMARY KEY, name varchar(20));",
          down: "DROP TABLE users;",
        },
        "2-ages": { up: "ALTER TABLE users ADD age integer;", down: "ALTER TABLE users DROP COLUMN age;" },
        "3-fewer": { up: "DELETE FROM users WHERE id = 1;" },
      });
      for (const [name, text] of Object.entries(silent)) await writeFile(join(folder, name), text);
      await assert.rejects(migrate(source, { folder }), {
        code: "LMP_ORM_MIGRATION_DATA_LOSS",
        expected: "2 rows of users, as before",
        found: "1",
      });
      assert.equal((await rows("SELECT id FROM users")).length, 2);
      const dropped = {
        ...silent,
        "3-fewer.sql":
          silent["3-fewer.sql"]?.replaceAll("DELETE FROM users WHERE id = 1", "DROP TABLE users") ?? "",
      };
      for (const [name, text] of Object.entries(dropped)) await writeFile(join(folder, name), text);
      await assert.rejects(migrate(source, { folder, allowDataLoss: true }), /does not say so/);
      const declared = {
        ...dropped,
        "3-fewer.sql": dropped["3-fewer.sql"].replace("-- up", "-- loses: table users\n\n-- up"),
      };
      for (const [name, text] of Object.entries(declared)) await writeFile(join(folder, name), text);
      await assert.rejects(migrate(source, { folder }), /would destroy data/);
      assert.equal((await rows("SELECT id FROM users")).length, 2);
      await migrate(source, { folder, allowDataLoss: true });
      await assert.rejects(rows("SELECT 1 FROM users"));
    });

    test("a backslash in a text or a name is nothing special", async (t) => {
      const { source, rows, run } = await openDatabase(t, dialect);
      const name = dialect === "mysql" ? "`a\\b`" : '"a\\b"';
      const made = {
        "1-paths": {
          up: `CREATE TABLE paths (id integer, separators varchar(9) DEFAULT '\\', ${name} integer);
            INSERT INTO paths (id, ${name}) VALUES (1, 2);`,
        },
      };
      const folder = await folderWith(t, chain(made));
      await migrate(source, { folder });
      assert.deepEqual(await rows("SELECT separators FROM paths"), [["\\"]]);
      await run("INSERT INTO paths (id, separators) VALUES (2, ';\\')");
      const files = chain({ ...made, "2-fewer": { up: `ALTER TABLE paths DROP COLUMN ${name};` } });
      for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
      await assert.rejects(migrate(source, { folder }), /does not say so/);
    });

    test("a file that changed or went after it ran is told of", async (t) => {
      const { source } = await openDatabase(t, dialect);
      const folder = await folderWith(t, two);
      await migrate(source, { folder });
      await writeFile(join(folder, "2-ages.sql"), (two["2-ages.sql"] ?? "").replaceAll("integer", "bigint"));
      await assert.rejects(migrate(source, { folder }), { code: "LMP_ORM_MIGRATION_CHANGED" });
      const changed = await migrationStatus(source, { folder });
      assert.deepEqual(
        changed.migrations.map(({ state }) => state),
        ["applied", "changed"],
      );
      await rm(join(folder, "2-ages.sql"));
      await assert.rejects(migrate(source, { folder }), { code: "LMP_ORM_MIGRATION_MISSING" });
      const missing = await migrationStatus(source, { folder });
      assert.deepEqual(
        missing.migrations.map(({ state }) => state),
        ["applied", "missing"],
      );
    });

    test("a migration in TypeScript changes data, with bound values", async (t) => {
      const { source, rows, run } = await openDatabase(t, dialect);
      const folder = await folderWith(t, {
        "1-a.ts": `export const parents: string[] = [];
export const touches = ["table:a"];
export async function up(db) {
  const place = db.dialect === "postgresql" ? "$1" : "?";
  await db.execute("INSERT INTO a (id) VALUES (" + place + ")", [7]);
  const rows = await db.rows("SELECT id FROM a");
  if (rows.length !== 1) throw new Error("one row");
}
export async function down(db) { await db.execute("DELETE FROM a", []); }
export const loses = ["rows a"];
`,
      });
      await run("CREATE TABLE a (id integer)");
      await migrate(source, { folder });
      assert.deepEqual((await rows("SELECT id FROM a")).flat().map(Number), [7]);
      await assert.rejects(rollback(source, { folder }), { code: "LMP_ORM_MIGRATION_DATA_LOSS" });
      await rollback(source, { folder, allowDataLoss: true });
      assert.deepEqual(await rows("SELECT id FROM a"), []);
    });
  });
}
