/**
 * class: LIKE wildcards, class: unbounded LIMIT, class: slow query. What a client may choose has bounds: patterns are
 * texts, numbers of rows are numbers, pages have at most 1,000 rows, and a statement ends after its time.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Condition, sql } from "limpid/orm";
import { onDatabases } from "../databases.ts";
import { forged } from "./forged.ts";
import { refused, refusedUnheard } from "./refusal.ts";
import { Account, Offer, shop } from "./shop.ts";

/** What stands for a number in a query string or a body. */
const numbers: readonly unknown[] = [
  "10",
  "10; drop table accounts",
  "",
  " 1",
  "0x10",
  -1,
  0.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 53,
  10n,
  [10],
  ["10"],
  { valueOf: () => 10 },
  new Number(10),
  true,
  null,
];

onDatabases(shop, (given) => {
  test("class: unbounded LIMIT: limits, offsets, pages and portions are whole numbers of rows", async () => {
    const { db } = given();
    const query = db.query(Account);
    const sent = [...numbers, ...forged.map(([, value]) => value)].filter((value) => value !== 1);
    for (const value of sent as never[]) {
      const what = `${typeof value} ${JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? `${inner}n` : inner))}`;
      await refusedUnheard(given(), () => query.limit(value).all(), `limit ${what}`);
      await refusedUnheard(given(), () => query.offset(value).all(), `offset ${what}`);
      await refusedUnheard(given(), () => query.page({ page: value }), `page ${what}`);
      await refusedUnheard(given(), () => query.page({ size: value }), `size ${what}`);
      await refusedUnheard(given(), () => query.stream({ size: value }).next(), `portion ${what}`);
    }
    await refusedUnheard(given(), () => query.page({ page: 0 }), "page 0");
    await refusedUnheard(given(), () => query.page({ size: 0 }), "no rows");
    await refusedUnheard(given(), () => query.stream({ size: 0 }).next(), "portions of no rows");
  });

  test("class: unbounded LIMIT: a page has at most 1,000 rows, whatever is asked for", async () => {
    const { db } = given();
    await db.insert(Account).values(Array.from({ length: 1100 }, (_, index) => ({ name: `a${index}` })));
    const query = db.query(Account).orderBy(Account.id);
    for (const size of [1001, 1e6, Number.MAX_SAFE_INTEGER])
      await refusedUnheard(given(), () => query.page({ size }), String(size));
    assert.equal((await query.page({ size: 1000 })).items.length, 1000);
    assert.equal((await query.page({ size: 1000, page: 2 })).items.length, 100);
    const far = await query.page({ size: 1000, page: Number.MAX_SAFE_INTEGER });
    assert.deepEqual([far.items.length, far.total, far.pages], [0, 1100, 2]);
    await db.session(async (session) => {
      const account = await session.query(Account).first();
      for (const value of numbers as never[])
        await refused(async () => await account?.offers.limit(value), `a relation's limit ${String(value)}`);
    });
  });

  test("class: LIKE wildcards: contains, startsWith and endsWith look for the text as it is", async () => {
    const { db } = given();
    const part = fc.constantFrom("%", "_", "\\", "a", "b", "%%", "\\%", "[a]", "*", "?", "'", '"', "😀");
    const words = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(""));
    const stored = ["100%", "100 percent", "a_b", "axb", "\\", "a\\b", "%_\\", "aaa", "[a]", "a*b?", "😀%"];
    await db.insert(Offer).values(await offersOf(stored));
    await fc.assert(
      fc.asyncProperty(words, async (word) => {
        const found = async (condition: Condition) =>
          (await db.query(Offer).filter(condition).all()).map(({ title }) => title).toSorted();
        const expected = (holds: (title: string) => boolean) => stored.filter(holds).toSorted();
        assert.deepEqual(
          await found(Offer.title.contains(word)),
          expected((title) => title.includes(word)),
        );
        assert.deepEqual(
          await found(Offer.title.startsWith(word)),
          expected((title) => title.startsWith(word)),
        );
        assert.deepEqual(
          await found(Offer.title.endsWith(word)),
          expected((title) => title.endsWith(word)),
        );
      }),
      { numRuns: 60 },
    );

    async function offersOf(titles: readonly string[]) {
      const accountId = await db.insert(Account).values({ name: "Ada" }).key();
      return titles.map((title) => ({ accountId, title }));
    }
  });

  test("class: LIKE wildcards: a pattern is a text", async () => {
    for (const [name, value] of forged.filter(([, sent]) => typeof sent !== "string"))
      for (const way of ["like", "notLike", "ilike", "contains", "startsWith", "endsWith"] as const)
        await refusedUnheard(given(), () => Account.name[way](value), `${way}: ${name}`);
  });
});

onDatabases(
  [Account],
  (given, name) => {
    test("class: slow query: a statement ends after its time, and the connection is well", async () => {
      const { db } = given();
      const since = performance.now();
      await assert.rejects(db.rows(slow[name] ?? slow.sqlite), {
        code: "LMP_ORM_STATEMENT_TIMEOUT",
        status: 503,
        expose: false,
      });
      const elapsed = performance.now() - since;
      assert.ok(elapsed >= 150 && elapsed < 5_000, `${elapsed} ms`);
      assert.equal(await db.query(Account).count(), 0);
    });
  },
  { only: ["sqlite file", "postgresql", "mariadb"], connect: { statementTimeout: 200, threads: 1 } },
);

onDatabases(
  [Account],
  (given) => {
    test("class: slow query: the threads that slow statements keep are bounded, and come back", async () => {
      const { db } = given();
      const slowest = sql`with recursive c (x) as (select 1 union all select x + 1 from c where x < ${6_000_000}) select count(*) from c`;
      const codes: unknown[] = [];
      for (let round = 0; round < 12; round++)
        codes.push(await db.rows(slowest).then(String, ({ code }: { code: string }) => code));
      assert.ok(codes.includes("LMP_ORM_STATEMENT_TIMEOUT"), codes.join());
      assert.equal(codes.at(-1), "LMP_ORM_POOL_TIMEOUT", codes.join());
      await assert.rejects(db.rows(slowest), { status: 503, expose: false });
      for (const end = performance.now() + 30_000; ; ) {
        const count = await db
          .query(Account)
          .count()
          .catch(() => undefined);
        if (count === 0) break;
        assert.ok(performance.now() < end, "no thread came back");
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
  },
  { only: ["sqlite file"], connect: { statementTimeout: 10, threads: 2 } },
);

const slow: Readonly<Record<string, ReturnType<typeof sql>>> & { readonly sqlite: ReturnType<typeof sql> } = {
  sqlite: sql`with recursive c (x) as (select 1 union all select x + 1 from c where x < 3000000) select count(*) from c`,
  postgresql: sql`select pg_sleep(20)`,
  mariadb: sql`select count(*) from seq_1_to_1000000 a, seq_1_to_1000000 b`,
};
