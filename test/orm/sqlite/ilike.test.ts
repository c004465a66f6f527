/** `like` and `ilike` on a connection as applications have it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createTables, Database, integer, model, varchar } from "limpid/orm";

const Word = model("words", { id: integer().primaryKey(), text: varchar(50) });

test("like has regard to capital letters, ilike has none from A to Z", async () => {
  await using db = await Database.connect("sqlite::memory:");
  await createTables(db, Word);
  await db.insert(Word).values([{ text: "Tea" }, { text: "tea" }, { text: "ÄRA" }]);
  assert.equal(await db.query(Word).filter(Word.text.like("T%")).count(), 1);
  assert.equal(await db.query(Word).filter(Word.text.ilike("T%")).count(), 2);
  assert.equal(await db.query(Word).filter(Word.text.ilike("Ära")).count(), 1);
  assert.equal(await db.query(Word).filter(Word.text.ilike("ära")).count(), 0);
});
