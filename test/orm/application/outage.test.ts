/** R-12b, R-12c: while the database is away requests hear 503 in time, others do not notice, and all is well soon after. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Response } from "limpid";
import { createTables, type Database, database, sql } from "limpid/orm";
import { onDatabases, opened } from "../databases.ts";
import { UnreliableProxy } from "../unreliable-proxy.ts";
import { club, clubApp, Team, told } from "./club.ts";
import { serve } from "./serve.ts";

/** The application with a page for the balancer, and one that needs nothing. */
function watchedApp(db: Database, log: ReturnType<typeof told>) {
  const app = clubApp(db, log);
  const use = { use: [database(db)] } as const;
  app.get("/livez", () => "alive");
  app.get("/readyz", async () => {
    try {
      await db.ping();
      return Response.json(db.status());
    } catch {
      return Response.json(db.status(), { status: 503 });
    }
  });
  app.post("/teams/:name", use, async ({ db: own, params }) => {
    own.add(new Team({ name: params.name }), new Team({ name: `${params.name} second` }));
    await own.commit();
    return "saved";
  });
  return app;
}

onDatabases(
  club,
  (given, name) => {
    const silence = { skip: name === "mariadb" && "test/orm/mysql/outages.test.ts has it" };
    test(
      "R-12b: a network that swallows everything: 503 with Retry-After, then recovery within 2 s",
      silence,
      async (t) => {
        const direct = new URL(given().url);
        const proxy = await UnreliableProxy.start(Number(direct.port || (name === "mariadb" ? 3306 : 5432)));
        direct.hostname = "127.0.0.1";
        direct.port = String(proxy.port);
        const { db } = await opened(direct.href, {
          // Long enough for a connection to be opened on a machine that has much else to do.
          statementTimeout: 1_000,
          pool: { maximum: 3, acquireTimeout: 1_000, healthCheckAfter: 50 },
        });
        const lines = told();
        const url = await serve(t, watchedApp(db, lines));
        t.after(async () => {
          await db.close(0);
          await proxy.close();
        });
        const save = (team: string) => fetch(`${url}/teams/${team}`, { method: "POST" });
        assert.equal((await save("before")).status, 200);
        proxy.blackHole();
        const away = await Promise.all(["a", "b", "c", "d", "e"].map(save));
        for (const answer of away) {
          assert.equal(answer.status, 503);
          assert.match(answer.headers.get("retry-after") ?? "", /^\d+$/);
          assert.doesNotMatch(await answer.text(), /127\.0\.0\.1|ECONN|select|insert/i);
        }
        assert.equal((await fetch(`${url}/readyz`)).status, 503);
        assert.equal((await fetch(`${url}/livez`)).status, 200);
        proxy.heal();
        const since = performance.now();
        while ((await save(`after ${performance.now()}`)).status !== 200)
          assert.ok(performance.now() - since < 2_000, "not recovered within 2 s");
        assert.equal((await fetch(`${url}/readyz`)).status, 200);
        // Whatever was on its way was done wholly or not at all.
        const names = new Set((await db.query(Team).all()).map((team) => team.name));
        for (const team of ["before", "a", "b", "c", "d", "e"])
          assert.equal(names.has(team), names.has(`${team} second`), team);
        assert.ok(lines.lines.length > 0);
      },
    );

    test("R-12b: connections that are reset under load: some 503, no 500, nothing by halves", async (t) => {
      const direct = new URL(given().url);
      const proxy = await UnreliableProxy.start(Number(direct.port || (name === "mariadb" ? 3306 : 5432)));
      direct.hostname = "127.0.0.1";
      direct.port = String(proxy.port);
      const { db } = await opened(direct.href, { pool: { maximum: 4 } });
      const url = await serve(t, watchedApp(db, told()));
      t.after(async () => {
        await db.close(0);
        await proxy.close();
      });
      const statuses = new Set<number>();
      let running = true;
      const resets = setInterval(() => proxy.resetOne(), 25);
      const clients = Array.from({ length: 6 }, async (_, client) => {
        for (let round = 0; running; round++) {
          const { status } = await fetch(`${url}/teams/${client}-${round}`, { method: "POST" });
          statuses.add(status);
        }
      });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      running = false;
      await Promise.all(clients);
      clearInterval(resets);
      assert.ok(statuses.has(200));
      assert.deepEqual(
        [...statuses].filter((status) => status !== 200 && status !== 503),
        [],
      );
      const names = new Set((await given().db.query(Team).all()).map((team) => team.name));
      for (const team of names) if (!team.endsWith("second")) assert.ok(names.has(`${team} second`), team);
    });
  },
  { only: ["postgresql", "mariadb"] },
);

onDatabases(
  club,
  (given) => {
    test("R-12c: another process that holds the file: writers get 503 in time, readers go on", async (t) => {
      const { url: file } = given();
      const { db } = await opened(file, { busyTimeout: 150 });
      const other = await opened(file);
      t.after(async () => {
        await db.close(0);
        await other.db.close(0);
      });
      await createTables(db);
      const url = await serve(t, watchedApp(db, told()));
      await other.db.transaction(async (session) => {
        await session.execute(sql`insert into teams (name) values ('held')`);
        const since = performance.now();
        const answer = await fetch(`${url}/teams/a`, { method: "POST" });
        assert.equal(answer.status, 503);
        assert.match(answer.headers.get("retry-after") ?? "", /^\d+$/);
        assert.doesNotMatch(await answer.text(), /locked|insert/i);
        assert.ok(performance.now() - since < 2_000);
        assert.equal((await fetch(`${url}/members`)).status, 200);
      });
      assert.equal((await fetch(`${url}/teams/b`, { method: "POST" })).status, 200);
    });
  },
  { only: ["sqlite file"] },
);
