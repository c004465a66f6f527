/** What two migrations may do beside each other, and what is dangerous for a database in use. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { DialectName } from "../../../src/orm/model/column-type.ts";
import { diffSchemas } from "../../../src/orm/schema/diff.ts";
import { lintOperations } from "../../../src/orm/schema/lint.ts";
import { conflicts, touches } from "../../../src/orm/schema/touches.ts";
import { type DraftColumn, type DraftTable, integer, schemaOf, text } from "./drafts.ts";

const id: DraftColumn = { name: "id", type: integer, key: true, counted: true };
const users = (...columns: DraftColumn[]): DraftTable => ({ name: "users", columns: [id, ...columns] });
const age: DraftColumn = { name: "age", type: integer, nullable: true };
const bio: DraftColumn = { name: "bio", type: text, nullable: true };

function touched(from: DraftTable[], to: DraftTable[], dialect: DialectName = "postgresql") {
  const before = schemaOf(from, dialect);
  return touches(diffSchemas(before, schemaOf(to, dialect)).operations, before);
}

describe("touches", () => {
  it("lets two branches add different columns", () => {
    const one = touched([users()], [users(age)]);
    assert.deepEqual(one, ["column:users.age", "reads table:users"]);
    assert.deepEqual(conflicts(one, touched([users()], [users(bio)])), []);
    assert.deepEqual(conflicts(one, one), ["column:users.age"]);
  });

  it("finds that one branch drops what the other uses", () => {
    const post = { name: "posts", columns: [id, { ...age, name: "user_id", references: "users" }] };
    const adds = touched([users()], [users(), post]);
    assert.deepEqual(conflicts(adds, touched([users()], [])), ["table:users"]);
    const indexed = touched([users(age)], [users({ ...age, index: true })]);
    assert.deepEqual(conflicts(indexed, touched([users(age)], [users()])), ["column:users.age"]);
  });

  it("says that a rebuild writes the whole table", () => {
    const rebuilt = touched([users(age)], [users({ ...age, nullable: false })], "sqlite");
    assert.deepEqual(conflicts(rebuilt, touched([users()], [users(bio)], "sqlite")), ["table:users"]);
  });
});

describe("lintOperations", () => {
  const names = (from: DraftTable[], to: DraftTable[], dialect: DialectName = "postgresql") => {
    const before = schemaOf(from, dialect);
    return lintOperations(diffSchemas(before, schemaOf(to, dialect)).operations, before, dialect).map(
      (one) => one.name,
    );
  };

  it("warns of locks and rewrites on PostgreSQL", () => {
    assert.deepEqual(names([users(age)], [users({ ...age, index: true })]), ["index-blocks-writes"]);
    assert.deepEqual(names([users(age)], [users({ ...age, unique: true })]), ["unique-blocks-table"]);
    assert.deepEqual(names([users(age)], [users({ ...age, check: "> 0" })]), ["check-scans-table"]);
    assert.deepEqual(names([users(age)], [users({ ...age, nullable: false })]), ["not-null-scans-table"]);
    assert.deepEqual(names([users(age)], [users({ ...age, type: text })]), ["type-change-rewrites-table"]);
    assert.deepEqual(names([users(age)], [users({ ...age, references: "users" })]), [
      "foreign-key-scans-table",
    ]);
    assert.deepEqual(names([users(age)], [users()]), ["drop-breaks-running-code"]);
    const random: DraftColumn = { name: "code", type: { kind: "uuid" }, defaultSql: "gen_random_uuid()" };
    assert.deepEqual(names([users()], [users(random)]), ["volatile-default-rewrites-table"]);
    assert.deepEqual(names([users()], [users({ ...bio, defaultSql: "now()" })]), []);
  });

  it("says nothing of new tables and of cheap changes", () => {
    assert.deepEqual(names([], [users({ ...age, index: true, unique: true })]), []);
    assert.deepEqual(names([users()], [users(age)]), []);
  });

  it("proposes statements that PostgreSQL takes", () => {
    const before = schemaOf([users(age)], "postgresql");
    const { operations } = diffSchemas(before, schemaOf([users({ ...age, index: true })], "postgresql"));
    assert.deepEqual(lintOperations(operations, before, "postgresql")[0]?.instead, [
      "-- Outside of a transaction:",
      'CREATE INDEX CONCURRENTLY "users_age_idx" ON "users" ("age")',
    ]);
  });

  it("warns of rebuilds on SQLite and of copies on MySQL", () => {
    assert.deepEqual(names([users(age)], [users({ ...age, nullable: false })], "sqlite"), [
      "rebuild-copies-table",
    ]);
    assert.deepEqual(names([users(age)], [users({ ...age, type: text })], "mysql"), [
      "type-change-copies-table",
    ]);
  });
});
