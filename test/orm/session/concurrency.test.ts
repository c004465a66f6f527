/** Sessions beside each other: they queue, lock, lose and try again as their database does it, and never deadlock. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { integer, model, varchar } from "limpid/orm";
import { onDatabases, opened } from "../databases.ts";

const Account = model("accounts", {
  id: integer().primaryKey(),
  owner: varchar(20),
  balance: integer().default(100),
});

/** Lets whoever waits for it go on. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

onDatabases([Account], (given, name) => {
  const sum = async (): Promise<number> =>
    (await given().db.query(Account).all()).reduce((total, { balance }) => total + balance, 0);

  test("twenty sessions that write at the same time all succeed", async () => {
    const { db } = given();
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        db.session(async (session) => {
          session.add(new Account({ owner: `a${index}` }), new Account({ owner: `b${index}` }));
          await session.commit();
        }),
      ),
    );
    assert.equal(await db.query(Account).count(), 40);
  });

  test("transfers at the same time lose no money", async () => {
    const { db } = given();
    await db.insert(Account).values(Array.from({ length: 4 }, (_, index) => ({ owner: `o${index}` })));
    const transfer = (from: number, to: number): Promise<void> =>
      db.transaction(
        async (session) => {
          const [first, second] = [Math.min(from, to), Math.max(from, to)];
          const accounts = session
            .query(Account)
            .filter(Account.id.in([first, second]))
            .orderBy(Account.id);
          const [one, other] = await (db.dialect === "sqlite" ? accounts : accounts.forUpdate()).all();
          assert.ok(one && other);
          one.balance -= from < to ? 10 : -10;
          other.balance += from < to ? 10 : -10;
        },
        { retries: 10 },
      );
    await Promise.all(
      Array.from({ length: 24 }, (_, index) => transfer((index % 4) + 1, ((index * 3 + 1) % 4) + 1)).map(
        (work) => work.catch((error: unknown) => error),
      ),
    );
    assert.equal(await sum(), 400);
  });

  test("a reader sees what is committed, while another session writes", async (t) => {
    if (name === "sqlite memory") return t.skip("an in-memory database is one connection");
    const { db } = given();
    await db.insert(Account).values({ owner: "Ada" });
    const [written, read] = [gate(), gate()];
    const writer = db.transaction(async (session) => {
      (await session.query(Account).one()).balance = 5;
      await session.flush();
      written.open();
      await read.opened;
    });
    await written.opened;
    assert.equal((await db.query(Account).one()).balance, 100);
    await db.session(async (session) => assert.equal((await session.query(Account).one()).balance, 100));
    read.open();
    await writer;
    assert.equal((await db.query(Account).one()).balance, 5);
  });

  test("a second process waits for the first to end its transaction", async (t) => {
    if (name === "sqlite memory") return t.skip("an in-memory database has no second process");
    const { db, url } = given();
    await db.insert(Account).values({ owner: "Ada" });
    const other = await opened(url);
    try {
      const [locked, release] = [gate(), gate()];
      const first = db.transaction(async (session) => {
        await session.update(Account).set({ balance: Account.balance.plus(1) });
        locked.open();
        await release.opened;
      });
      await locked.opened;
      let done = false;
      const second = other.db
        .update(Account)
        .set({ balance: Account.balance.plus(10) })
        .run()
        .then(() => (done = true));
      await new Promise((resolve) => setTimeout(resolve, 60));
      assert.equal(done, false);
      release.open();
      await Promise.all([first, second]);
      assert.equal((await db.query(Account).one()).balance, 111);
    } finally {
      await other.db.close();
    }
  });
});

onDatabases(
  [Account],
  (given) => {
    test("a locked row is waited for, refused or left out, as one asks for it", async () => {
      const { db } = given();
      await db.insert(Account).values([{ owner: "Ada" }, { owner: "Bob" }]);
      await db.transaction(async (session) => {
        await session.query(Account).filter(Account.id.eq(1)).forUpdate().one();
        await db.transaction(async (other) => {
          const free = await other.query(Account).forUpdate({ wait: "skip locked" }).all();
          assert.deepEqual(
            free.map(({ owner }) => owner),
            ["Bob"],
          );
        });
        await assert.rejects(
          db.transaction((other) =>
            other.query(Account).filter(Account.id.eq(1)).forUpdate({ wait: "nowait" }).one(),
          ),
          { code: "LMP_ORM_LOCK_TIMEOUT", status: 503 },
        );
      });
      await db.transaction(async (session) => {
        await session.query(Account).filter(Account.id.eq(1)).forShare().one();
        await db.transaction((other) =>
          other.query(Account).filter(Account.id.eq(1)).forShare({ wait: "nowait" }).one(),
        );
      });
    });
  },
  { only: ["postgresql", "mariadb"] },
);

onDatabases(
  [Account],
  (given) => {
    /** Two transactions that each read the other's row and write their own: one of them has to lose. */
    const conflict = async (retries: number): Promise<{ runs: number; errors: unknown[] }> => {
      const { db } = given();
      await db.insert(Account).values([{ owner: "Ada" }, { owner: "Bob" }]);
      let runs = 0;
      let read = 0;
      const bothRead = gate();
      const work = (own: string) =>
        db
          .transaction(
            async (session) => {
              runs += 1;
              const accounts = await session.query(Account).all();
              read += 1;
              if (read >= 2) bothRead.open();
              await bothRead.opened;
              const mine = accounts.find(({ owner }) => owner === own);
              assert.ok(mine);
              mine.balance = accounts.reduce((total, { balance }) => total + balance, 0);
            },
            { isolation: "serializable", retries },
          )
          .then(
            () => undefined,
            (error: unknown) => error,
          );
      const errors = await Promise.all([work("Ada"), work("Bob")]);
      return { runs, errors: errors.filter((error) => error !== undefined) };
    };

    test("a transaction that lost against another is told so: LMP_ORM_SERIALIZATION_FAILED, 409", async () => {
      const { runs, errors } = await conflict(0);
      assert.equal(runs, 2);
      assert.equal(errors.length, 1);
      const [error] = errors as { code: string; status: number }[];
      assert.deepEqual([error?.code, error?.status], ["LMP_ORM_SERIALIZATION_FAILED", 409]);
    });

    test("with retries it runs again and succeeds", async () => {
      const { runs, errors } = await conflict(3);
      assert.deepEqual(errors, []);
      assert.equal(runs, 3);
      const balances = (await given().db.query(Account).all()).map(({ balance }) => balance);
      assert.deepEqual(balances.sort(), [200, 300], "as if one had come after the other");
    });

    test("after a lost transaction nothing more is written in its name", async () => {
      const { db, dialect } = given();
      await db.insert(Account).values([{ owner: "Ada" }, { owner: "Bob" }]);
      const bothHold = gate();
      let holding = 0;
      const work = (first: number, second: number) =>
        db.transaction(async (session) => {
          const add = (id: number) =>
            session
              .update(Account)
              .set({ balance: Account.balance.plus(1) })
              .filter(Account.id.eq(id))
              .run();
          await add(first);
          holding += 1;
          if (holding === 2) bothHold.open();
          await bothHold.opened;
          try {
            await add(second);
          } catch (error) {
            assert.equal((error as { code?: string }).code, "LMP_ORM_SERIALIZATION_FAILED", dialect);
            await session.insert(Account).values({ owner: "Eve" });
          }
        });
      const results = await Promise.allSettled([work(1, 2), work(2, 1)]);
      const codes = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
      assert.deepEqual(codes, ["LMP_ORM_TRANSACTION_INVALID"]);
      assert.deepEqual(
        (await db.query(Account).orderBy(Account.id).all()).map(({ owner, balance }) => [owner, balance]),
        [
          ["Ada", 101],
          ["Bob", 101],
        ],
      );
    });
  },
  { only: ["postgresql", "mariadb"] },
);
