/** The graph of migrations: branches that leave each other alone are merged, others are refused with both files' names. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { migrate } from "../../../src/orm/migrations/migrate.ts";
import { readMigrations } from "../../../src/orm/migrations/migration-folder.ts";
import { migrationGraph } from "../../../src/orm/migrations/migration-graph.ts";
import { folderWith, openDatabase } from "./databases.ts";
import { hashOf, migrationFile } from "./sections.ts";

const base = migrationFile({ up: "CREATE TABLE users (id integer);", touches: "table:users" });
const parents = [hashOf(base)];
const posts = migrationFile({ up: "CREATE TABLE posts (id integer);", touches: "table:posts", parents });
const tags = migrationFile({ up: "CREATE TABLE tags (id integer);", touches: "table:tags", parents });
const email = migrationFile({
  up: "ALTER TABLE users ADD email text;",
  touches: "column:users.email, reads table:users",
  parents,
});
const people = migrationFile({ up: "ALTER TABLE users RENAME TO people;", touches: "table:users", parents });

test("two branches that touch different things are both applied, and the next one builds upon both", async (t) => {
  const { source, rows } = await openDatabase(t, "sqlite");
  const folder = await folderWith(t, { "1-base.sql": base, "2-posts.sql": posts });
  await migrate(source, { folder });
  await writeFile(join(folder, "1-tags.sql"), tags);
  const graph = migrationGraph(await readMigrations(folder));
  assert.deepEqual(
    graph.heads.map(({ name }) => name),
    ["1-tags", "2-posts"],
  );
  const { done } = await migrate(source, { folder });
  assert.deepEqual(
    done.map(({ name }) => name),
    ["1-tags"],
  );
  assert.deepEqual(await rows("SELECT 1 FROM posts, tags"), []);
  const merge = migrationFile({
    up: "SELECT 1;",
    touches: "none",
    parents: graph.heads.map(({ hash }) => hash),
  });
  await writeFile(join(folder, "3-merge.sql"), merge);
  const merged = migrationGraph(await readMigrations(folder));
  assert.deepEqual(
    merged.heads.map(({ name }) => name),
    ["3-merge"],
  );
});

test("two branches that touch the same thing are refused with both files and what they touch", async (t) => {
  const folder = await folderWith(t, { "1-base.sql": base, "2-email.sql": email, "2-people.sql": people });
  const migrations = await readMigrations(folder);
  assert.throws(
    () => migrationGraph(migrations),
    (error: { code: string; found: string }) => {
      assert.equal(error.code, "LMP_ORM_MIGRATION_CONFLICT");
      assert.match(error.found, /2-email\.sql and .*2-people\.sql both touch .*users/);
      return true;
    },
  );
});

test("a file that does not say what it touches is in the way of every branch", async (t) => {
  const silent = migrationFile({ up: "CREATE TABLE tags (id integer);", parents });
  const folder = await folderWith(t, { "1-base.sql": base, "2-posts.sql": posts, "2-silent.sql": silent });
  const migrations = await readMigrations(folder);
  assert.throws(() => migrationGraph(migrations), /2-posts and 2-silent/);
});

const malformed: readonly [string, string, RegExp][] = [
  ["no line for parents", "-- limpid migration\n-- up sqlite\nSELECT 1;", /does not say what it builds upon/],
  ["a parent that is no hash", "-- parents: abc\n-- up sqlite\nSELECT 1;", /names a parent that is no hash/],
  [
    "an unknown parent",
    `-- parents: ${"0".repeat(32)}\n-- up sqlite\nSELECT 1;`,
    /builds upon a migration that is not there/,
  ],
  ["SQL before the first section", "-- parents: none\nSELECT 1;", /has SQL before its first section/],
  [
    "a section twice",
    "-- parents: none\n-- up sqlite\nSELECT 1;\n-- up sqlite\nSELECT 2;",
    /has a section twice/,
  ],
  ["a transaction of its own", "-- parents: none\n-- up sqlite\nBEGIN;", /begins or ends a transaction/],
  [
    "a loss without meaning",
    "-- parents: none\n-- loses: everything\n-- up sqlite\nSELECT 1;",
    /declares a loss/,
  ],
  ["an open string", "-- parents: none\n-- up sqlite\nSELECT 'a;", /does not end/],
  [
    "a malformed rebuild",
    "-- parents: none\n-- up sqlite\n-- rebuild posts\nSELECT 1;",
    /directive that is malformed/,
  ],
];

for (const [what, text, pattern] of malformed) {
  test(`a file with ${what} is refused`, async (t) => {
    const folder = await folderWith(t, { "1-a.sql": text });
    await assert.rejects(
      async () => migrationGraph(await readMigrations(folder)),
      (error: { code: string; message: string }) => {
        assert.equal(error.code, "LMP_ORM_MIGRATION_INVALID");
        assert.match(error.message, pattern);
        return true;
      },
    );
  });
}

test("where a parent was edited, its hash now is in the error", async (t) => {
  const edited = base.replace("CREATE TABLE users", "CREATE TABLE people");
  const folder = await folderWith(t, { "1-base.sql": edited, "2-posts.sql": posts });
  const migrations = await readMigrations(folder);
  assert.throws(() => migrationGraph(migrations), {
    code: "LMP_ORM_MIGRATION_INVALID",
    fix: new RegExp(`Nothing builds upon 1-base ${hashOf(edited)}`),
  });
});

test("the hash is of parents and SQL: comments, white space and line ends do not count", () => {
  const edited = base
    .replace("CREATE TABLE users", "-- the people\nCREATE  TABLE\r\n  users")
    .replaceAll("\n", "\r\n");
  assert.equal(hashOf(edited.replaceAll("\r\r", "\r")), hashOf(base));
  assert.notEqual(hashOf(base.replaceAll("users", "people")), hashOf(base));
  assert.notEqual(hashOf(base.replace("parents: none", `parents: ${"0".repeat(32)}`)), hashOf(base));
});

test("a long history is put in order at once", () => {
  const migrations = Array.from({ length: 1_000 }, (_, index) => ({
    kind: "sql" as const,
    name: String(index).padStart(4, "0"),
    file: "",
    hash: String(index),
    parents: index === 0 ? [] : [String(index - 1)],
    touches: [],
    snapshot: undefined,
    sections: { up: new Map(), down: new Map() },
  }));
  const begin = performance.now();
  assert.equal(migrationGraph(migrations.toReversed()).order.length, 1_000);
  assert.ok(performance.now() - begin < 1_000);
});
