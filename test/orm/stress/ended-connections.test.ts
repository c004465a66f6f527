/** Connections that the server ends at random moments: clear errors at once, nothing half done, nothing lost, no connection leaked. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { LimpidError } from "limpid/errors";
import { type Database, sql, statementFailed } from "limpid/orm";
import { Random } from "../../http/threats/random.ts";
import { countRows, onDatabases, opened, type TestDatabase } from "../databases.ts";
import { until } from "../statement.ts";
import { committed, family, fixed, Kid, Parent, works, writing } from "./works.ts";

/** `LIMPID_RANDOM=60000` for a minute. */
const milliseconds = Number(process.env.LIMPID_RANDOM ?? 2_500);
const seed = Number(process.env.SEED ?? 1);
const clients = 6;
/** What an application may meet with here. */
const expectedCodes: ReadonlySet<string> = new Set([
  "LMP_ORM_CONNECTION_LOST",
  "LMP_ORM_CONNECT_FAILED",
  "LMP_ORM_POOL_TIMEOUT",
  "LMP_ORM_TRANSACTION_INVALID",
]);

interface Tally {
  readonly acknowledged: Set<string>;
  readonly failures: Map<string, number>;
  done: number;
}

/** One client: does one thing after the other, whatever becomes of it. */
async function client(db: Database, number: number, until: number, tally: Tally): Promise<void> {
  const random = new Random(seed * 1_000 + number);
  for (let count = 0; performance.now() < until; count++) {
    const [name, work] = random.pick(works);
    const token = `${number}-${count}`;
    const begun = performance.now();
    try {
      await work(db, token, random);
      tally.done += 1;
      if (name in writing) tally.acknowledged.add(token);
    } catch (error) {
      const code = error instanceof LimpidError ? error.code : "";
      if (!expectedCodes.has(code))
        throw new Error(`${name} ended in an error of another kind`, { cause: error });
      tally.failures.set(code, (tally.failures.get(code) ?? 0) + 1);
    }
    const took = performance.now() - begun;
    assert.ok(took < 2_000, `${name} took ${Math.round(took)} ms`);
  }
}

/** The connections of one application at the server. */
function connectionsOf({ dialect, url }: TestDatabase, name: string) {
  const database = new URL(url).pathname.slice(1);
  return dialect === "postgresql"
    ? sql`select pid from pg_stat_activity where application_name = ${name} and pid <> pg_backend_pid()`
    : sql`select id from information_schema.processlist where db = ${database} and id <> connection_id() and command <> 'Killed'`;
}

onDatabases(
  [Parent, Kid],
  (given) => {
    const name = `limpid-stress-${process.pid}`;

    /** Another pool of the same database, under a name of its own. */
    const named = async (context: TestContext): Promise<TestDatabase> => {
      const url = new URL(given().url);
      if (given().dialect === "postgresql") url.searchParams.set("application_name", name);
      const victim = await opened(url.href, { pool: { maximum: clients, acquireTimeout: 1_500 } });
      context.after(() => victim.db.close(0));
      return victim;
    };

    const killOne = async (random: Random): Promise<boolean> => {
      const { db, dialect } = given();
      // The pool of the test itself looks on over one connection, which is not among them.
      const found = await db.rows(connectionsOf(given(), name));
      if (found.length === 0) return false;
      const id = Number(random.pick(found)[0]);
      if (dialect === "postgresql") await db.rows(sql`select pg_terminate_backend(${id}::int)`);
      else await db.execute(sql`kill ${id}`).catch(() => 0);
      return true;
    };

    test("under random kills every operation ends well or in a clear error", {
      timeout: milliseconds + 30_000,
    }, async (context) => {
      const { db } = given();
      const parents = Array.from({ length: fixed }, (_, index) => ({
        id: index + 1,
        token: `fixed ${index}`,
        children: index < 50 ? 2 : 0,
      }));
      await db.insert(Parent).values(parents);
      const kids = parents
        .slice(0, 50)
        .flatMap(({ id }) => [1, 2].map((of) => ({ parentId: id, name: `${of}` })));
      await db.insert(Kid).values(kids);
      if (db.dialect === "postgresql") await db.execute(sql`alter table parents alter id restart with 1000`);
      const victim = await named(context);
      const tally: Tally = { acknowledged: new Set(), failures: new Map(), done: 0 };
      const end = performance.now() + milliseconds;
      let kills = 0;
      const killer = async (): Promise<void> => {
        const random = new Random(seed);
        for (; performance.now() < end; await pause(random.between(5, 60)))
          if (await killOne(random)) kills += 1;
      };
      const running = Array.from({ length: clients }, (_, number) => client(victim.db, number, end, tally));
      await Promise.all([killer(), ...running]);
      const figures = JSON.stringify({
        kills,
        done: tally.done,
        failures: Object.fromEntries(tally.failures),
      });

      context.diagnostic(figures);

      // The next session works.
      const recovered = await until(async () =>
        victim.db
          .session((session) => committed(session, "after", new Random(1)))
          .then(
            () => true,
            () => false,
          ),
      );
      assert.ok(recovered < 2_000, figures);
      tally.acknowledged.add("after");

      // Nothing is leaked: neither here nor there.
      const { idle, maximum, open, waiting } = victim.db.status();
      assert.deepEqual([open, waiting, victim.lent()], [idle, 0, 0], figures);
      assert.ok(open <= maximum, figures);
      await until(
        async () => (await db.rows(connectionsOf(given(), name))).length === victim.db.status().open,
      );

      // What was acknowledged is there; whatever is there is whole.
      const found = await db.query(Parent).filter(Parent.id.gt(fixed)).all();
      const tokens = new Set(found.map(({ token }) => token));
      const missing = [...tally.acknowledged].filter((token) => !tokens.has(token));
      assert.deepEqual(missing, [], figures);
      assert.deepEqual(
        [...tokens].filter((token) => token.includes("inner")),
        [],
        figures,
      );
      for (const parent of found) assert.equal((await parent.kids).length, parent.children, parent.token);
      assert.ok(kills > 5 && tally.done > kills && tally.failures.size > 0, figures);

      await victim.db.close();
      assert.equal((await db.rows(connectionsOf(given(), name))).length, 0);
    });

    test("connections that were ended while they rested are noticed, whoever asks next", async (context) => {
      const { db } = given();
      const victim = await named(context);
      await Promise.all(Array.from({ length: clients }, () => victim.db.rows(sql`select 1`)));
      const failed: unknown[] = [];
      const stop = statementFailed.listen(({ error }) => failed.push(error));
      const random = new Random(seed);
      for (let round = 0; round < 5; round++) {
        await Promise.all(Array.from({ length: clients }, () => victim.db.query(Parent).count()));
        while (await killOne(random)) await pause(1);
        await until(() => victim.db.status().open === 0);
        await victim.db.session((session) => committed(session, `rested ${round}`, random));
      }
      stop();
      assert.deepEqual(failed, []);
      assert.equal(await countRows(db, "parents"), 5);
      await victim.db.close();
    });

    test("a session whose connection is ended can be used again", async (context) => {
      const victim = await named(context);
      const random = new Random(seed);
      await victim.db.session(async (session) => {
        const first = family("first", 1);
        session.add(first);
        await session.flush();
        assert.equal(await killOne(random), true);
        const second = family("second", 1);
        session.add(second);
        await assert.rejects(session.commit(), { code: "LMP_ORM_CONNECTION_LOST", status: 503 });
        assert.equal(first.id, undefined);
        await session.commit();
        assert.equal(await session.query(Parent).count(), 2);
        for (const parent of await session.query(Parent).all()) assert.equal((await parent.kids).length, 1);
      });
      assert.equal(victim.lent(), 0);
      await victim.db.close();
    });
  },
  { only: ["postgresql", "mariadb"] },
);
