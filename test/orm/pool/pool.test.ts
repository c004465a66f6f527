/** The pool: limits, order, time-outs, lifetimes, checks, and the end. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { PoolOptions } from "../../../src/orm/driver/driver.ts";
import { Pool } from "../../../src/orm/driver/pool/pool.ts";
import { type CountedConnection, CountedConnections } from "./counted-connections.ts";

function setUp(t: TestContext, options: PoolOptions = {}, change: Partial<CountedConnections> = {}) {
  const opener = Object.assign(new CountedConnections(), change);
  const pool = new Pool<CountedConnection>(opener, options);
  t.after(() => pool.close(0));
  return { opener, pool };
}

test("an idle connection is lent at once, the last that came back first", async (t) => {
  const { pool } = setUp(t);
  const first = await pool.acquire();
  const second = await pool.acquire();
  pool.release(first);
  pool.release(second);
  assert.equal(pool.acquire(), second);
  assert.equal(pool.acquire(), first);
});

test("never more than the maximum; whoever waits is served in order", async (t) => {
  const { opener, pool } = setUp(t, { maximum: 2 });
  const held = [await pool.acquire(), await pool.acquire()];
  const order: number[] = [];
  const waiters = [0, 1, 2, 3].map(async (number) => {
    const connection = await pool.acquire();
    order.push(number);
    pool.release(connection);
  });
  assert.deepEqual(pool.status(), { open: 2, idle: 0, waiting: 4, maximum: 2 });
  for (const connection of held) pool.release(connection);
  await Promise.all(waiters);
  assert.deepEqual(order, [0, 1, 2, 3]);
  assert.equal(opener.opened.length, 2);
  assert.deepEqual(pool.status(), { open: 2, idle: 2, waiting: 0, maximum: 2 });
});

test("R-12b: who waits too long gets 503 with what is in use, and the others wait on", async (t) => {
  const { pool } = setUp(t, { maximum: 1, acquireTimeout: 40 });
  const held = await pool.acquire();
  const started = performance.now();
  await assert.rejects(async () => pool.acquire(), {
    code: "LMP_ORM_POOL_TIMEOUT",
    status: 503,
    headers: { "Retry-After": "1" },
    found: "1 of at most 1 in use, 1 more waiting",
  });
  assert.ok(performance.now() - started < 500);
  const next = pool.acquire();
  pool.release(held);
  assert.equal(await next, held);
});

test("R-12b: a connection in an unknown state is closed, not lent again", async (t) => {
  const { opener, pool } = setUp(t);
  const states: ((connection: CountedConnection) => boolean)[] = [
    () => true,
    (connection) => (connection.usable = false),
    (connection) => (connection.resting = false),
  ];
  for (const state of states) {
    const connection = await pool.acquire();
    pool.release(connection, state(connection));
    assert.equal(connection.ended, true);
    assert.equal(pool.status().open, 0);
  }
  const idle = await pool.acquire();
  pool.release(idle);
  pool.release(idle);
  assert.equal(pool.status().idle, 1, "given back twice, it is lent once");
  idle.usable = false;
  assert.notEqual(await pool.acquire(), idle);
  assert.equal(opener.opened.length, 5);
});

test("one that ends while it rests is forgotten at once", async (t) => {
  const { pool } = setUp(t);
  const connection = await pool.acquire();
  pool.release(connection);
  connection.usable = false;
  pool.lost(connection);
  assert.deepEqual(pool.status(), { open: 0, idle: 0, waiting: 0, maximum: 10 });
});

test("idle connections beyond the minimum close; the minimum is kept open", async (t) => {
  const { opener, pool } = setUp(t, { minimum: 1, idleTimeout: 30 });
  const held = await Promise.all([pool.acquire(), pool.acquire(), pool.acquire()]);
  for (const connection of held) pool.release(connection);
  await until(() => pool.status().open === 1);
  await pause(60);
  assert.equal(pool.status().open, 1);
  const kept = await pool.acquire();
  pool.release(kept, true);
  await until(() => pool.status().open === 1);
  assert.equal(opener.opened.length, 4);
});

test("a connection is not lent beyond its lifetime", async (t) => {
  const { pool } = setUp(t, { maximumLifetime: 30 });
  const old = await pool.acquire();
  await pause(40);
  pool.release(old);
  assert.equal(old.ended, true);
});

test("one that rested for long is checked; if one does not answer, all that rest are closed", async (t) => {
  const { opener, pool } = setUp(t, { healthCheckAfter: 0 });
  const held = await Promise.all([pool.acquire(), pool.acquire(), pool.acquire()]);
  assert.equal(opener.checks, 0);
  for (const connection of held) pool.release(connection);
  await pause(2);
  const checked = await pool.acquire();
  assert.equal(opener.checks, 1);
  pool.release(checked);
  for (const connection of held) connection.answers = false;
  await pause(2);
  const fresh = await pool.acquire();
  assert.equal(opener.checks, 2);
  assert.equal(held.includes(fresh), false);
  assert.equal(held.filter((connection) => connection.ended).length, 3);
});

test("a statement that runs beyond the deadline loses its connection", async (t) => {
  const { pool } = setUp(t, {}, { deadline: 40 });
  const connection = await pool.acquire();
  connection.running = 1;
  await until(() => connection.abandoned);
  pool.release(connection);
  assert.equal(pool.status().open, 0);
});

test("statements that follow each other are not taken for one", async (t) => {
  const { pool } = setUp(t, {}, { deadline: 300 });
  const connection = await pool.acquire();
  for (let statement = 1; statement <= 12; statement++) {
    connection.running = statement;
    await pause(40);
  }
  connection.running = 0;
  assert.equal(connection.abandoned, false);
});

test("a connection that is held for too long is reported once, with the line that borrowed it", async (t) => {
  const { pool } = setUp(t, { leakAfter: 20 });
  const warnings: Error[] = [];
  const note = (warning: Error): number => warnings.push(warning);
  process.on("warning", note);
  t.after(() => process.off("warning", note));
  await pool.acquire();
  await until(() => warnings.length > 0);
  await pause(50);
  assert.equal(warnings.length, 1);
  assert.equal(warnings[0]?.name, "ConnectionLeakWarning");
  assert.match(warnings[0]?.message ?? "", /It was borrowed at .*pool\.test\.ts:\d+:\d+/);
});

test("options that make no sense are refused by name", () => {
  const refused: [PoolOptions, RegExp][] = [
    [{ maximum: 0 }, /maximum/],
    [{ minimum: 11 }, /minimum/],
    [{ acquireTimeout: Number.NaN }, /acquireTimeout/],
    [{ idleTimout: 5 } as PoolOptions, /idleTimout/],
  ];
  for (const [options, message] of refused)
    assert.throws(() => new Pool(new CountedConnections(), options), {
      code: "LMP_ORM_OPTION_INVALID",
      message,
    });
});

/** Waits for something that happens by itself, for at most two seconds. */
async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 2_000;
  while (!condition()) {
    assert.ok(performance.now() < end, "it did not happen within two seconds");
    await pause(5);
  }
}
