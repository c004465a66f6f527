/** `request.db`: opened by its first use, closed with the request, whatever becomes of the request. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { App, Response } from "limpid";
import { Database, database, type Session } from "limpid/orm";
import { countRows, onDatabases } from "../databases.ts";
import { club, clubApp, Team, told } from "./club.ts";
import { serve, until } from "./serve.ts";

/** The warnings that the process gives while something runs. */
async function warnings(work: () => Promise<unknown>): Promise<string[]> {
  const found: string[] = [];
  const note = (warning: Error): void => void found.push(warning.name);
  process.on("warning", note);
  await work();
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", note);
  return found;
}

onDatabases(
  club,
  (given) => {
    test("a request that asks for nothing opens nothing", async (t) => {
      const { db, sent } = given();
      let opened = 0;
      const app = new App({ log: told().log }).use(
        database(() => {
          opened++;
          return db;
        }),
      );
      app.get("/plain", () => "plain");
      const url = await serve(t, app);
      assert.equal(await (await fetch(`${url}/plain`)).text(), "plain");
      assert.deepEqual([opened, sent], [0, []]);
    });

    test("what was committed is there, and nothing else is", async (t) => {
      const { db, lent } = given();
      const app = clubApp(db);
      const use = { use: [database(db)] } as const;
      const kept: Session[] = [];
      app.post("/kept", use, async ({ db: own }) => {
        own.add(new Team({ name: "kept" }));
        await own.commit();
        own.add(new Team({ name: "added behind it" }));
        kept.push(own);
        return "kept";
      });
      app.post("/forgotten", use, async ({ db: own }) => {
        own.add(new Team({ name: "flushed" }));
        await own.flush();
        assert.equal(await own.query(Team).filter(Team.name.eq("flushed")).count(), 1);
        return "forgotten";
      });
      app.post("/broken", use, async ({ db: own }) => {
        own.add(new Team({ name: "broken" }));
        await own.flush();
        throw new Error("It broke.");
      });
      app.post(
        "/written",
        use,
        async ({ db: own }) => `${await own.insert(Team).values({ name: "written" })}`,
      );
      const url = await serve(t, app);
      const found = await warnings(async () => {
        for (const [path, status] of [
          ["/kept", 200],
          ["/forgotten", 200],
          ["/written", 200],
          ["/broken", 500],
        ] as const)
          assert.equal((await fetch(url + path, { method: "POST" })).status, status, path);
      });
      assert.deepEqual(
        (await db.query(Team).all()).map(({ name }) => name),
        ["kept"],
      );
      assert.deepEqual(found, Array(3).fill("LimpidLostChanges"), "all but what was broken");
      assert.equal(lent(), 0);
      await assert.rejects(async () => kept[0]?.commit(), { code: "LMP_ORM_SESSION_CLOSED" });
      assert.throws(() => kept[0]?.add(new Team({ name: "late" })), { code: "LMP_ORM_SESSION_CLOSED" });
    });

    test("each request has a session of its own, and one of them in the whole of it", async (t) => {
      const { db, lent } = given();
      await db.insert(Team).values({ id: 1, name: "one" });
      const app = new App({ log: told().log }).use(database(db));
      const seen: object[] = [];
      const use = { use: [database(db)] } as const;
      app.get("/team", use, async (request) => {
        const team = await request.db.query(Team).one();
        assert.equal(await request.db.query(Team).one(), team);
        assert.equal(request.db, request.db);
        seen.push(team);
        return team;
      });
      const url = await serve(t, app);
      const answers = await Promise.all(Array.from({ length: 8 }, () => fetch(`${url}/team`)));
      for (const answer of answers)
        assert.deepEqual(await answer.json(), { id: 1, name: "one", motto: null });
      assert.equal(new Set(seen).size, 8);
      assert.equal(lent(), 0);
    });

    test("a client that goes away leaves nothing behind: what its request had not committed is rolled back", async (t) => {
      const { db, lent } = given();
      const app = clubApp(db);
      const use = { use: [database(db)] } as const;
      const reached = Promise.withResolvers<void>();
      const ended = Promise.withResolvers<void>();
      app.post("/slow", use, async ({ db: own, signal }) => {
        own.add(new Team({ name: "half" }));
        await own.flush();
        reached.resolve();
        if (!signal.aborted) await once(signal, "abort");
        ended.resolve();
        throw signal.reason;
      });
      const url = await serve(t, app);
      const leaving = new AbortController();
      const answer = fetch(`${url}/slow`, { method: "POST", signal: leaving.signal });
      await reached.promise;
      assert.equal(lent(), 1);
      leaving.abort();
      await assert.rejects(answer, { name: "AbortError" });
      await ended.promise;
      await until(() => lent() === 0);
      assert.equal(await countRows(db, "teams"), 0);
    });

    test("a response that is streamed still reads, to its end or to where the client leaves", async (t) => {
      const { db, lent } = given();
      await db.insert(Team).values(Array.from({ length: 3000 }, (_, index) => ({ name: `team ${index}` })));
      const app = clubApp(db);
      const use = { use: [database(db)] } as const;
      const late: unknown[] = [];
      app.get("/export", use, ({ db: own, signal }) =>
        Response.stream(
          (async function* () {
            for await (const { name } of own.query(Team).orderBy(Team.id).stream({ size: 50 })) {
              yield `${name.padEnd(1000)}\n`;
              if (signal.aborted) return;
            }
            late.push(
              await own
                .insert(Team)
                .values({ name: "late" })
                .run()
                .catch(({ code }) => code),
            );
          })(),
        ),
      );
      const url = await serve(t, app);
      const text = await (await fetch(`${url}/export`)).text();
      assert.equal(text.split("\n").length, 3001);
      assert.deepEqual(late, ["LMP_ORM_SESSION_CLOSED"]);
      await until(() => lent() === 0);
      const leaving = new AbortController();
      const response = await fetch(`${url}/export`, { signal: leaving.signal });
      const reader = response.body?.getReader();
      await reader?.read();
      leaving.abort();
      await until(() => lent() === 0);
      assert.equal(await db.query(Team).count(), 3000);
    });
  },
  { only: ["sqlite file", "postgresql", "mariadb"] },
);

test("a database that is not open yet, and one that is closed, are 503", async (t) => {
  let db: Database | undefined;
  const app = new App({ log: told().log, development: false }).use(database(() => db));
  const use = { use: [database(() => db)] } as const;
  app.get("/", use, async ({ db: own }) => `${await own.query(Team).count()}`);
  const url = await serve(t, app);
  const codes: number[] = [];
  codes.push((await fetch(url)).status);
  db = await Database.connect("sqlite::memory:");
  await db.close();
  codes.push((await fetch(url)).status);
  assert.deepEqual(codes, [503, 503]);
});
