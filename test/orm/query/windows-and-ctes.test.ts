/** Window functions, and queries that are named once and used in others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  and,
  count,
  cte,
  denseRank,
  firstValue,
  lag,
  lastValue,
  lead,
  rank,
  recursive,
  rowNumber,
  sql,
  sum,
} from "limpid/orm";
import { onDatabases } from "../databases.ts";
import { Category, Customer, filled, Order, shop } from "./shop.ts";

onDatabases(shop, (given) => {
  test("window functions look at the rows beside a row", async () => {
    const db = await filled(given().db);
    const mine = { partitionBy: Order.customerId, orderBy: Order.id };
    const rows = await db
      .query(Order)
      .filter(Order.customerId.eq(1))
      .orderBy(Order.id)
      .select({
        id: Order.id,
        number: rowNumber().over(mine),
        rank: rank().over({ orderBy: Order.items }),
        dense: denseRank().over({ orderBy: [Order.items.desc()] }),
        before: lag(Order.items).over(mine),
        after: lead(Order.items, 1).over(mine),
        first: firstValue(Order.id).over(mine),
        last: lastValue(Order.id).over({ ...mine, frame: { unit: "rows", from: 0, to: "unbounded" } }),
        running: sum(Order.items).over({ ...mine, frame: { unit: "rows", from: "unbounded", to: 0 } }),
        all: count().over({ partitionBy: [Order.customerId] }),
      })
      .all();
    assert.deepEqual(rows, [
      { id: 1, number: 1, rank: 1, dense: 2, before: null, after: 3, first: 1, last: 5, running: 1, all: 3 },
      { id: 2, number: 2, rank: 3, dense: 1, before: 1, after: 1, first: 1, last: 5, running: 4, all: 3 },
      { id: 5, number: 3, rank: 1, dense: 2, before: 3, after: null, first: 1, last: 5, running: 5, all: 3 },
    ]);
  });

  test("the newest row of each group, by a derived table", async () => {
    const db = await filled(given().db);
    const numbered = db
      .query(Order)
      .select({
        id: Order.id,
        customer: Order.customerId,
        place: rowNumber().over({ partitionBy: Order.customerId, orderBy: Order.placedAt.desc() }),
      })
      .as("numbered");
    const newest = await db.from(numbered).filter(numbered.place.eq(1)).orderBy(numbered.id).all();
    assert.deepEqual(newest, [
      { id: 3, customer: 2, place: 1 },
      { id: 4, customer: 4, place: 1 },
      { id: 5, customer: 1, place: 1 },
    ]);
  });

  test("a common table expression is written once and used twice", async () => {
    const db = await filled(given().db);
    const spent = cte(
      "spent",
      db
        .query(Order)
        .groupBy(Order.customerId)
        .select({ customer: Order.customerId, items: sum(Order.items) }),
    );
    const query = db
      .query(Customer)
      .join(spent, and(spent.customer.eq(Customer.id), spent.items.gt(2)))
      .orderBy(Customer.id);
    assert.equal(query.sql().sql.match(/\bwith\b/gi)?.length, 1);
    assert.deepEqual(
      (await query.all()).map(({ name }) => name),
      ["Ada", "Dee_%"],
    );
    assert.equal(await query.count(), 2);
    assert.deepEqual(
      await db
        .from(spent)
        .filter(spent.items.eq(db.from(spent).select({ most: sql<number>`max(${spent.items})` })))
        .select({ customer: spent.customer })
        .all(),
      [{ customer: 4 }],
    );
  });

  test("a recursive expression walks a tree", async () => {
    const db = await filled(given().db);
    const tree = recursive(
      "tree",
      db
        .query(Category)
        .filter(Category.parentId.isNull())
        .select({ id: Category.id, depth: sql<number>`0` }),
      (self) =>
        db
          .query(Category)
          .join(self, self.id.eq(Category.parentId))
          .select({ id: Category.id, depth: sql<number>`${self.depth} + 1` }),
    );
    const rows = await db
      .query(Category)
      .join(tree, tree.id.eq(Category.id))
      .orderBy(tree.depth, Category.id)
      .select({ name: Category.name, depth: tree.depth })
      .all();
    assert.deepEqual(
      rows.map(({ name, depth }) => [name, Number(depth)]),
      [
        ["all", 0],
        ["books", 1],
        ["music", 1],
        ["comics", 2],
      ],
    );
  });

  test("a circle of rows ends where rows that were there are dropped", async () => {
    const { db } = given();
    await db.insert(Category).values([
      { id: 1, name: "a", parentId: 2 },
      { id: 2, name: "b", parentId: 1 },
    ]);
    const circle = recursive(
      "circle",
      db.query(Category).filter(Category.id.eq(1)).select({ id: Category.id }),
      (self) => db.query(Category).join(self, self.id.eq(Category.parentId)).select({ id: Category.id }),
      { all: false },
    );
    assert.deepEqual(await db.from(circle).orderBy(circle.id).all(), [{ id: 1 }, { id: 2 }]);
  });
});
