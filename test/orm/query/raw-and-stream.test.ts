/** SQL by hand, exact texts, and rows that come one after the other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { integer, sql, text, timestamp } from "limpid/orm";
import { countRows, onDatabases } from "../databases.ts";
import { Category, Customer, day, filled, Order, shop } from "./shop.ts";

onDatabases(shop, (given) => {
  test("query.sql() is what is sent, with its values", async () => {
    const { db, dialect, sent } = given();
    const query = db
      .query(Category)
      .filter(Category.name.eq("o'neil"), Category.hits.gt(3))
      .orderBy(Category.id.desc())
      .limit(10)
      .offset(20);
    const columns = '"categories"."id", "categories"."parent_id", "categories"."name", "categories"."hits"';
    const expected = {
      sqlite: `select ${columns} from "categories" where "categories"."name" = ? and "categories"."hits" > ? order by "categories"."id" desc limit ? offset ?`,
      postgresql: `select ${columns} from "categories" where "categories"."name" = $1 and "categories"."hits" > $2 order by "categories"."id" desc limit $3 offset $4`,
      mysql:
        `select ${columns} from "categories" where "categories"."name" = ? and "categories"."hits" > ? order by "categories"."id" desc limit ? offset ?`.replaceAll(
          '"',
          "`",
        ),
    };
    assert.equal(query.sql().sql, expected[dialect]);
    assert.deepEqual(query.sql().parameters.map(String), ["o'neil", "3", "10", "20"]);
    sent.length = 0;
    await query.all();
    assert.deepEqual(sent, [expected[dialect]]);
  });

  test("values in sql`…` are bound, names are quoted, pieces are put together", async () => {
    const db = await filled(given().db);
    const name = "Ada' or 1=1 --";
    assert.deepEqual(
      await db.rows(sql`select ${sql.id("name")} from ${Customer} where ${Customer.name} = ${name}`),
      [],
    );
    const big = sql`${Order.items} > ${2}`;
    const both = sql<boolean>`${big} and ${Order.total} <> ${"5.25"}`;
    assert.deepEqual(
      (await db.query(Order).filter(both).orderBy(Order.id).all()).map(({ id }) => id),
      [2, 4],
    );
    const ids = sql.join([1, 3].map((id) => sql`${id}`));
    assert.deepEqual(
      (
        await db.query(Customer).filter(sql<boolean>`${Customer.id} in (${ids})`).orderBy(Customer.id).all()
      ).map(({ name }) => name),
      ["Ada", "cid"],
    );
    const either = sql.join([sql`${Customer.id} = ${1}`, sql`${Customer.id} = ${4}`], sql` or `);
    assert.equal(await db.query(Customer).filter(sql<boolean>`(${either})`).count(), 2);
    const sub = db.query(Order).filter(Order.id.eq(1)).select({ c: Order.customerId });
    assert.equal((await db.query(Customer).filter(sql<boolean>`${Customer.id} = ${sub}`).one()).name, "Ada");
    assert.throws(() => (sql as unknown as (text: string) => void)("select 1"), {
      code: "LMP_ORM_QUERY_INVALID",
    });
    assert.throws(() => (sql as unknown as (text: string[]) => void)(["select 1"]), {
      code: "LMP_ORM_QUERY_INVALID",
    });
  });

  test("rows() names and types what comes, execute() counts", async () => {
    const db = await filled(given().db);
    const rows = await db.rows(
      sql`select id, name, placed_at from orders join (select 1 as one) x on 1 = 1 join (select name, id as customer from customers) c on c.customer = customer_id where id = ${2}`,
      {
        id: integer(),
        name: text(),
        at: timestamp(),
      },
    );
    assert.deepEqual(rows, [{ id: 2, name: "Ada", at: day(2) }]);
    assert.equal(await db.execute(sql`update orders set items = ${7} where customer_id = ${1}`), 3);
    const [row] = await db.rows(sql`select count(*) from orders where items = 7`);
    assert.equal(Number(row?.[0]), 3);
    await db.transaction(async (session) => {
      await session.execute(sql`delete from orders where id = ${1}`);
      assert.equal(await session.query(Order).count(), 4);
    });
  });

  test("a statement the database refuses: LMP_ORM_QUERY_FAILED, with its words", async () => {
    const { db } = given();
    const failed = { code: "LMP_ORM_QUERY_FAILED" };
    await assert.rejects(db.rows(sql`select nonsense from nowhere`), failed);
    await assert.rejects(db.execute(sql`this is no sql`), failed);
    await assert.rejects(async () => {
      for await (const _ of db.query(Category).filter(sql<boolean>`nonsense = 1`)) assert.fail();
    }, failed);
    await db.session(async (session) =>
      assert.rejects(async () => {
        for await (const _ of session.query(Category).filter(sql<boolean>`nonsense = 1`)) assert.fail();
      }, failed),
    );
  });

  test("a stream gives all rows in order, in portions", async () => {
    const { db } = given();
    await db
      .insert(Category)
      .values(Array.from({ length: 250 }, (_, index) => ({ name: `c${index}`, hits: index })));
    const hits: number[] = [];
    for await (const row of db.query(Category).orderBy(Category.id)) {
      assert.ok(row instanceof Category);
      hits.push(row.hits);
    }
    assert.deepEqual(
      hits,
      Array.from({ length: 250 }, (_, index) => index),
    );
    const selected: string[] = [];
    for await (const { n } of db
      .query(Category)
      .orderBy(Category.id)
      .limit(3)
      .select({ n: Category.name })
      .stream({ size: 2 }))
      selected.push(n);
    assert.deepEqual(selected, ["c0", "c1", "c2"]);
  });

  test("a stream that is left early gives its connection back", async () => {
    const { db, lent } = given();
    await db.insert(Category).values(Array.from({ length: 300 }, (_, index) => ({ name: `c${index}` })));
    for (let turn = 0; turn < 15; turn++) {
      for await (const row of db.query(Category).orderBy(Category.id).stream({ size: 10 }))
        if (row.id > 15) break;
      assert.equal(lent(), 0);
    }
    await assert.rejects(
      async () => {
        for await (const _ of db.query(Category)) throw new Error("stop");
      },
      { message: "stop" },
    );
    assert.equal(lent(), 0);
    await db.transaction(async (session) => {
      for await (const _ of session.query(Category).stream({ size: 10 })) break;
      assert.equal(await session.query(Category).count(), 300);
    });
    assert.equal(await countRows(db, "categories"), 300);
  });
});

onDatabases(
  shop,
  (given) => {
    test("ten thousand rows are streamed without being held", async () => {
      const { db } = given();
      const filler = "x".repeat(40);
      await db.copy(
        Category,
        Array.from({ length: 10_000 }, (_, index) => ({ name: `${filler}${index}` })),
      );
      let seen = 0;
      const alive: WeakRef<object>[] = [];
      for await (const row of db.query(Category).stream({ size: 200 })) {
        if (seen++ % 1000 === 0) alive.push(new WeakRef(row));
        if (seen % 2000 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      assert.equal(seen, 10_000);
    });
  },
  { only: ["sqlite file", "postgresql", "mariadb"] },
);
