/** Tables that neither models nor migrations know stay as they are, and are named; so do views and triggers. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type ConnectionSource,
  type DraftOptions,
  draftMigration,
  integer,
  inWordsOf,
  migrate,
  migrationStatus,
  model,
  schemaOfDatabase,
  tablesLeftAlone,
  writeMigration,
} from "limpid/orm";
import { dialects, folderWith, openDatabase, unreachable } from "./databases.ts";
import { declared, makeOldDatabase, Post, User } from "./there-before.ts";

/** What `diff --from-database` begins from. */
async function fromDatabase(
  source: ConnectionSource,
  folder: string,
  ...models: unknown[]
): Promise<DraftOptions> {
  const [schema] = declared(...models).filter(({ dialect }) => dialect === source.dialect.name);
  assert.ok(schema !== undefined);
  return {
    folder,
    declared: [schema],
    from: [await schemaOfDatabase(source)],
    to: [await inWordsOf(source, schema)],
  };
}

async function operations(options: DraftOptions): Promise<readonly string[] | undefined> {
  return (await draftMigration(options))?.changes[0]?.operations;
}

for (const dialect of dialects) {
  describe(dialect, { skip: await unreachable(dialect) }, () => {
    test("a table without a model is named and stays, with views and triggers", async (t) => {
      const old = await openDatabase(t, dialect);
      await makeOldDatabase(old);
      const folder = await folderWith(t);
      const same = await fromDatabase(old.source, folder, User);
      assert.deepEqual([await operations(same), await tablesLeftAlone(same)], [undefined, ["legacy"]]);
      const more = await fromDatabase(old.source, folder, User, Post);
      assert.deepEqual(
        [await operations(more), await tablesLeftAlone(more)],
        [["create table posts"], ["legacy"]],
      );
      assert.deepEqual(await tablesLeftAlone({ folder, declared: more.declared }), []);
    });

    test("a table that the last migration knew goes with consent alone, and takes nothing with it", async (t) => {
      const old = await openDatabase(t, dialect);
      const folder = await folderWith(t);
      await writeMigration({ folder, declared: declared(Post) });
      await migrate(old.source, { folder });
      await makeOldDatabase(old);
      const options = await fromDatabase(old.source, folder, User);
      await assert.rejects(draftMigration(options), {
        code: "LMP_ORM_MIGRATION_DATA_LOSS",
        message: "The change would drop table posts.",
      });
      const allowed = { ...options, allowDataLoss: true };
      assert.deepEqual(await operations(allowed), ["drop table posts"]);
      await writeMigration(allowed);
      await migrate(old.source, { folder });
      const after = await fromDatabase(old.source, folder, User);
      assert.deepEqual([await operations(after), await tablesLeftAlone(after)], [undefined, ["legacy"]]);
      await old.run("INSERT INTO users (name) VALUES ('grace')");
      assert.deepEqual((await old.rows("SELECT code FROM legacy ORDER BY 1")).flat(), ["ada", "grace"]);
      assert.deepEqual((await old.rows("SELECT name FROM names ORDER BY 1")).flat(), ["ada", "grace"]);
    });

    test("one that somebody speaks of is not left alone", async (t) => {
      const old = await openDatabase(t, dialect);
      await old.run("CREATE TABLE legacy (id integer NOT NULL PRIMARY KEY, year integer NOT NULL)");
      const folder = await folderWith(t);
      const options = await fromDatabase(old.source, folder, Post);
      const renames = { renamed: [{ from: "legacy", to: "posts" }] };
      assert.deepEqual((await operations({ ...options, renames }))?.[0], "rename table legacy to posts");
      const dropped = { ...options, renames: { dropped: ["legacy"] } };
      await assert.rejects(draftMigration(dropped), { code: "LMP_ORM_MIGRATION_DATA_LOSS" });
      const capitals = model("Legacy", { id: integer().primaryKey(), year: integer() });
      await assert.rejects(draftMigration(await fromDatabase(old.source, folder, capitals)), {
        code: "LMP_ORM_MIGRATION_AMBIGUOUS",
        fix: /--rename legacy:Legacy, or --drop legacy; or call it so in the model/,
      });
    });

    test("one that is added by hand is no drift, unless a migration that waits would make it", async (t) => {
      const { source, run } = await openDatabase(t, dialect);
      const folder = await folderWith(t);
      await writeMigration({ folder, declared: declared(User), name: "first" });
      await migrate(source, { folder });
      await run("CREATE TABLE posts (id integer NOT NULL PRIMARY KEY)");
      const before = await migrationStatus(source, { folder });
      assert.deepEqual([before.drift, before.leftAlone], [[], ["posts"]]);
      await writeMigration({ folder, declared: declared(User, Post), name: "second" });
      const after = await migrationStatus(source, { folder });
      assert.deepEqual([after.drift, after.leftAlone], [["create table posts"], []]);
    });
  });
}
