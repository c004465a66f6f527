/** Migrations of a PostgreSQL database that is in use, and what cannot run in a transaction there. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { migrate } from "../../../src/orm/migrations/migrate.ts";
import { openRun } from "../../../src/orm/migrations/open-run.ts";
import { folderWith, openDatabase, unreachable } from "./databases.ts";
import { hashOf, migrationFile } from "./sections.ts";

describe("postgresql", { skip: await unreachable("postgresql") }, () => {
  test("rows that others delete meanwhile are not the migration's doing", async (t) => {
    const { source, run, rows } = await openDatabase(t, "postgresql");
    await run("CREATE TABLE a (id integer); INSERT INTO a VALUES (1), (2)");
    const folder = await folderWith(t, { "1-b.sql": migrationFile({ up: "CREATE TABLE b (id integer);" }) });
    await migrate(source, {
      folder,
      onEvent: ({ kind }) => (kind === "stepped" ? run("DELETE FROM a WHERE id = 1") : undefined),
    });
    assert.equal((await rows("SELECT id FROM a")).length, 1);
  });

  for (const [what, up] of [
    ["deletes", "DELETE FROM a WHERE id = 1;"],
    ["empties in a block of code", "DO $$ BEGIN EXECUTE 'TRUNCATE a'; END $$;"],
    [
      "makes anew without them",
      "CREATE TABLE c AS SELECT * FROM a WHERE id = 1;\nALTER TABLE a RENAME TO old;\nALTER TABLE c RENAME TO a;\nDROP TABLE old;",
    ],
  ] as const) {
    test(`rows that a migration ${what} are missed`, async (t) => {
      const { source, run, rows } = await openDatabase(t, "postgresql");
      await run("CREATE TABLE a (id integer); INSERT INTO a VALUES (1), (2)");
      const text = migrationFile({ up: "SELECT 1;" }).replace(
        "-- up postgresql\nSELECT 1;",
        () => `-- up postgresql\n${up}`,
      );
      const folder = await folderWith(t, { "1-b.sql": text });
      await assert.rejects(migrate(source, { folder }), { code: "LMP_ORM_MIGRATION_DATA_LOSS" });
      assert.equal((await rows("SELECT id FROM a")).length, 2);
    });
  }

  test("an index is made beside the traffic, and what a broken try leaves behind is cleared away", async (t) => {
    const { source, run, rows } = await openDatabase(t, "postgresql");
    await run("CREATE TABLE a (id integer); INSERT INTO a VALUES (1), (1)");
    const up =
      "-- no transaction\nCREATE UNIQUE INDEX CONCURRENTLY a_id_idx ON a (id);\nCREATE TABLE b (id integer);";
    const text = migrationFile({ up: "SELECT 1;" }).replace(
      "-- up postgresql\nSELECT 1;",
      () => `-- up postgresql\n${up}`,
    );
    const folder = await folderWith(t, {});
    await writeFile(join(folder, "1-b.sql"), text);
    await assert.rejects(migrate(source, { folder }), /1-b failed at step 1 of 2\. Nothing before it ran\./);
    const invalid = "SELECT count(*) FROM pg_index WHERE NOT indisvalid";
    assert.equal(Number((await rows(invalid))[0]?.[0]), 1);
    await run("DELETE FROM a WHERE ctid = (SELECT max(ctid) FROM a)");
    const { done } = await migrate(source, { folder });
    assert.deepEqual(
      done.map(({ steps }) => steps),
      [2],
    );
    assert.equal(Number((await rows(invalid))[0]?.[0]), 0);
    assert.deepEqual(await rows("SELECT 1 FROM b"), []);
  });

  test("a step of which nobody can know whether it ran is left to a person, with the way on", async (t) => {
    const { source, run, rows } = await openDatabase(t, "postgresql");
    await run("CREATE TABLE a (id integer)");
    await run("CREATE PROCEDURE p() LANGUAGE sql AS $$ INSERT INTO a VALUES (1) $$");
    const text = migrationFile({ up: "SELECT 1;" }).replace(
      "-- up postgresql\nSELECT 1;",
      "-- up postgresql\n-- no transaction\nCALL p();",
    );
    const folder = await folderWith(t, { "1-b.sql": text });
    await openRun(source, { folder }, async () => {});
    const entry = `'${hashOf(text)}', '1-b', 1, '2026-11-21T15:30:00.000Z', 'up', 0, 0, 1, '[]', NULL`;
    await run(`INSERT INTO limpid_migrations VALUES (${entry})`);
    let fix = "";
    await assert.rejects(migrate(source, { folder }), (error: { code: string; fix: string }) => {
      fix = error.fix;
      return error.code === "LMP_ORM_MIGRATION_INTERRUPTED";
    });
    assert.deepEqual(await rows("SELECT id FROM a"), []);
    await run(/UPDATE .*'/.exec(fix)?.[0] ?? "");
    await migrate(source, { folder });
    assert.equal((await rows("SELECT id FROM a")).length, 1);
  });
});
