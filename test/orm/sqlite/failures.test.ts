/** Every error of node:sqlite is read for what it means, with table, columns and constraint where the message has them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Failure } from "../../../src/orm/dialects/dialect.ts";
import { classify } from "../../../src/orm/dialects/sqlite/failures.ts";
import { openDatabase } from "../../../src/orm/driver/sqlite/open-database.ts";

const setUp = `
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, tenant INTEGER, slug TEXT,
    age INTEGER, CONSTRAINT users_age_check CHECK (age > 0), UNIQUE (tenant, slug)) STRICT;
  CREATE UNIQUE INDEX users_lower_idx ON users (lower(slug));
  CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE RESTRICT) STRICT;
  CREATE TRIGGER posts_stop BEFORE INSERT ON posts WHEN new.id = 99 BEGIN SELECT raise(ABORT, 'stopped'); END;
  INSERT INTO users VALUES (1, 'a@example.org', 1, 'a', 5);
  INSERT INTO posts VALUES (1, 1);`;

function broken(kind: string, table: string | undefined, columns: string[], constraint?: string): Failure {
  return { kind: "constraint", broken: { kind, table, columns, constraint } as never };
}

const failures: readonly (readonly [sql: string, failure: Failure])[] = [
  ["INSERT INTO users VALUES (2, 'a@example.org', 2, 'b', 5)", broken("unique", "users", ["email"])],
  ["INSERT INTO users VALUES (1, 'b@example.org', 2, 'b', 5)", broken("unique", "users", ["id"])],
  [
    "INSERT INTO users VALUES (2, 'b@example.org', 1, 'a', 5)",
    broken("unique", undefined, [], "users_lower_idx"),
  ],
  ["INSERT INTO users VALUES (2, null, 2, 'b', 5)", broken("not null", "users", ["email"])],
  [
    "INSERT INTO users VALUES (2, 'b@example.org', 2, 'b', 0)",
    broken("check", undefined, [], "users_age_check"),
  ],
  ["INSERT INTO posts VALUES (2, 7)", broken("foreign key", undefined, [])],
  ["DELETE FROM users", broken("foreign key", undefined, [])],
  ["INSERT INTO posts VALUES (99, 1)", { kind: "other" }],
  ["INSERT INTO users VALUES (2, 'b@example.org', 2, 'b', 'five')", { kind: "other" }],
  ["SELECT * FROM nothing", { kind: "syntax" }],
  ["SELECT nothing FROM users", { kind: "syntax" }],
  ['SELECT "nothing"', { kind: "syntax" }],
  ["SELEC 1", { kind: "syntax" }],
  ["SELECT (1", { kind: "syntax" }],
  ["SELECT nothing()", { kind: "syntax" }],
  ["INSERT INTO users (nothing) VALUES (1)", { kind: "syntax" }],
  ["SELECT json('{')", { kind: "other" }],
  ["SELECT abs(-9223372036854775807 - 1)", { kind: "other" }],
];

test("what SQLite says is understood", () => {
  const database = openDatabase(":memory:", "writer", 0);
  database.exec(setUp);
  for (const [sql, failure] of failures)
    assert.throws(
      () => database.exec(sql),
      (error) => {
        assert.deepEqual(classify(error), failure, sql);
        return true;
      },
    );
  database.exec("DROP INDEX users_lower_idx");
  assert.throws(
    () => database.exec("INSERT INTO users VALUES (2, 'b@example.org', 1, 'a', 5)"),
    (error) => {
      assert.deepEqual(classify(error), broken("unique", "users", ["tenant", "slug"]));
      return true;
    },
  );
  database.exec("PRAGMA query_only = ON");
  assert.throws(
    () => database.exec("DELETE FROM posts"),
    (error) => classify(error).kind === "read only",
  );
  database.close();
  assert.throws(
    () => database.exec("SELECT 1"),
    (error) => classify(error).kind === "connection",
  );
});

test("SQLite's codes have their kinds, whatever the message", () => {
  const kinds: Readonly<Record<number, Failure["kind"]>> = {
    5: "lock",
    261: "lock",
    517: "serialization",
    6: "lock",
    8: "read only",
    9: "statement timeout",
    10: "connection",
    778: "connection",
    11: "connection",
    13: "disk full",
    14: "connection",
    26: "connection",
    7: "other",
  };
  for (const [errcode, kind] of Object.entries(kinds)) {
    const error = Object.assign(new Error("what"), { code: "ERR_SQLITE_ERROR", errcode: Number(errcode) });
    assert.equal(classify(error).kind, kind, errcode);
  }
  for (const other of [undefined, null, "text", new Error("what"), {}])
    assert.equal(classify(other).kind, "other");
});
