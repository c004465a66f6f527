/** Who gets a connection when: the one writer in turns, readers at once, and nobody for ever. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ServiceUnavailableError } from "limpid/errors";
import type { DriverConnection } from "../../../src/orm/driver/driver.ts";
import { change, openSource, pause, query } from "./opened.ts";

const insert = change("INSERT INTO t (v) VALUES (?)");
const count = query("SELECT count(*) FROM t");

test("writers take turns in the order of asking, and readers do not wait for them", async (t) => {
  const source = await openSource(t);
  const order: number[] = [];
  const first = await source.acquire("write");
  await source.begin(first, {});
  const rest = [1, 2, 3].map(async (number) => {
    const writer = await source.acquire("write");
    order.push(number);
    source.release(writer);
  });
  await first.write(insert, ["a"]);
  const reader = source.acquire("read") as DriverConnection;
  assert.deepEqual(reader.row(count, []), [0]);
  assert.equal(source.status().waiting, 3);
  await first.script("COMMIT");
  assert.deepEqual(reader.row(count, []), [1]);
  source.release(first);
  await Promise.all(rest);
  assert.deepEqual(order, [1, 2, 3]);
});

test("whoever waits for too long is told what is in the way", async (t) => {
  const source = await openSource(t, { pool: { acquireTimeout: 30 } });
  const holder = await source.acquire("write");
  await source.begin(holder, {});
  await assert.rejects(Promise.resolve(source.acquire("write")), (error) => {
    assert.ok(error instanceof ServiceUnavailableError);
    assert.equal(error.code, "LMP_ORM_POOL_TIMEOUT");
    assert.match(
      error.found ?? "",
      /^a transaction has been open for \d+ ms, borrowed at .*lending\.test\.ts/,
    );
    return true;
  });
  source.release(holder);
  source.release(await source.acquire("write"));
});

test("in memory, a reader waits for a transaction of another and sees nothing of it", async (t) => {
  const source = await openSource(t, {}, ":memory:");
  const early = source.acquire("read") as DriverConnection;
  const writer = await source.acquire("write");
  const during = source.acquire("read") as DriverConnection;
  assert.deepEqual(during.row(count, []), [0]);
  await source.begin(writer, {});
  await writer.write(insert, ["a"]);
  const late = source.acquire("read");
  assert.ok(late instanceof Promise);
  const seen = Promise.all([early.row(count, []), late.then((reader) => reader.row(count, []))]);
  await pause(5);
  await writer.write(insert, ["b"]);
  await writer.script("COMMIT");
  assert.deepEqual(await seen, [[2], [2]]);
  source.release(writer);
});

test("a transaction that nobody ended is rolled back when its connection comes back", async (t) => {
  for (const [path, threads] of [
    [undefined, 0],
    [":memory:", 0],
    [undefined, 2],
  ] as const) {
    const source = await openSource(t, { threads }, path);
    const writer = await source.acquire("write");
    await source.begin(writer, {});
    await writer.write(insert, ["a"]);
    source.release(writer);
    const next = await source.acquire("write");
    assert.deepEqual(await next.row(count, []), [0]);
    await next.write(insert, ["a"]);
    source.release(next, true);
    const last = await source.acquire("write");
    assert.deepEqual(await last.row(count, []), [1]);
    source.release(last);
  }
});

test("a reading transaction sees one state, writes nothing, and ends cleanly", async (t) => {
  for (const [path, threads, intent] of [
    [undefined, 0, "read"],
    [undefined, 0, "write"],
    [":memory:", 0, "read"],
    [undefined, 2, "read"],
  ] as const) {
    const source = await openSource(t, { threads }, path);
    const reader = await source.acquire(intent);
    await source.begin(reader, { readOnly: true });
    assert.deepEqual(await reader.row(count, []), [0]);
    await assert.rejects(async () => reader.write(insert, ["x"]), /readonly database/);
    if (path === undefined && intent === "read") {
      const writer = await source.acquire("write");
      await writer.write(insert, ["a"]);
      source.release(writer);
      assert.deepEqual(await reader.row(count, []), [0]);
    }
    await reader.script("COMMIT");
    source.release(reader);
    const writer = await source.acquire("write");
    await writer.write(insert, ["b"]);
    source.release(writer);
  }
});

test("a writing transaction cannot begin on a reader", async (t) => {
  const source = await openSource(t);
  const reader = await source.acquire("read");
  await assert.rejects(async () => source.begin(reader, {}), { code: "LMP_ORM_TRANSACTION_INVALID" });
  source.release(reader);
  assert.throws(() => source.begin(reader, {}), { code: "LMP_ORM_TRANSACTION_INVALID" });
});

test("closing waits for what is lent, up to the grace time", async (t) => {
  const source = await openSource(t);
  const writer = await source.acquire("write");
  const queued = Promise.resolve(source.acquire("write")).then(async (next) => {
    await next.write(insert, ["b"]);
    source.release(next);
  });
  const closing = source.close(2_000);
  await pause(5);
  await writer.write(insert, ["a"]);
  source.release(writer);
  await queued;
  await closing;
  const impatient = await openSource(t);
  await impatient.acquire("write");
  const started = performance.now();
  await impatient.close(20);
  assert.ok(performance.now() - started < 1_000);
});

test("a connection that is not given back is reported with the line that borrowed it", async (t) => {
  const source = await openSource(t, { pool: { leakAfter: 20 } });
  const warnings: Error[] = [];
  const listen = (warning: Error): void => void warnings.push(warning);
  process.on("warning", listen);
  t.after(() => process.off("warning", listen));
  const writer = await source.acquire("write");
  await pause(120);
  source.release(writer);
  const reports = warnings.filter(({ name }) => name === "ConnectionLeakWarning");
  assert.equal(reports.length, 1);
  assert.match(reports[0]?.message ?? "", /lending\.test\.ts/);
});
