/** A run of migrations gives its connection back as it was: with the limits that the pool set for it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Database, migrate, sql } from "limpid/orm";
import { emptyDatabase, folderWith, unreachable } from "./databases.ts";
import { migrationFile } from "./sections.ts";

const files = { "1-a.sql": migrationFile({ up: "CREATE TABLE a (id integer);" }) };
const limits = {
  postgresql: sql`select current_setting('statement_timeout'), current_setting('lock_timeout')`,
  mysql: sql`select @@session.lock_wait_timeout, @@session.innodb_lock_wait_timeout`,
};

for (const dialect of ["postgresql", "mysql"] as const) {
  test(dialect, async (t) => {
    const reason = await unreachable(dialect);
    if (reason !== false) return t.skip(reason);
    const folder = await folderWith(t, files);
    const url = await emptyDatabase(t, dialect);
    await using db = await Database.connect(url, { pool: { maximum: 1 } });
    const before = await db.rows(limits[dialect]);
    assert.equal((await migrate(db.source, { folder })).done.length, 1);
    assert.deepEqual(await db.rows(limits[dialect]), before);
  });
}
