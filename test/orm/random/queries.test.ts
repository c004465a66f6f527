/** Random queries: every database gives the rows that a reference in TypeScript gives for them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "../../http/threats/random.ts";
import { onDatabases } from "../databases.ts";
import { QueryMaker, type RandomQuery } from "./random-query.ts";
import type { Scalar } from "./scalar.ts";
import { fill, models, type Row, someRows } from "./things.ts";

/** `LIMPID_RANDOM=20000` for a long run, `SEED=…` to repeat one. */
const runs = Number(process.env.LIMPID_RANDOM ?? 200);
const firstSeed = Number(process.env.SEED ?? 1);
/** Queries for the same rows. */
const together = 25;

onDatabases(
  models,
  (given) => {
    test(`${runs} queries give what the reference gives, also with other values`, {
      timeout: 60_000 + runs * 100,
    }, async () => {
      const { db } = given();
      for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
        const rows = someRows(new Random(Math.floor(seed / together)));
        if (seed === firstSeed || seed % together === 0) await fill(db, rows);
        const made = (values: string): RandomQuery => {
          const draw = { shape: new Random(`shape ${seed}`), value: new Random(`${values} ${seed}`) };
          return new QueryMaker(db, draw, rows).query(2);
        };
        const [first, second] = [made("value"), made("other value")];
        await check(first, seed);
        await check(second, seed);
        // What differs in values alone is one statement.
        const plans = [first, second].map(({ query }) => db.statements.plan(query.node, []));
        assert.equal(plans[0], plans[1], `SEED=${seed}: two plans`);
      }
    });
  },
  { only: ["sqlite memory", "postgresql", "mariadb"] },
);

async function check(made: RandomQuery, seed: number): Promise<void> {
  const { query } = made;
  try {
    const found = (await query.all()) as readonly Row[];
    assert.deepEqual(shown(found, made), shown(made.rows, made));
    assert.equal(await query.count(), made.rows.length, "count()");
    assert.equal(await query.exists(), made.rows.length > 0, "exists()");
  } catch (error) {
    const { parameters, sql } = query.sql();
    throw new Error(`SEED=${seed} LIMPID_RANDOM=1: ${sql}\n${parameters.map(String).join(" | ")}`, {
      cause: error,
    });
  }
}

/** As texts, in the order where the query has one. */
function shown(rows: readonly Row[], { isOrdered }: RandomQuery): string[] {
  const texts = rows.map((row) => Object.values(row).map(text).join(" | "));
  return isOrdered ? texts : texts.sort();
}

function text(value: Scalar): string {
  if (typeof value === "number") return String(Number(value.toPrecision(12)) + 0);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString("hex")}`;
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
