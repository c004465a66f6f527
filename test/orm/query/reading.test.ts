/** Queries: every way to say what is read gives the same in every database. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  abs,
  alias,
  and,
  avg,
  type Condition,
  cast,
  choose,
  coalesce,
  concat,
  count,
  exists,
  integer,
  length,
  lower,
  max,
  min,
  not,
  or,
  round,
  sql,
  substring,
  sum,
  text,
  trim,
  upper,
} from "limpid/orm";
import { onDatabases } from "../databases.ts";
import { Category, Customer, day, filled, Order, shop } from "./shop.ts";

onDatabases(shop, (given) => {
  /** The names of the customers for which a condition holds. */
  const names = async (...conditions: readonly (Condition | undefined)[]): Promise<string[]> =>
    (
      await customers()
        .filter(...conditions)
        .orderBy(Customer.id)
        .all()
    ).map(({ name }) => name);
  const customers = () => given().db.query(Customer);

  test("conditions", async () => {
    await filled(given().db);
    assert.deepEqual(await names(), ["Ada", "Bob", "cid", "Dee_%"]);
    assert.deepEqual(await names(Customer.name.eq("Ada")), ["Ada"]);
    assert.deepEqual(await names(Customer.name.eq("ada")), [], "texts differ by case");
    assert.deepEqual(await names(Customer.name.ne("Ada")), ["Bob", "cid", "Dee_%"]);
    assert.deepEqual(await names(Customer.city.ne("Oslo")), ["Bob"], "null is neither");
    assert.deepEqual(await names(Customer.city.isDistinctFrom("Oslo")), ["Bob", "cid"]);
    assert.deepEqual(await names(Customer.city.isNotDistinctFrom(null)), ["cid"]);
    assert.deepEqual(await names(Customer.city.isNull()), ["cid"]);
    assert.deepEqual(await names(Customer.city.isNotNull(), Customer.active.eq(false)), ["Bob"]);
    assert.deepEqual(await names(Customer.id.gt(1), Customer.id.lte(3)), ["Bob", "cid"]);
    assert.deepEqual(await names(Customer.id.gte(4)), ["Dee_%"]);
    assert.deepEqual(await names(Customer.id.lt(2)), ["Ada"]);
    assert.deepEqual(await names(Customer.id.between(2, 3)), ["Bob", "cid"]);
    assert.deepEqual(await names(Customer.id.in([1, 3])), ["Ada", "cid"]);
    assert.deepEqual(await names(Customer.id.in([])), []);
    assert.deepEqual(await names(Customer.id.notIn([])), ["Ada", "Bob", "cid", "Dee_%"]);
    assert.deepEqual(await names(Customer.id.notIn([1, 2, 3])), ["Dee_%"]);
    assert.deepEqual(await names(or(Customer.name.eq("Ada"), Customer.name.eq("Bob"))), ["Ada", "Bob"]);
    assert.deepEqual(
      await names(and(Customer.id.gt(1), or(Customer.city.isNull(), Customer.city.eq("Rome")))),
      ["Bob", "cid"],
    );
    assert.deepEqual(await names(not(Customer.active)), ["Bob"]);
    assert.deepEqual(await names(undefined, and(), or(undefined, Customer.id.eq(1))), ["Ada"]);
    assert.deepEqual(await names(or()), []);
    assert.deepEqual(await names(Customer.active), ["Ada", "cid", "Dee_%"]);
  });

  test("texts: patterns mean themselves in contains, startsWith and endsWith", async () => {
    await filled(given().db);
    assert.deepEqual(await names(Customer.name.like("%d%")), ["Ada", "cid"]);
    assert.deepEqual(await names(Customer.name.like("_da")), ["Ada"]);
    assert.deepEqual(await names(Customer.name.notLike("%d%")), ["Bob", "Dee_%"]);
    assert.deepEqual(await names(Customer.name.like("D%")), ["Dee_%"], "case-sensitive everywhere");
    assert.deepEqual(await names(Customer.name.ilike("%D%")), ["Ada", "cid", "Dee_%"]);
    assert.deepEqual(await names(Customer.name.contains("_%")), ["Dee_%"]);
    assert.deepEqual(await names(Customer.name.contains("%")), ["Dee_%"]);
    assert.deepEqual(await names(Customer.name.startsWith("A")), ["Ada"]);
    assert.deepEqual(await names(Customer.name.startsWith("_")), []);
    assert.deepEqual(await names(Customer.name.endsWith("%")), ["Dee_%"]);
  });

  test("order, limit and offset", async () => {
    await filled(given().db);
    const ordered = async (query: ReturnType<typeof customers>) => (await query.all()).map(({ id }) => id);
    assert.deepEqual(await ordered(customers().orderBy(Customer.id.desc()).limit(2)), [4, 3]);
    assert.deepEqual(await ordered(customers().orderBy(Customer.id).limit(2).offset(1)), [2, 3]);
    assert.deepEqual(await ordered(customers().orderBy(Customer.id).offset(3)), [4]);
    assert.deepEqual(await ordered(customers().orderBy(Customer.id).limit(0)), []);
    assert.deepEqual(
      await ordered(customers().orderBy(Customer.city.asc().nullsFirst(), Customer.id.desc())),
      [3, 4, 1, 2],
    );
    assert.deepEqual(
      await ordered(customers().orderBy(Customer.city.desc().nullsLast()).orderBy(Customer.id)),
      [2, 1, 4, 3],
    );
    for (const wrong of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "1"])
      assert.throws(() => customers().limit(wrong as number), { code: "LMP_ORM_QUERY_INVALID" });
  });

  test("first, one, count, exists", async () => {
    await filled(given().db);
    const none = customers().filter(Customer.id.eq(99));
    assert.equal((await customers().orderBy(Customer.id.desc()).first())?.name, "Dee_%");
    assert.equal(await none.first(), undefined);
    assert.equal((await customers().filter(Customer.id.eq(2)).one()).name, "Bob");
    await assert.rejects(none.one(), { code: "LMP_ORM_NOT_FOUND", status: 404 });
    await assert.rejects(customers().one(), { code: "LMP_ORM_NOT_UNIQUE" });
    assert.equal(await customers().count(), 4);
    assert.equal(await customers().orderBy(Customer.name).limit(3).count(), 3);
    assert.equal(await customers().offset(3).count(), 1);
    assert.equal(await none.count(), 0);
    assert.equal(await customers().exists(), true);
    assert.equal(await none.exists(), false);
    assert.equal(await customers().select({ city: Customer.city }).distinct().count(), 3);
    assert.equal(
      await given().db.query(Order).groupBy(Order.customerId).select({ c: Order.customerId }).count(),
      3,
    );
  });

  test("pages", async () => {
    await filled(given().db);
    const query = customers().orderBy(Customer.id);
    const page = await query.page({ page: 2, size: 3 });
    assert.deepEqual(
      { ...page, items: page.items.map(({ name }) => name) },
      { items: ["Dee_%"], page: 2, pages: 2, total: 4, size: 3 },
    );
    assert.deepEqual(await query.filter(Customer.id.gt(99)).page(), {
      items: [],
      page: 1,
      pages: 1,
      total: 0,
      size: 20,
    });
    assert.deepEqual((await query.page({ page: 9 })).items, []);
    for (const wrong of [
      { page: 0 },
      { page: 1.5 },
      { size: 0 },
      { size: 1001 },
      { size: Number.NaN },
      { page: "2" as never },
    ])
      await assert.rejects(query.page(wrong), { code: "LMP_ORM_QUERY_INVALID" });
    assert.equal((await query.page({ size: 1000 })).items.length, 4);
  });

  test("select gives plain objects, of columns, values and queries", async () => {
    const db = await filled(given().db);
    const rows = await customers()
      .orderBy(Customer.id)
      .limit(2)
      .select({
        who: Customer.name,
        active: Customer.active,
        profile: Customer.profile,
        orders: db.query(Order).filter(Order.customerId.eq(Customer.id)).select({ n: count() }),
        latest: db
          .query(Order)
          .filter(Order.customerId.eq(Customer.id))
          .select({ at: max(Order.placedAt) }),
        fixed: sql<number>`1 + 1`,
      })
      .all();
    assert.deepEqual(
      rows.map((row) => ({ ...row, fixed: Number(row.fixed) })),
      [
        {
          who: "Ada",
          active: true,
          profile: { langs: ["no", "en"], age: 36 },
          orders: 3,
          latest: day(5),
          fixed: 2,
        },
        { who: "Bob", active: false, profile: null, orders: 1, latest: day(3), fixed: 2 },
      ],
    );
    assert.equal(Object.getPrototypeOf(rows[0]), Object.prototype);
  });

  test("aggregates, groups and having", async () => {
    const db = await filled(given().db);
    const rows = await db
      .query(Order)
      .join(Customer, Customer.id.eq(Order.customerId))
      .groupBy(Customer.id, Customer.name)
      .having(count().gte(1))
      .orderBy(sum(Order.items).desc(), Customer.id)
      .select({
        name: Customer.name,
        orders: count(),
        cities: count(Customer.city),
        kinds: count(Order.items).distinct(),
        items: sum(Order.items),
        money: sum(Order.total),
        least: min(Order.total),
        most: max(Order.items),
        mean: avg(Order.items),
        large: count().filter(Order.items.gt(2)),
        first: min(Order.placedAt),
      })
      .all();
    assert.deepEqual(
      rows,
      [
        {
          name: "Dee_%",
          orders: 1,
          cities: 1,
          kinds: 1,
          items: 10,
          money: "100.00",
          least: "100.00",
          most: 10,
          mean: 10,
          large: 1,
          first: day(4),
        },
        {
          name: "Ada",
          orders: 3,
          cities: 3,
          kinds: 2,
          items: 5,
          money: "38.25",
          least: rows[1]?.least,
          most: 3,
          mean: 5 / 3,
          large: 1,
          first: day(1),
        },
        {
          name: "Bob",
          orders: 1,
          cities: 1,
          kinds: 1,
          items: 2,
          money: "5.25",
          least: "5.25",
          most: 2,
          mean: 2,
          large: 0,
          first: day(3),
        },
      ].map((row, index) => ({ ...row, mean: rows[index]?.mean })),
    );
    assert.ok(Math.abs((rows[1]?.mean ?? 0) - 5 / 3) < 0.001);
    const [nothing] = await db
      .query(Order)
      .filter(Order.id.gt(99))
      .select({ n: count(), total: sum(Order.items), top: max(Order.items), mean: avg(Order.items) })
      .all();
    assert.deepEqual(nothing, { n: 0, total: null, top: null, mean: null });
  });

  test("functions", async () => {
    await filled(given().db);
    const [row] = await customers()
      .filter(Customer.id.eq(1))
      .select({
        lower: lower(Customer.name),
        upper: upper(Customer.name),
        length: length(Customer.name),
        trim: trim("  x "),
        middle: substring(Customer.name, 2, 1),
        rest: substring(Customer.name, 2),
        joined: concat(Customer.name, " of ", coalesce(Customer.city, "nowhere")),
        abs: abs(Customer.id.minus(5)),
        round: round(Customer.id.plus(0), 0),
        sum: Customer.id.plus(2).times(3),
        rest7: Customer.id.plus(6).modulo(4),
        as: cast(Customer.id, text()),
        back: cast(sql`'12'`, integer()),
        kind: choose([{ when: Customer.id.gt(1), result: "late" }], "early"),
      })
      .all();
    assert.deepEqual(row, {
      lower: "ada",
      upper: "ADA",
      length: 3,
      trim: "x",
      middle: "d",
      rest: "da",
      joined: "Ada of Oslo",
      abs: 4,
      round: 1,
      sum: 9,
      rest7: 3,
      as: "1",
      back: 12,
      kind: "early",
    });
  });

  test("JSON is read at a path", async () => {
    await filled(given().db);
    assert.deepEqual(await names(Customer.profile.at("langs", 0).eq("no")), ["Ada"]);
    assert.deepEqual(await names(Customer.profile.at("age").isNotNull()), ["Ada"]);
    assert.deepEqual(await names(cast(Customer.profile.at("age"), integer()).gt(30)), ["Ada"]);
    assert.deepEqual(await names(Customer.profile.at('a"]. b').isNotNull()), []);
  });

  test("joins", async () => {
    const db = await filled(given().db);
    const left = await customers()
      .leftJoin(Order, Order.customerId.eq(Customer.id))
      .orderBy(Customer.id, Order.id)
      .select({ name: Customer.name, order: Order.id })
      .all();
    assert.deepEqual(
      left.map(({ name, order }) => [name, order]),
      [
        ["Ada", 1],
        ["Ada", 2],
        ["Ada", 5],
        ["Bob", 3],
        ["cid", null],
        ["Dee_%", 4],
      ],
    );
    const along = await customers().join(Customer.orders).filter(Order.items.gt(2)).orderBy(Order.id).all();
    assert.deepEqual(
      along.map(({ name }) => name),
      ["Ada", "Dee_%"],
    );
    const Other = alias(Customer, "other");
    const pairs = await customers()
      .join(Other, and(Other.city.eq(Customer.city), Other.id.gt(Customer.id)))
      .select({ one: Customer.name, two: Other.name })
      .all();
    assert.deepEqual(pairs, [{ one: "Ada", two: "Dee_%" }]);
    assert.equal(await customers().crossJoin(Order).count(), 20);
    assert.throws(() => customers().join(Order), { code: "LMP_ORM_QUERY_INVALID" });
    assert.equal(
      (
        await db
          .query(Order)
          .rightJoin(Customer, Customer.id.eq(Order.customerId))
          .select({ n: Customer.name })
          .all()
      ).length,
      6,
    );
  });

  test("queries within queries", async () => {
    const db = await filled(given().db);
    const large = db.query(Order).filter(Order.items.gte(3)).select({ customer: Order.customerId });
    assert.deepEqual(await names(Customer.id.in(large)), ["Ada", "Dee_%"]);
    assert.deepEqual(await names(Customer.id.notIn(large)), ["Bob", "cid"]);
    assert.deepEqual(await names(exists(db.query(Order).filter(Order.customerId.eq(Customer.id)))), [
      "Ada",
      "Bob",
      "Dee_%",
    ]);
    assert.deepEqual(await names(not(exists(db.query(Order).filter(Order.customerId.eq(Customer.id))))), [
      "cid",
    ]);
    assert.deepEqual(await names(Customer.orders.some(Order.items.gt(5))), ["Dee_%"]);
    assert.deepEqual(await names(Customer.orders.none()), ["cid"]);
    const totals = db
      .query(Order)
      .groupBy(Order.customerId)
      .select({ customer: Order.customerId, items: sum(Order.items) })
      .as("totals");
    const rows = await db
      .query(Customer)
      .join(totals, totals.customer.eq(Customer.id))
      .filter(totals.items.gt(2))
      .orderBy(totals.items)
      .select({ name: Customer.name, items: totals.items })
      .all();
    assert.deepEqual(rows, [
      { name: "Ada", items: 5 },
      { name: "Dee_%", items: 10 },
    ]);
    assert.deepEqual(
      await db
        .from(totals)
        .select({ most: max(totals.items) })
        .all(),
      [{ most: 10 }],
    );
    assert.deepEqual((await db.from(totals).orderBy(totals.customer).all())[0], { customer: 1, items: 5 });
  });

  test("distinct, unions and their kin", async () => {
    const db = await filled(given().db);
    const cities = customers().filter(Customer.city.isNotNull()).select({ city: Customer.city });
    assert.deepEqual(
      (await cities.distinct().orderBy(Customer.city).all()).map(({ city }) => city),
      ["Oslo", "Rome"],
    );
    const oslo = cities.filter(Customer.city.eq("Oslo"));
    const sorted = async (query: { all(): Promise<{ city: string | null }[]> }) =>
      (await query.all()).map(({ city }) => city).sort();
    assert.deepEqual(await sorted(cities.union(oslo)), ["Oslo", "Rome"]);
    assert.deepEqual(await sorted(cities.unionAll(oslo)), ["Oslo", "Oslo", "Oslo", "Oslo", "Rome"]);
    assert.deepEqual(await sorted(cities.intersect(oslo)), ["Oslo"]);
    assert.deepEqual(await sorted(cities.except(oslo)), ["Rome"]);
    assert.equal(await cities.unionAll(oslo).count(), 5);
    const both = cities.union(oslo).as("both");
    assert.deepEqual(await db.from(both).orderBy(both.city.desc()).limit(1).all(), [{ city: "Rome" }]);
    assert.deepEqual((await cities.union(oslo).limit(1).all()).length, 1);
    const entities = await customers().union(customers()).all();
    assert.deepEqual(entities.map(({ profile, active }) => [profile?.langs, active]).length, 4);
  });

  test("the model itself has no rows of other tables", async () => {
    const db = await filled(given().db);
    const categories = await db
      .from(Category)
      .filter(Category.parentId.eq(1))
      .orderBy(Category.id)
      .select({ n: Category.name })
      .all();
    assert.deepEqual(categories, [{ n: "books" }, { n: "music" }]);
  });
});
