/**
 * class: connection exhaustion. Clients that send or read slowly hold no connection of the database, but for those who
 * read a stream of it; and where all connections are held the others hear so, in time.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { App, Response } from "limpid";
import { createLogger } from "limpid/log";
import { type Database, database } from "limpid/orm";
import { onDatabases } from "../databases.ts";
import { Account, shop } from "./shop.ts";

const slowClients = 12;
const maximum = 2;

/** An application whose database has two connections. */
async function served(t: TestContext, db: Database): Promise<{ app: App; port: number; url: string }> {
  const log = createLogger({ format: "json", destination: { write: () => {} } });
  const app = new App({ log, development: false }).use(database(db));
  const use = { use: [database(db)] } as const;
  app.get("/count", use, async ({ db: own }) => `${await own.query(Account).count()}`);
  app.post("/rename", use, async (request) => {
    const { name } = (await request.json()) as { name: string };
    const changed = await request.db.update(Account).set({ name }).filter(Account.id.eq(-1));
    await request.db.commit();
    return `${changed}`;
  });
  app.get("/all", use, async ({ db: own }) => {
    const rows = await own.query(Account).all();
    return Response.stream(
      (async function* () {
        for (;;) yield rows.map(({ name }) => name.repeat(20)).join();
      })(),
    );
  });
  app.get("/stream", use, ({ db: own }) =>
    Response.stream(
      (async function* () {
        for await (const { name } of own.query(Account).stream({ size: 10 })) yield name.repeat(10_000);
      })(),
    ),
  );
  const server = await app.listen({ host: "127.0.0.1", port: 0 });
  t.after(() => app.close({ grace: 0 }));
  return { app, port: Number(new URL(server.url).port), url: server.url.replace(/\/$/, "") };
}

async function slow(t: TestContext, port: number, bytes: string): Promise<Socket[]> {
  const sockets = Array.from({ length: slowClients }, () => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.pause();
    socket.write(bytes);
    return socket;
  });
  t.after(() => {
    for (const socket of sockets) socket.destroy();
  });
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  await new Promise((resolve) => setTimeout(resolve, 150));
  return sockets;
}

/** Connections come back soon, while the slow clients are still there. */
async function allReturned(lent: () => number): Promise<void> {
  for (const end = performance.now() + 3_000; lent() > 0; ) {
    assert.ok(performance.now() < end, `${lent()} connections are still lent`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function answersAtOnce(url: string): Promise<void> {
  for (let round = 0; round < 5; round++) {
    const since = performance.now();
    const answer = await fetch(`${url}/count`);
    assert.equal(answer.status, 200, await answer.text());
    assert.ok(performance.now() - since < 2_000);
  }
}

onDatabases(
  shop,
  (given, name) => {
    const filled = async (): Promise<Database> => {
      const { db } = given();
      await db.insert(Account).values(Array.from({ length: 500 }, (_, index) => ({ name: `name ${index}` })));
      return db;
    };

    test("class: connection exhaustion: who sends slowly holds none", async (t) => {
      const { port, url } = await served(t, await filled());
      await slow(
        t,
        port,
        'POST /rename HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"name":',
      );
      await allReturned(given().lent);
      await answersAtOnce(url);
    });

    test("class: connection exhaustion: who reads slowly what was asked for holds none", async (t) => {
      const { port, url } = await served(t, await filled());
      await slow(t, port, "GET /all HTTP/1.1\r\nHost: h\r\n\r\n");
      await allReturned(given().lent);
      await answersAtOnce(url);
    });

    test("class: connection exhaustion: who reads a stream holds one; the others hear 503 in time, and it comes back", async (t) => {
      const db = await filled();
      const { port, url } = await served(t, db);
      const sockets = await slow(t, port, "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n");
      if (name === "postgresql") {
        assert.equal(given().lent(), maximum);
        const since = performance.now();
        const answer = await fetch(`${url}/count`);
        assert.equal(answer.status, 503);
        assert.match(answer.headers.get("retry-after") ?? "", /^\d+$/);
        assert.ok(performance.now() - since < 2_000);
      }
      for (const socket of sockets) socket.destroy();
      await allReturned(given().lent);
      await answersAtOnce(url);
      assert.equal(db.status().waiting, 0);
    });
  },
  { only: ["sqlite file", "postgresql"], connect: { pool: { maximum, acquireTimeout: 300 } } },
);
