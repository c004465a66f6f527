/** Opening a database: the settings of a connection, and what is said where one cannot be opened. */
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { LimpidError } from "limpid/errors";
import { connectSqlite } from "../../../src/orm/driver/sqlite/connect-sqlite.ts";
import { folderOf, openSource, query } from "./opened.ts";

const settings: Readonly<Record<string, unknown>> = {
  synchronous: 2, // FULL
  foreign_keys: 1,
  trusted_schema: 0,
  temp_store: 2, // MEMORY
};

for (const [where, threads] of [
  ["this thread", 0],
  ["worker threads", 2],
] as const)
  test(`every connection has the settings, in ${where}`, async (t) => {
    const source = await openSource(t, { threads });
    for (const intent of ["read", "write"] as const) {
      const connection = await source.acquire(intent);
      for (const [name, value] of Object.entries(settings))
        assert.deepEqual(await connection.row(query(`PRAGMA ${name}`), []), [value], name);
      assert.deepEqual(await connection.row(query("PRAGMA journal_mode"), []), ["wal"]);
      source.release(connection);
    }
  });

test("a path that leads nowhere is explained", async (t) => {
  const folder = folderOf(t);
  const text = join(folder, "letter.txt");
  writeFileSync(text, "Dear reader, this is no database. ".repeat(40));
  const cases: readonly (readonly [path: string, found: RegExp, fix: RegExp])[] = [
    [join(folder, "missing/app.db"), /no folder .*missing/, /mkdir -p/],
    [folder, /a folder/, /Name a file in it/],
    [text, /not a database/, /Name a file of SQLite 3/],
  ];
  for (const threads of [0, 2])
    for (const [path, found, fix] of cases)
      await assert.rejects(connectSqlite(path, { threads }), (error) => {
        assert.ok(error instanceof LimpidError);
        assert.equal(error.code, "LMP_ORM_CONNECT_FAILED");
        assert.match(error.message, /cannot be opened/);
        assert.match(error.found ?? "", found);
        assert.match(error.fix ?? "", fix);
        return true;
      });
});

test("a file that may not be written to is explained", async (t) => {
  if (process.getuid?.() === 0) return t.skip("root may write everywhere");
  const folder = folderOf(t);
  const path = join(folder, "app.db");
  writeFileSync(path, "");
  chmodSync(path, 0o444);
  await assert.rejects(connectSqlite(path, {}), { code: "LMP_ORM_CONNECT_FAILED", found: "no permission" });
  const closed = join(folder, "closed");
  mkdirSync(closed, { mode: 0o555 });
  await assert.rejects(connectSqlite(join(closed, "app.db"), {}), { found: "no permission" });
});

test("an option that has no meaning is refused", async () => {
  for (const options of [{ busyTimeout: -1 }, { threads: 1.5 }, { statementTimeout: Number.NaN }])
    await assert.rejects(connectSqlite(":memory:", options), { code: "LMP_ORM_OPTION_INVALID" });
});

test("closing leaves one file, with all that was written", async (t) => {
  const path = join(folderOf(t), "app.db");
  const source = await openSource(t, {}, path);
  assert.ok(existsSync(`${path}-wal`));
  await source.close();
  assert.equal(existsSync(`${path}-wal`), false);
  assert.deepEqual(source.status(), { open: 0, idle: 0, waiting: 0, maximum: 10 });
  assert.throws(() => source.acquire("read"), { code: "LMP_ORM_POOL_CLOSED" });
});
