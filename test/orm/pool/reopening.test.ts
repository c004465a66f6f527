/** The pool while its server fails: few attempts, growing pauses, clear reasons, and back within two seconds; and its end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Pool } from "../../../src/orm/driver/pool/pool.ts";
import { type CountedConnection, CountedConnections } from "./counted-connections.ts";

test("at most three connections are opened at once", async (t) => {
  const opener = Object.assign(new CountedConnections(), { delay: 10 });
  const pool = new Pool<CountedConnection>(opener, { maximum: 10 });
  t.after(() => pool.close(0));
  await Promise.all(Array.from({ length: 10 }, () => pool.acquire()));
  assert.equal(opener.opened.length, 10);
  assert.equal(opener.mostUnderway, 3);
});

test("R-12b: while the server fails it is asked seldom, and who waits hears the reason", async (t) => {
  const opener = new CountedConnections();
  opener.failure = new Error("it is down");
  const pool = new Pool<CountedConnection>(opener, { acquireTimeout: 600 });
  t.after(() => pool.close(0));
  const waiting = Array.from({ length: 50 }, async () => pool.acquire());
  const results = await Promise.allSettled(waiting);
  for (const result of results) {
    assert.equal(result.status, "rejected");
    assert.equal(result.reason, opener.failure);
  }
  assert.ok(opener.attempts.length <= 14, `${opener.attempts.length} attempts in 600 ms`);
  const last = opener.attempts.length;
  await pause(100);
  assert.equal(opener.attempts.length, last, "nobody waits, so nobody asks");
});

test("R-12b: a server that is back is found within two seconds", async (t) => {
  const opener = new CountedConnections();
  opener.failure = new Error("it is down");
  const pool = new Pool<CountedConnection>(opener, { acquireTimeout: 5_000 });
  t.after(() => pool.close(0));
  const waiting = Array.from({ length: 20 }, async () => pool.release(await pool.acquire()));
  await pause(1_000);
  opener.failure = undefined;
  const back = performance.now();
  await Promise.all(waiting);
  assert.ok(performance.now() - back < 2_000);
});

test("a reason that lasts is told at once", async (t) => {
  const failure = Object.assign(new Error("wrong password"), { passing: false });
  const opener = Object.assign(new CountedConnections(), { failure });
  const pool = new Pool<CountedConnection>(opener);
  t.after(() => pool.close(0));
  const started = performance.now();
  await assert.rejects(async () => pool.acquire(), failure);
  assert.ok(performance.now() - started < 1_000);
});

test("closing waits for what is lent, refuses the rest, and closes all", async () => {
  const opener = new CountedConnections();
  const pool = new Pool<CountedConnection>(opener, { maximum: 1 });
  const held = await pool.acquire();
  const waiting = assert.rejects(async () => pool.acquire(), { code: "LMP_ORM_POOL_CLOSED", status: 503 });
  const closed = pool.close(5_000);
  await waiting;
  assert.throws(() => pool.acquire(), { code: "LMP_ORM_POOL_CLOSED" });
  await pause(20);
  assert.equal(held.ended, false);
  pool.release(held);
  await closed;
  assert.equal(held.ended, true);
  assert.equal(pool.close(), closed, "a second close is the first");
});

test("after the grace what is lent is closed under its holder", async () => {
  const pool = new Pool<CountedConnection>(new CountedConnections());
  const held = await pool.acquire();
  const started = performance.now();
  await pool.close(30);
  assert.equal(held.ended, true);
  assert.ok(performance.now() - started < 1_000);
  pool.release(held);
});
