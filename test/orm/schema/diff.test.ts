/** Differences of schemas: nothing is guessed, renames carry along, order works. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { applyOperations } from "../../../src/orm/schema/apply.ts";
import { diffSchemas } from "../../../src/orm/schema/diff.ts";
import { parseRename } from "../../../src/orm/schema/renames.ts";
import { type DraftTable, integer, schemaOf, text } from "./drafts.ts";

const id = { name: "id", type: integer, key: true, counted: true };
const table = (name: string, ...columns: DraftTable["columns"]): DraftTable => ({
  name,
  columns: [id, ...columns],
});
const schema = (...tables: DraftTable[]) => schemaOf(tables, "postgresql");
const kinds = (from: DraftTable[], to: DraftTable[], renames = {}) =>
  diffSchemas(schema(...from), schema(...to), renames).operations.map((operation) => operation.kind);

const title = { name: "title", type: text };
const headline = { name: "headline", type: text };

describe("diffSchemas", () => {
  it("finds nothing between equal schemas, whatever the order", () => {
    const one = schema(table("a", title, headline), table("b"));
    const other = schema(table("b"), table("a", headline, title));
    assert.deepEqual(diffSchemas(one, other).operations, []);
  });

  it("does not guess that a column was renamed", () => {
    const { ambiguities } = diffSchemas(schema(table("posts", title)), schema(table("posts", headline)));
    assert.deepEqual(ambiguities, [{ kind: "column", from: "posts.title", candidates: ["posts.headline"] }]);
  });

  it("does not guess that a table was renamed", () => {
    const { ambiguities } = diffSchemas(schema(table("users", title)), schema(table("people", title)));
    assert.deepEqual(ambiguities, [{ kind: "table", from: "users", candidates: ["people"] }]);
  });

  it("follows a rename that is said", () => {
    const renames = { renamed: [parseRename("posts.title:posts.headline")] };
    const found = diffSchemas(schema(table("posts", title)), schema(table("posts", headline)), renames);
    assert.deepEqual(found, {
      operations: [{ kind: "renameColumn", table: "posts", from: "title", to: "headline" }],
      ambiguities: [],
    });
  });

  it("drops and adds where that is said", () => {
    const renames = { dropped: ["posts.title"] };
    assert.deepEqual(kinds([table("posts", title)], [table("posts", headline)], renames), [
      "dropColumn",
      "addColumn",
    ]);
    const found = diffSchemas(schema(table("posts", title)), schema(table("posts", headline)), renames);
    assert.deepEqual(found.ambiguities, []);
  });

  it("carries the names of constraints along with a table and a column", () => {
    const from = schema(table("users", { ...title, unique: true, check: "<> ''", index: true }));
    const to = schema(table("people", { ...headline, unique: true, check: "<> ''", index: true }));
    const renamed = [parseRename("users:people"), parseRename("users.title:people.headline")];
    const { operations } = diffSchemas(from, to, { renamed });
    assert.deepEqual(
      operations.map((operation) => operation.kind),
      ["renameTable", "renameColumn"],
    );
    assert.deepEqual(applyOperations(from, operations), to);
  });

  it("swaps two names by a third", () => {
    const renamed = [parseRename("a.title:a.headline"), parseRename("a.headline:a.title")];
    const from = schema(table("a", title, { ...headline, nullable: true }));
    const to = schema(table("a", { ...title, nullable: true }, headline));
    assert.deepEqual(diffSchemas(from, to, { renamed }).operations, [
      { kind: "renameColumn", table: "a", from: "title", to: "renamed_1" },
      { kind: "renameColumn", table: "a", from: "headline", to: "title" },
      { kind: "renameColumn", table: "a", from: "renamed_1", to: "headline" },
    ]);
  });

  it("creates tables that refer to each other before their foreign keys", () => {
    const a = table("a", { name: "b_id", type: integer, references: "b" });
    const b = table("b", { name: "a_id", type: integer, references: "a" });
    assert.deepEqual(kinds([], [a, b]), ["createTable", "createTable", "addForeignKey", "addForeignKey"]);
    assert.deepEqual(kinds([a, b], []), ["dropForeignKey", "dropForeignKey", "dropTable", "dropTable"]);
  });

  it("refuses a rename of something that is not there", () => {
    const said = { renamed: [parseRename("posts.name:posts.headline")] };
    assert.throws(() => diffSchemas(schema(table("posts", title)), schema(table("posts", headline)), said), {
      code: "LMP_ORM_OPTION_INVALID",
    });
    assert.throws(() => parseRename("posts.title:headline"), { code: "LMP_ORM_OPTION_INVALID" });
  });
});
