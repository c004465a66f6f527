/** Tables that SQLite has to make anew keep their rows, their children's rows, their triggers, indexes and views. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { migrate } from "../../../src/orm/migrations/migrate.ts";
import { folderWith, openDatabase } from "./databases.ts";
import { migrationFile } from "./sections.ts";

const schema = `
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE);
CREATE TABLE log (text TEXT);
CREATE INDEX users_upper_idx ON users (upper(name));
CREATE TRIGGER users_log AFTER INSERT ON users BEGIN INSERT INTO log VALUES (new.name); END;
CREATE VIEW names AS SELECT name FROM users;
INSERT INTO users VALUES (1, 'a'), (2, 'b');
INSERT INTO posts VALUES (1, 1), (2, 1), (3, 2);`;

const rebuild = `-- rebuild users begin
CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO users_new SELECT id, name FROM users;
DROP TABLE users;
-- rebuild users end
ALTER TABLE users_new RENAME TO users;`;

test("rebuilding a parent table leaves its children's rows", async (t) => {
  const { source, run, rows } = await openDatabase(t, "sqlite");
  await run(schema);
  const folder = await folderWith(t, { "1-a.sql": migrationFile({ up: rebuild }) });
  await migrate(source, { folder });
  assert.deepEqual(await rows("SELECT count(*) FROM posts"), [[3]]);
  assert.deepEqual(await rows("SELECT count(*) FROM users"), [[2]]);
  const kept = await rows(
    "SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view', 'index') ORDER BY name",
  );
  assert.deepEqual(
    kept.flat().filter((name) => !String(name).startsWith("sqlite_")),
    ["names", "users_log", "users_upper_idx"],
  );
  assert.deepEqual(await rows("SELECT name FROM names"), [["a"], ["b"]]);
  await run("INSERT INTO users VALUES (3, 'c')");
  assert.deepEqual((await rows("SELECT text FROM log")).at(-1), ["c"]);
  assert.deepEqual(await rows("PRAGMA foreign_keys"), [[1]]);
  await run("DELETE FROM users WHERE id = 1");
  assert.deepEqual(await rows("SELECT count(*) FROM posts"), [[1]]);
});

test("a rebuild that forgets rows fails, and everything is as it was", async (t) => {
  const { source, run, rows } = await openDatabase(t, "sqlite");
  await run(schema);
  const up = rebuild.replace("FROM users;", "FROM users WHERE id = 1;");
  const folder = await folderWith(t, { "1-a.sql": migrationFile({ up }) });
  await assert.rejects(migrate(source, { folder }), { code: "LMP_ORM_MIGRATION_DATA_LOSS" });
  assert.deepEqual(await rows("SELECT count(*) FROM users"), [[2]]);
  assert.deepEqual(await rows("SELECT count(*) FROM posts"), [[3]]);
  assert.deepEqual(await rows("PRAGMA foreign_keys"), [[1]]);
});

test("a migration that would leave rows which refer to nothing fails", async (t) => {
  const { source, run, rows } = await openDatabase(t, "sqlite");
  await run(schema);
  const folder = await folderWith(t, {
    "1-a.sql": migrationFile({ up: "UPDATE posts SET author = 9 WHERE id = 3;" }),
  });
  await assert.rejects(migrate(source, { folder }), /would leave rows that refer to nothing/);
  assert.deepEqual(await rows("SELECT author FROM posts WHERE id = 3"), [[2]]);
});

test("a guard that finds rows stops the migration with its sentence", async (t) => {
  const { source, run } = await openDatabase(t, "sqlite");
  await run(schema);
  const up = "-- guard: Some users have no name.\nSELECT 1 FROM users WHERE name = 'a';";
  const folder = await folderWith(t, { "1-a.sql": migrationFile({ up }) });
  await assert.rejects(migrate(source, { folder }), /1-a stops at a guard: Some users have no name\./);
});
