/** Many rows at once are what they are one by one: values of every type, defaults, expressions, upserts, order. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type AnyModel, type Database, excluded, type InsertStatement } from "limpid/orm";
import { Random } from "../../http/threats/random.ts";
import { countRows, onDatabases } from "../databases.ts";
import { Bulk, OtherBulk, OtherSingle, Single, someRows, type Values } from "./wide.ts";

/** `LIMPID_RANDOM=500` for a long run, `SEED=…` to repeat one. */
const runs = Number(process.env.LIMPID_RANDOM ?? 6);
const firstSeed = Number(process.env.SEED ?? 1);

/** What is done to an insertion before it runs. */
type Way = (insert: InsertStatement<typeof Bulk>) => PromiseLike<unknown>;

const plainly: Way = (insert) => insert;

/** A statement of any of the models; they have the columns of `Bulk` at least. */
function into(
  db: Pick<Database, "insert">,
  model: AnyModel,
  rows: readonly Values[],
): InsertStatement<typeof Bulk> {
  return db.insert(model as typeof Bulk).values(rows as never);
}

async function rowsOf(db: Database, model: AnyModel): Promise<Values[]> {
  const found = await db
    .query(model as typeof Bulk)
    .orderBy((model as typeof Bulk).key)
    .all();
  return found.map((row) => ({ ...row }) as Values);
}

async function emptied(db: Database, ...models: readonly AnyModel[]): Promise<void> {
  for (const one of models) await db.delete(one as typeof Bulk);
}

function withoutIds(rows: readonly Values[]): Values[] {
  return rows.map(({ id: _, ...row }) => row);
}

/** The rows as they were given, with what is not named. */
function expected(rows: readonly Values[], model: AnyModel): Values[] {
  const empty: Values = { ...new (model as unknown as new (values: object) => object)({ key: 0 }) };
  return rows.map((row) => {
    const named = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
    return { ...empty, counted: 42, ...named };
  });
}

onDatabases(
  [Bulk, Single],
  (given) => {
    const each = async (use: (random: Random, seed: number) => Promise<void>): Promise<void> => {
      const { db } = given();
      for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
        await emptied(db, Bulk, Single);
        try {
          await use(new Random(seed), seed);
        } catch (error) {
          throw new Error(`SEED=${seed} LIMPID_RANDOM=1`, { cause: error });
        }
      }
    };

    /** Writes the rows both ways and compares the tables. */
    const same = async (rows: readonly Values[], way: Way = plainly): Promise<void> => {
      const { db } = given();
      await way(into(db, Bulk, rows));
      for (const row of rows) await way(into(db, Single, [row]));
      assert.deepEqual(withoutIds(await rowsOf(db, Bulk)), withoutIds(await rowsOf(db, Single)));
    };

    test("values of every type, and what is left out", () =>
      each(async (random) => {
        const rows = someRows(random, random.between(1, 30), 0);
        await same(rows);
        assert.deepEqual(withoutIds(await rowsOf(given().db, Bulk)), withoutIds(expected(rows, Bulk)));
      }));

    test("expressions among the values", () =>
      each((random) => same(someRows(random, random.between(2, 12), 0, { expressions: true }))));

    test("rows given back are in the order in which they were given", () =>
      each(async (random) => {
        const rows = someRows(random, random.between(2, 40), 0).toReversed();
        const made = await into(given().db, Bulk, rows).returning({ id: Bulk.id, key: Bulk.key });
        assert.deepEqual(
          made.map(({ key }) => key),
          rows.map(({ key }) => key),
        );
        const ids = made.map(({ id }) => id);
        assert.deepEqual(
          ids,
          ids.toSorted((one, other) => one - other),
        );
      }));

    test("upserts: left, taken over, changed", () =>
      each(async (random) => {
        const { db } = given();
        const before = someRows(random, 8, 0);
        await into(db, Bulk, before);
        await into(db, Single, before);
        const named = Object.keys(before[0] ?? {}).filter((name) => name !== "key");
        const again = someRows(random, 8, 4).map((row) => {
          const filled = Object.fromEntries(named.map((name) => [name, row[name] ?? null]));
          return { ...filled, key: row.key, stated: "again", made: 9, counted: 3 };
        });
        const ways: readonly Way[] = [
          (insert) => insert.onConflictDoNothing("key"),
          (insert) => insert.onConflictDoNothing(),
          (insert) => insert.onConflictUpdate(["key"]),
          (insert) => insert.onConflictUpdate(["key"], { stated: "changed", long: excluded(Bulk.long) }),
        ];
        const way = random.pick(ways);
        await way(into(db, Bulk, again));
        for (const row of again) await way(into(db, Single, [row]));
        assert.deepEqual(withoutIds(await rowsOf(db, Bulk)), withoutIds(await rowsOf(db, Single)));
      }));

    test("through a session, and copied", () =>
      each(async (random) => {
        const { db } = given();
        const rows = someRows(random, random.between(1, 30), 0);
        await db.session(async (session) => {
          const entities = rows.map((row) => new Bulk(row as never));
          session.add(...entities);
          await session.commit();
          const written = entities.map((entity) => ({ ...entity }) as Values);
          assert.deepEqual(withoutIds(written), withoutIds(await rowsOf(db, Bulk)));
        });
        assert.deepEqual(withoutIds(await rowsOf(db, Bulk)), withoutIds(expected(rows, Bulk)));
        const names = new Set(rows.flatMap(Object.keys));
        const filled = expected(rows, Bulk).map((row) =>
          Object.fromEntries([...names].map((name) => [name, row[name] ?? null])),
        );
        await db.copy(Single, filled as never);
        assert.deepEqual(withoutIds(await rowsOf(db, Single)), withoutIds(await rowsOf(db, Bulk)));
      }));

    test("10,000 rows", async () => {
      const { db } = given();
      const rows = someRows(new Random(firstSeed), 10_000, 0).map(({ key, long, large }) => ({
        key,
        long,
        large,
      }));
      assert.equal(await into(db, Bulk, rows), rows.length);
      const found = await db
        .query(Bulk)
        .orderBy(Bulk.id)
        .select({ key: Bulk.key, long: Bulk.long, large: Bulk.large })
        .all();
      assert.deepEqual(
        found,
        rows.map(({ key, large = null, long = null }) => ({ key, long, large })),
      );
      const made = await into(db, Single, rows.toReversed()).returning({ id: Single.id, key: Single.key });
      assert.deepEqual(made.at(0)?.key, rows.length - 1);
      assert.ok(made.every(({ id, key }) => id + key === (made[0]?.id ?? 0) + rows.length - 1));
      await emptied(db, Bulk);
      await db.session(async (session) => {
        session.add(...rows.map((row) => new Bulk(row as never)));
        await session.commit();
      });
      assert.equal(await countRows(db, "bulk"), rows.length);
    });

    test("one row that cannot be written leaves none of them", async () => {
      const { db } = given();
      const wrong: readonly Values[] = [
        { part: Number.NaN },
        { part: Number.POSITIVE_INFINITY },
        { day: "0044-03-15 BC" },
        { at: new Date(Number.NaN) },
        { long: "a\0b" },
        { long: "\ud800" },
        { short: "123456" },
        { state: "other" },
        { large: 2n ** 63n },
        { exact: "1.005" },
        { data: { a: undefined } },
        { whole: [1] },
        { whole: { toString: () => "1" } },
      ];
      for (const values of wrong) {
        const rows = [{ key: 1 }, { key: 2, ...values }, { key: 3 }];
        await assert.rejects(async () => into(db, Bulk, rows), { code: "LMP_ORM_VALUE_INVALID" });
        await assert.rejects(async () => into(db, Bulk, [{ key: 2, ...values }]), {
          code: "LMP_ORM_VALUE_INVALID",
        });
      }
      const twice = [...someRows(new Random(1), 1200, 0), { key: 1100 }];
      await assert.rejects(async () => into(db, Bulk, twice), { name: "UniqueViolation" });
      assert.equal(await countRows(db, "bulk"), 0);
    });
  },
  { only: ["sqlite memory", "postgresql", "mariadb"] },
);

onDatabases(
  [OtherBulk, OtherSingle],
  (given) => {
    test("arrays and types of one's own, at once and one by one", async () => {
      const { db } = given();
      for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
        await emptied(db, OtherBulk, OtherSingle);
        const rows = someRows(new Random(seed), 12, 0, { other: true });
        await into(db, OtherBulk, rows);
        for (const row of rows) await into(db, OtherSingle, [row]);
        const found = withoutIds(await rowsOf(db, OtherBulk));
        assert.deepEqual(found, withoutIds(await rowsOf(db, OtherSingle)), `SEED=${seed}`);
        assert.deepEqual(found, withoutIds(expected(rows, OtherBulk)), `SEED=${seed}`);
      }
    });
  },
  { only: ["postgresql"] },
);
