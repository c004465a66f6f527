/** Defaults that a function makes: once for each row, whichever way the row takes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { integer, model, sql, varchar } from "limpid/orm";
import { onDatabases } from "../databases.ts";

let made = 0;

const Ticket = model("tickets", {
  id: integer().primaryKey(),
  number: integer().default(() => ++made),
  title: varchar(20).default("untitled"),
  note: varchar(20).nullable(),
});

const Counter = model("counters", { id: integer().primaryKey() });

onDatabases([Ticket, Counter], (given) => {
  test("a default is made once for each row", async () => {
    const { db } = given();
    const title = sql<string>`concat('a', 'b')`;
    made = 0;
    await db.insert(Ticket).values({});
    await db.insert(Ticket).values({ title });
    await db.insert(Ticket).values({ note: "x" }).key();
    await db.insert(Ticket).values({ title }).key();
    await db.insert(Ticket).values([{}, {}]);
    await db.insert(Ticket).values([{ title }, {}]);
    await db.insert(Ticket).values([{ id: 100 }, { id: 101 }]);
    await db.insert(Ticket).values([{ id: 200 }, {}]);
    await db.insert(Ticket).values([{}, {}]).returning();
    const numbers = (await db.query(Ticket).all()).map(({ number }) => number).sort((a, b) => a - b);
    assert.deepEqual(
      numbers,
      Array.from({ length: 14 }, (_, index) => index + 1),
    );
    assert.equal(made, 14);
  });

  test("rows of which nothing is given are inserted", async () => {
    const { db } = given();
    assert.equal(await db.insert(Counter).values({}), 1);
    assert.equal(await db.insert(Counter).values([{}, {}, {}]), 3);
    assert.equal(await db.query(Counter).count(), 4);
  });
});
