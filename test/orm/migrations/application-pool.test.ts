/** Migrations on the pool of an application: they take their time, its own statements keep their limits, and so do its connections. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { describe, test } from "node:test";
import { type ConnectOptions, Database, migrate, sql } from "limpid/orm";
import { emptyDatabase, folderWith, unreachable } from "./databases.ts";
import { migrationFile } from "./sections.ts";

/** Every limit that a migration lifts. */
const limits = {
  postgresql: sql`select name::text, setting::text from pg_settings
    where name in ('statement_timeout', 'lock_timeout') order by 1`,
  mysql: sql`show session variables
    where Variable_name in ('max_statement_time', 'max_execution_time', 'lock_wait_timeout', 'innodb_lock_wait_timeout')`,
};

/** Longer than the pool waits for a statement of 500 ms. */
const slow = { postgresql: "SELECT pg_sleep(3);", mysql: "DO SLEEP(3);" };

describe("servers", { concurrency: true }, () => {
  for (const dialect of ["postgresql", "mysql"] as const) {
    test(`${dialect}: a statement may run for longer than the pool allows its own`, async (t) => {
      const reason = await unreachable(dialect);
      if (reason !== false) return t.skip(reason);
      const up = `CREATE TABLE a (id integer);\n${slow[dialect]}`;
      const folder = await folderWith(t, { "1-a.sql": migrationFile({ up }) });
      const url = await emptyDatabase(t, dialect);
      const options: ConnectOptions = { statementTimeout: 500, pool: { maximum: 2, leakAfter: 1_000 } };
      await using db = await Database.connect(url, options);
      const warned: string[] = [];
      const note = ({ name }: Error): number => warned.push(name);
      process.on("warning", note);
      t.after(() => process.off("warning", note));
      const migrated = migrate(db.source, { folder });
      const own = dialect === "postgresql" ? sql`select pg_sleep(1)` : sql`select sleep(1)`;
      await assert.rejects(async () => db.rows(own), { code: "LMP_ORM_STATEMENT_TIMEOUT" });
      assert.equal((await migrated).done.length, 1);
      await assert.rejects(async () => db.rows(own), { code: "LMP_ORM_STATEMENT_TIMEOUT" });
      assert.deepEqual(warned, []);
    });

    test(`${dialect}: the limits of the connection are as before, after a migration and after one that fails`, async (t) => {
      const reason = await unreachable(dialect);
      if (reason !== false) return t.skip(reason);
      const folder = await folderWith(t, {
        "1-a.sql": migrationFile({ up: "CREATE TABLE a (id integer);" }),
      });
      const bad = await folderWith(t, { "1-a.sql": migrationFile({ up: "CREATE TABEL a (id integer);" }) });
      const url = await emptyDatabase(t, dialect);
      await using db = await Database.connect(url, { statementTimeout: 4_500, pool: { maximum: 1 } });
      const before = await db.rows(limits[dialect]);
      assert.ok(before.some(([, value]) => Number(value) === (dialect === "mysql" ? 4.5 : 4_500)));
      await assert.rejects(migrate(db.source, { folder: bad }), { code: "LMP_ORM_MIGRATION_FAILED" });
      assert.deepEqual(await db.rows(limits[dialect]), before);
      await migrate(db.source, { folder });
      assert.deepEqual(await db.rows(limits[dialect]), before);
      assert.equal(db.status().open, 1);
    });
  }
});

/** A query that takes a while. */
const count = (numbers: number) =>
  sql`with recursive t(n) as (select 1 union all select n + 1 from t where n < ${numbers}) select n from t`;

test("sqlite, in threads: a query of a migration may run for longer than the pool allows its own", async (t) => {
  const folder = await folderWith(t, {
    "1-a.ts": `export const parents = [];
export async function up(db) {
  await db.rows("with recursive t(n) as (select 1 union all select n + 1 from t where n < 2000000) select count(*) from t");
}
`,
  });
  const url = await emptyDatabase(t, "sqlite");
  await using db = await Database.connect(url, { statementTimeout: 50, threads: 2 });
  const migrated = migrate(db.source, { folder });
  const own = sql`select count(*) from (${count(2_000_000)})`;
  await assert.rejects(async () => db.rows(own), { code: "LMP_ORM_STATEMENT_TIMEOUT" });
  assert.equal((await migrated).done.length, 1);
  await assert.rejects(
    db.transaction((session) => session.rows(own)),
    { code: "LMP_ORM_STATEMENT_TIMEOUT" },
  );
});

for (const threads of [0, 2]) {
  test(`sqlite, ${threads} threads: foreign keys are on again, also where another run keeps the lock`, async (t) => {
    const folder = await folderWith(t, {
      "1-a.sql": migrationFile({ up: "CREATE TABLE a (id integer);" }),
    });
    const url = await emptyDatabase(t, "sqlite");
    await using db = await Database.connect(url, { threads });
    const foreignKeys = () => db.transaction((session) => session.rows(sql`pragma foreign_keys`));
    await migrate(db.source, { folder });
    assert.deepEqual(await foreignKeys(), [[1]]);
    const other = new DatabaseSync(url.slice("sqlite:".length));
    other.exec(
      "INSERT INTO limpid_migration_lock VALUES (1, 'x', 'elsewhere', 1, unixepoch() * 1000 + 60000)",
    );
    other.close();
    await assert.rejects(migrate(db.source, { folder, lockTimeout: 1 }), {
      code: "LMP_ORM_MIGRATION_LOCKED",
    });
    assert.deepEqual(await foreignKeys(), [[1]]);
  });
}
