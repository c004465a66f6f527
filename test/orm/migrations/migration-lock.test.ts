/** Two runs never overlap, and a process that died keeps nobody out. */
import assert from "node:assert/strict";
import { hostname } from "node:os";
import { DatabaseSync } from "node:sqlite";
import { describe, test } from "node:test";
import { migrate } from "../../../src/orm/migrations/migrate.ts";
import { openRun } from "../../../src/orm/migrations/open-run.ts";
import { connect, dialects, folderWith, openDatabase, unreachable } from "./databases.ts";
import { migrationFile } from "./sections.ts";

const files = { "1-a.sql": migrationFile({ up: "CREATE TABLE a (id integer);" }) };

for (const dialect of dialects) {
  test(`${dialect}: while one run holds the lock another waits, and says so when it gives up`, async (t) => {
    const reason = await unreachable(dialect);
    if (reason !== false) return t.skip(reason);
    const { source, url } = await openDatabase(t, dialect);
    const other = await connect(url);
    t.after(() => other.close());
    const folder = await folderWith(t, files);
    const events: string[] = [];
    await openRun(source, { folder }, async () => {
      await assert.rejects(
        migrate(other, { folder, lockTimeout: 250, onEvent: ({ kind }) => void events.push(kind) }),
        { code: "LMP_ORM_MIGRATION_LOCKED" },
      );
    });
    assert.deepEqual(events, ["waiting"]);
    assert.equal((await migrate(other, { folder, lockTimeout: 250 })).done.length, 1);
  });
}

describe("sqlite: the lease", () => {
  const table =
    "CREATE TABLE limpid_migration_lock (id INTEGER PRIMARY KEY, holder TEXT, host TEXT, pid INTEGER, expires INTEGER)";
  const never = 2_000_000_000;
  for (const [what, host, pid, expires, free] of [
    ["of a dead process of this machine is over", hostname(), never, Date.now() + 60_000, true],
    ["of a process of another machine holds", "elsewhere", never, Date.now() + 60_000, false],
    ["of a living process holds", hostname(), process.pid, Date.now() + 60_000, false],
    ["that ran out is over", "elsewhere", never, Date.now() - 1, true],
  ] as const) {
    test(what, async (t) => {
      const { source, run } = await openDatabase(t, "sqlite");
      const folder = await folderWith(t, files);
      await run(`${table}; INSERT INTO limpid_migration_lock VALUES (1, 'x', '${host}', ${pid}, ${expires})`);
      const migrated = migrate(source, { folder, lockTimeout: 150 });
      if (free) assert.equal((await migrated).done.length, 1);
      else await assert.rejects(migrated, { code: "LMP_ORM_MIGRATION_LOCKED" });
    });
  }

  test("a run whose lock another has taken commits nothing", async (t) => {
    const { source, url, rows } = await openDatabase(t, "sqlite");
    const folder = await folderWith(t, files);
    const thief = new DatabaseSync(url.replace("sqlite:", ""));
    t.after(() => thief.close());
    const stolen = migrate(source, {
      folder,
      onEvent: ({ kind }) => {
        if (kind === "begin") thief.exec("UPDATE limpid_migration_lock SET holder = 'other'");
      },
    });
    await assert.rejects(stolen, { code: "LMP_ORM_MIGRATION_LOCKED" });
    await assert.rejects(rows("SELECT 1 FROM a"));
  });
});
