/** What cannot be run in a session, and what cannot be a model, is refused with a code. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Database, integer, model } from "limpid/orm";

const wrong: readonly unknown[] = [undefined, null, "", "select 1", 0, {}, [], Symbol("s")];

test("a session and a transaction want a function", async () => {
  await using db = await Database.connect("sqlite::memory:");
  for (const work of wrong) {
    await assert.rejects(db.session(work as never), { code: "LMP_ORM_QUERY_INVALID" });
    await assert.rejects(db.transaction(work as never), { code: "LMP_ORM_QUERY_INVALID" });
    await assert.rejects(
      db.session((session) => session.transaction(work as never)),
      { code: "LMP_ORM_QUERY_INVALID" },
    );
  }
  assert.equal(await db.session(() => 1), 1);
});

test("a model wants a name and columns", () => {
  for (const name of wrong.filter((value) => value !== "select 1"))
    assert.throws(() => model(name as never, { id: integer().primaryKey() }), {
      code: "LMP_ORM_IDENTIFIER_INVALID",
    });
  for (const columns of [undefined, null, {}, [], 0])
    assert.throws(() => model("things", columns as never), { code: "LMP_ORM_MODEL_INVALID" });
});
