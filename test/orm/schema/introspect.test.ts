/** Databases that no model made are read as well, and what a schema cannot express is left alone. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { introspect } from "../../../src/orm/schema/introspect.ts";
import { scratch, unreachable } from "./scratch.ts";

describe("introspect", () => {
  it("reads what SQLite keeps as text: names, checks, generated columns", async (t) => {
    const database = await scratch("sqlite");
    t.after(() => database.close());
    await database.run(
      `CREATE TABLE [my users] (id INTEGER PRIMARY KEY, -- a comment, with "CHECK ("
        "na(me" TEXT DEFAULT ('a,b') CHECK ("na(me" <> ')') CONSTRAINT uq UNIQUE,
        twice INTEGER AS (id * 2) STORED, CONSTRAINT positive CHECK (ID > 0), CHECK (id<>7))`,
      'CREATE INDEX lowered ON [my users] (lower("na(me"))',
      "CREATE TABLE child (u INTEGER REFERENCES [my users] ON DELETE CASCADE, limpid INTEGER)",
      "CREATE TABLE limpid_migrations (id INTEGER)",
    );
    const [child, users] = (await introspect(database.connection, "sqlite")).tables;
    assert.deepEqual(users, {
      name: "my users",
      columns: [
        {
          name: "id",
          type: "INTEGER",
          nullable: false,
          identity: false,
          default: undefined,
          generated: undefined,
        },
        {
          name: "na(me",
          type: "TEXT",
          nullable: true,
          identity: false,
          default: "'a,b'",
          generated: undefined,
        },
        {
          name: "twice",
          type: "INTEGER",
          nullable: true,
          identity: false,
          default: undefined,
          generated: { sql: '"id" * 2', stored: true },
        },
      ],
      primaryKey: ["id"],
      indexes: [],
      uniques: [{ name: "uq", columns: ["na(me"] }],
      foreignKeys: [],
      checks: [
        { name: "my users_na(me_check", sql: `"na(me" <> ')'` },
        { name: "positive", sql: '"id" > 0' },
        { name: "my users_check", sql: '"id" <> 7' },
      ],
    });
    assert.deepEqual(child?.foreignKeys, [
      {
        name: "child_u_fkey",
        columns: ["u"],
        target: "my users",
        targetColumns: ["id"],
        onDelete: "cascade",
        onUpdate: "no action",
      },
    ]);
  });

  it("takes serial for a counted column on PostgreSQL, and leaves other indexes out", async (t) => {
    const reason = await unreachable("postgresql");
    if (reason !== false) return t.skip(reason);
    const database = await scratch("postgresql");
    t.after(() => database.close());
    await database.run(
      "CREATE TABLE users (id serial PRIMARY KEY, name varchar(9) CHECK (name <> ''), tags text[])",
      "CREATE INDEX lowered ON users (lower(name))",
      "CREATE INDEX tagged ON users USING gin (tags)",
    );
    const [users] = (await introspect(database.connection, "postgresql")).tables;
    assert.deepEqual(
      users?.columns.map(({ name, type, identity }) => [name, type, identity]),
      [
        ["id", "integer", true],
        ["name", "varchar(9)", false],
        ["tags", "text[]", false],
      ],
    );
    assert.deepEqual(users?.indexes, []);
    assert.deepEqual(
      users?.checks.map((check) => check.name),
      ["users_name_check"],
    );
  });
});
