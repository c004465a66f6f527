/** Inserts, upserts, updates and deletes by query, and what they give back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { count, excluded, sql, sum } from "limpid/orm";
import { countRows, onDatabases } from "../databases.ts";
import { Category, Customer, day, filled, Order, shop } from "./shop.ts";

onDatabases(shop, (given) => {
  test("a thousand rows go in few statements, all or none", async () => {
    const { db, sent } = given();
    const rows = Array.from({ length: 1500 }, (_, index) => ({ name: `c${index}`, hits: index }));
    assert.equal(await db.insert(Category).values(rows), 1500);
    assert.ok(sent.filter((text) => text.startsWith("insert")).length <= 5);
    assert.equal(await countRows(db, "categories"), 1500);
    assert.deepEqual(
      await db
        .query(Category)
        .select({ n: count(), hits: sum(Category.hits) })
        .all(),
      [{ n: 1500, hits: (1499 * 1500) / 2 }],
    );
    const again = [...rows.map(({ name }) => ({ name: `x${name}` })), { name: "c7" }];
    await assert.rejects(db.insert(Category).values(again).run(), { code: "LMP_ORM_UNIQUE_VIOLATION" });
    assert.equal(await countRows(db, "categories"), 1500);
  });

  test("no rows are no statement", async () => {
    const { db, sent } = given();
    assert.equal(await db.insert(Category).values([]), 0);
    assert.deepEqual(await db.insert(Category).values([]).returning(), []);
    assert.equal(await db.copy(Category, []), 0);
    assert.deepEqual(
      sent.filter((text) => /insert/i.test(text)),
      [],
    );
  });

  test("copy writes from a generator", async () => {
    const { db } = given();
    async function* rows() {
      for (let index = 0; index < 500; index++)
        yield { name: `c${index}`, parentId: index % 2 ? index : null };
    }
    assert.equal(await db.copy(Category, rows()), 500);
    const row = await db.query(Category).filter(Category.name.eq("c7")).one();
    assert.deepEqual([row.parentId, row.hits], [7, 0]);
    async function* breaking() {
      yield { name: "x1" };
      throw new Error("no more");
    }
    await assert.rejects(db.copy(Category, breaking()), { message: "no more" });
    assert.equal(await countRows(db, "categories"), 500);
  });

  test("what is in the database already is left out, or updated", async () => {
    const { db } = given();
    await db.insert(Category).values([{ name: "books", hits: 1 }]);
    await db
      .insert(Category)
      .values([
        { name: "books", hits: 5 },
        { name: "music", hits: 2 },
      ])
      .onConflictDoNothing("name");
    const hits = async () =>
      (await db.query(Category).orderBy(Category.name).all()).map(({ name, hits }) => [name, hits]);
    assert.deepEqual(await hits(), [
      ["books", 1],
      ["music", 2],
    ]);
    await db.insert(Category).values({ name: "books", hits: 7 }).onConflictUpdate(["name"]);
    assert.deepEqual(await hits(), [
      ["books", 7],
      ["music", 2],
    ]);
    await db
      .insert(Category)
      .values([
        { name: "books", hits: 10 },
        { name: "games", hits: 1 },
      ])
      .onConflictUpdate(["name"], { hits: Category.hits.plus(excluded(Category.hits)) });
    assert.deepEqual(await hits(), [
      ["books", 17],
      ["games", 1],
      ["music", 2],
    ]);
    // What only has its default in the new row stays as it is in the old one.
    await db.insert(Category).values({ name: "books", parentId: 3 }).onConflictUpdate(["name"]);
    const books = await db.query(Category).filter(Category.name.eq("books")).one();
    assert.deepEqual([books.hits, books.parentId], [17, 3]);
    const invalid = { code: "LMP_ORM_QUERY_INVALID" };
    assert.throws(() => db.insert(Category).onConflictUpdate(["name"], {}), invalid);
    await assert.rejects(db.insert(Category).values({ name: "books" }).onConflictUpdate(["name"]), invalid);
    assert.equal(await db.insert(Category).values([]).onConflictUpdate(["name"]), 0);
    assert.throws(() => db.insert(Category).onConflictUpdate(["nmae" as "name"]), {
      code: "LMP_ORM_COLUMN_UNKNOWN",
    });
  });

  test("rows of a query are inserted", async () => {
    const db = await filled(given().db);
    const written = await db
      .insert(Category)
      .from(
        db
          .query(Customer)
          .filter(Customer.city.eq("Oslo"))
          .select({ name: Customer.name, hits: Customer.id }),
      );
    assert.equal(written, 2);
    assert.deepEqual(
      (await db.query(Category).filter(Category.id.gt(4)).orderBy(Category.id).all()).map(
        ({ name, hits }) => [name, hits],
      ),
      [
        ["Ada", 1],
        ["Dee_%", 4],
      ],
    );
    assert.throws(
      () => db.insert(Category).from(db.query(Customer).select({ town: Customer.city }) as never),
      {
        code: "LMP_ORM_COLUMN_UNKNOWN",
      },
    );
  });

  test("updates and deletes by query give the number of rows", async () => {
    const db = await filled(given().db);
    assert.equal(
      await db
        .update(Order)
        .set({ items: Order.items.times(2), total: "1.00" })
        .filter(Order.customerId.eq(1)),
      3,
    );
    assert.deepEqual(
      (await db.query(Order).orderBy(Order.id).all()).map(({ items, total }) => [items, total]),
      [
        [2, "1.00"],
        [6, "1.00"],
        [2, "5.25"],
        [10, "100.00"],
        [2, "1.00"],
      ],
    );
    assert.equal(await db.update(Order).set({ items: 0 }).filter(Order.id.eq(99)), 0);
    assert.equal(await db.delete(Order).filter(Order.items.gt(5)), 2);
    assert.equal(await db.delete(Order), 3);
    await assert.rejects(db.update(Order).set({}).run(), { code: "LMP_ORM_QUERY_INVALID" });
    await assert.rejects(db.update(Order).set({ items: undefined }).run(), { code: "LMP_ORM_QUERY_INVALID" });
  });

  test("an undefined value changes nothing, null is a value", async () => {
    const db = await filled(given().db);
    await db.update(Customer).set({ name: undefined, city: null }).filter(Customer.id.eq(1));
    const ada = await db.query(Customer).filter(Customer.id.eq(1)).one();
    assert.deepEqual([ada.name, ada.city], ["Ada", null]);
  });

  test("awaiting a write twice runs it twice; building it runs nothing", async () => {
    const { db, sent } = given();
    const update = db.update(Category).set({ hits: Category.hits.plus(1) });
    await db.insert(Category).values({ name: "a" });
    sent.length = 0;
    update.filter(Category.id.eq(1));
    update.sql();
    assert.deepEqual(sent, []);
    await update;
    await update;
    assert.equal((await db.query(Category).one()).hits, 2);
  });

  test("a key that the database counted is given back", async () => {
    const { db } = given();
    const first = await db.insert(Category).values({ name: "a" }).key();
    const second = await db.insert(Category).values({ name: "b" }).key();
    assert.equal(typeof first, "number");
    assert.equal(second, first + 1);
    assert.equal(await db.insert(Category).values({ id: 77, name: "c" }).key(), 77);
  });

  test("returning gives entities or what is selected", async () => {
    const { db, dialect } = given();
    const inserted = await db
      .insert(Category)
      .values([{ name: "a" }, { name: "b", hits: 3 }])
      .returning();
    assert.deepEqual(
      inserted.map((row) => ({ ...row })),
      [
        { id: 1, parentId: null, name: "a", hits: 0 },
        { id: 2, parentId: null, name: "b", hits: 3 },
      ],
    );
    assert.ok(inserted[0] instanceof Category);
    const selected = await db
      .insert(Category)
      .values({ name: "c" })
      .returning({ key: Category.id, twice: sql<number>`2` });
    assert.equal(selected[0]?.key, 3);
    const update = db
      .update(Category)
      .set({ hits: 9 })
      .filter(Category.name.eq("a"))
      .returning({ name: Category.name, hits: Category.hits });
    if (dialect === "mysql") await assert.rejects(update.run(), { code: "LMP_ORM_UNSUPPORTED" });
    else assert.deepEqual(await update, [{ name: "a", hits: 9 }]);
    const gone = await db.delete(Category).filter(Category.name.eq("b")).returning();
    assert.deepEqual(
      gone.map(({ name, hits }) => [name, hits]),
      [["b", 3]],
    );
  });

  test("rows that leave different columns to the database go together", async () => {
    const { db } = given();
    const rows = await db
      .insert(Category)
      .values([{ name: "a" }, { id: 50, name: "b" }, { name: "c", parentId: 50 }, { name: "d" }])
      .returning({ name: Category.name, parent: Category.parentId });
    assert.deepEqual(rows, [
      { name: "a", parent: null },
      { name: "b", parent: null },
      { name: "c", parent: 50 },
      { name: "d", parent: null },
    ]);
    assert.equal((await db.query(Category).filter(Category.name.eq("b")).one()).id, 50);
  });

  test("wrong values are refused before anything is sent", async () => {
    const { db, sent } = given();
    const invalid = { code: "LMP_ORM_VALUE_INVALID" };
    sent.length = 0;
    await assert.rejects(
      db
        .insert(Category)
        .values({ name: 5 as never })
        .run(),
      invalid,
    );
    await assert.rejects(
      db
        .insert(Category)
        .values({ name: "x".repeat(51) })
        .run(),
      invalid,
    );
    await assert.rejects(db.insert(Category).values({ name: "a", hits: 1.5 }).run(), invalid);
    await assert.rejects(
      db
        .insert(Order)
        .values({ customerId: 1, total: "a", items: 1, placedAt: day(1) })
        .run(),
      invalid,
    );
    await assert.rejects(
      db
        .query(Category)
        .filter(Category.id.eq("1" as never))
        .all(),
      invalid,
    );
    assert.throws(() => db.insert(Category).values(null as never), invalid);
    assert.deepEqual(sent, []);
  });
});
