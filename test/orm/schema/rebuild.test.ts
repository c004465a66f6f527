/** Rebuilds of tables on SQLite: what must not be lost with the old table. */
import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { diffSchemas } from "../../../src/orm/schema/diff.ts";
import { renderOperations } from "../../../src/orm/schema/render.ts";
import { type DraftTable, integer, schemaOf, text, varchar } from "./drafts.ts";
import { migrate, type Scratch, scratch } from "./scratch.ts";

const users: DraftTable = {
  name: "users",
  columns: [
    { name: "id", type: integer, key: true, counted: true },
    { name: "name", type: text, nullable: true, unique: true },
  ],
};
const posts: DraftTable = {
  name: "posts",
  columns: [
    { name: "id", type: integer, key: true, counted: true },
    { name: "author_id", type: integer, references: "users", onDelete: "cascade" },
  ],
};

async function migrated(
  t: TestContext,
  after: DraftTable[],
): Promise<{ database: Scratch; change: () => Promise<void> }> {
  const database = await scratch("sqlite");
  t.after(() => database.close());
  const empty = schemaOf([], "sqlite");
  const from = schemaOf([users, posts], "sqlite");
  await migrate(database, renderOperations(diffSchemas(empty, from).operations, empty));
  await database.run(
    "INSERT INTO users (name) VALUES ('ann'), ('bob'), ('zoe')",
    "DELETE FROM users WHERE name = 'zoe'",
  );
  await database.run("INSERT INTO posts (author_id) VALUES (1), (1), (2)");
  const { operations } = diffSchemas(from, schemaOf(after, "sqlite"));
  return { database, change: () => migrate(database, renderOperations(operations, from)) };
}

const changed: DraftTable = {
  ...users,
  columns: users.columns.map((column) =>
    column.name === "name" ? { ...column, type: varchar(20), nullable: false } : column,
  ),
};

describe("a rebuild", () => {
  it("of a parent table does not cascade into its children", async (t) => {
    const { database, change } = await migrated(t, [changed, posts]);
    assert.deepEqual(await database.rows("PRAGMA foreign_keys"), [[1]]);
    await change();
    assert.deepEqual(await database.rows("SELECT id, author_id FROM posts"), [
      [1, 1],
      [2, 1],
      [3, 2],
    ]);
    assert.deepEqual(await database.rows("PRAGMA foreign_key_check"), []);
    assert.deepEqual(await database.rows("PRAGMA foreign_keys"), [[1]]);
    await database.run("DELETE FROM users WHERE id = 1");
    assert.deepEqual(await database.rows("SELECT id FROM posts"), [[3]], "the foreign key works on");
  });

  it("keeps triggers, views and indexes that no schema knows", async (t) => {
    const { database, change } = await migrated(t, [changed, posts]);
    await database.run(
      "CREATE TABLE limpid_log (name TEXT)",
      "CREATE TRIGGER added AFTER INSERT ON users BEGIN INSERT INTO limpid_log VALUES (NEW.name); END",
      "CREATE TRIGGER counted AFTER INSERT ON posts BEGIN UPDATE users SET name = name || '!' WHERE id = NEW.author_id; END",
      "CREATE VIEW authors AS SELECT name FROM users JOIN posts ON posts.author_id = users.id",
      "CREATE INDEX lowered ON users (lower(name))",
    );
    const things = "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY name";
    const before = await database.rows(things);
    await change();
    assert.deepEqual(await database.rows(things), before);
    await database.run("INSERT INTO users (name) VALUES ('eve')", "INSERT INTO posts (author_id) VALUES (2)");
    assert.deepEqual(await database.rows("SELECT name FROM limpid_log"), [["eve"]]);
    assert.deepEqual(await database.rows("SELECT DISTINCT name FROM authors ORDER BY 1"), [
      ["ann"],
      ["bob!"],
    ]);
  });

  it("remembers the highest number that was ever given", async (t) => {
    const { database, change } = await migrated(t, [changed, posts]);
    await change();
    await database.run("INSERT INTO users (name) VALUES ('new')");
    assert.deepEqual(await database.rows("SELECT id FROM users WHERE name = 'new'"), [[4]]);
  });

  it("is one for all changes of a table", async (t) => {
    const more = {
      ...changed,
      columns: [...changed.columns, { name: "age", type: integer, default: 1, check: "> 0" }],
    };
    const from = schemaOf([users, posts], "sqlite");
    const steps = renderOperations(diffSchemas(from, schemaOf([more, posts], "sqlite")).operations, from);
    assert.equal(steps.filter((step) => step.rebuild?.stage === "begin").length, 1);
    const { database, change } = await migrated(t, [more, posts]);
    await change();
    assert.deepEqual(await database.rows("SELECT name, age FROM users"), [
      ["ann", 1],
      ["bob", 1],
    ]);
  });

  it("refuses nulls where there must be none, and changes nothing", async (t) => {
    const { database, change } = await migrated(t, [changed, posts]);
    await database.run("INSERT INTO users (name) VALUES (NULL)");
    await assert.rejects(change, /"name" of "users" must have a value now/);
    assert.deepEqual(await database.rows("SELECT count(*) FROM users"), [[3]]);
  });

  it("refuses texts that are too long, and changes nothing", async (t) => {
    const { database, change } = await migrated(t, [changed, posts]);
    await database.run(`INSERT INTO users (name) VALUES ('${"x".repeat(21)}')`);
    await assert.rejects(change, /users_name_check/);
    assert.deepEqual(await database.rows("SELECT count(*) FROM users"), [[3]]);
  });

  it("says each column that it loses, and looks for values that a type would cut", async (t) => {
    const wide: DraftTable = {
      name: "wide",
      columns: [
        { name: "id", type: integer, key: true, counted: true },
        { name: "code", type: text },
        { name: "a", type: integer, nullable: true, check: "> 0" },
        { name: "b", type: integer, nullable: true, check: "> 0" },
      ],
    };
    const narrow: DraftTable = {
      name: "wide",
      columns: [
        { name: "id", type: integer, key: true, counted: true },
        { name: "code", type: integer },
      ],
    };
    const from = schemaOf([wide], "sqlite");
    const steps = renderOperations(diffSchemas(from, schemaOf([narrow], "sqlite")).operations, from);
    const lost = steps.filter((step) => step.guard === undefined).flatMap((step) => step.loses?.column ?? []);
    assert.deepEqual(lost, ["a", "b"]);
    const database = await scratch("sqlite");
    t.after(() => database.close());
    const empty = schemaOf([], "sqlite");
    await migrate(database, renderOperations(diffSchemas(empty, from).operations, empty));
    await database.run("INSERT INTO wide (code) VALUES ('007')");
    const keeping = steps.map(({ loses, ...step }) =>
      step.guard === undefined || !loses ? step : { ...step, loses },
    );
    await assert.rejects(
      migrate(database, keeping, false),
      /"code" of "wide" holds values that would be cut/,
    );
    assert.deepEqual(await database.rows("SELECT code FROM wide"), [["007"]]);
    await database.run("UPDATE wide SET code = 'seven'");
    await assert.rejects(migrate(database, steps), /cannot store TEXT value in INTEGER column/);
    await database.run("UPDATE wide SET code = '7'");
    await migrate(database, steps);
    assert.deepEqual(await database.rows("SELECT code FROM wide"), [[7]]);
  });
});
