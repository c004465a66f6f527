/** Queries in worker threads: a slow one blocks nobody else, is ended after its time, and takes nothing with it. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import type { DriverRow } from "../../../src/orm/driver/driver.ts";
import { change, openSource, pause, query } from "./opened.ts";

/** Counts to a number: a few million take a second. */
const counting = `WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ?)
  SELECT count(*) FROM c`;
const insert = change("INSERT INTO t (v) VALUES (?)");
const count = query("SELECT count(*) FROM t");

test("a query of two seconds leaves the p99 of plain requests beside it under 50 ms", async (t) => {
  const source = await openSource(t, { threads: 2, statementTimeout: 0 });
  const server = createServer((_, response) => response.end("plain")).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const request = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const started = performance.now();
      get({ port, host: "127.0.0.1" }, (response) => {
        response.resume().on("end", () => resolve(performance.now() - started));
      }).on("error", reject);
    });
  for (let times = 0; times < 50; times++) await request();
  const reader = await source.acquire("read");
  await reader.rows(query(counting), [1]); // The thread has started.
  const warm = performance.now();
  await reader.rows(query(counting), [300_000]);
  const rows = Math.ceil((300_000 * 2_200) / (performance.now() - warm));
  const started = performance.now();
  let isDone = false;
  const slow = Promise.resolve(reader.rows(query(counting), [rows])).finally(() => (isDone = true));
  const times: number[] = [];
  while (!isDone) {
    times.push(await request());
    await pause(2);
  }
  assert.deepEqual(await slow, [[rows]]);
  source.release(reader);
  times.sort((left, right) => left - right);
  const p99 = times[Math.floor(times.length * 0.99)] ?? Number.POSITIVE_INFINITY;
  t.diagnostic(
    `${times.length} requests in ${Math.round(performance.now() - started)} ms, p99 ${p99.toFixed(1)} ms`,
  );
  assert.ok(p99 < 50, `p99 ${p99} ms`);
});

test("a query that runs too long is ended, and the next one gets a new thread", async (t) => {
  const source = await openSource(t, { threads: 2, statementTimeout: 60 });
  const reader = await source.acquire("read");
  await assert.rejects(
    async () => reader.rows(query(counting), [3_000_000]),
    (error) => source.dialect.classify(error).kind === "statement timeout",
  );
  assert.deepEqual(await reader.row(count, []), [0]);
  source.release(reader);
});

test("a write that runs too long is not done, nor is anything of its transaction", async (t) => {
  const source = await openSource(t, { threads: 2, statementTimeout: 60, busyTimeout: 20_000 });
  const slowInsert = change(`INSERT INTO t (v) ${counting}`);
  for (const inTransaction of [false, true]) {
    const writer = await source.acquire("write");
    if (inTransaction) {
      await source.begin(writer, {});
      await writer.write(insert, ["before"]);
    }
    await assert.rejects(
      async () => writer.write(slowInsert, [2_000_000]),
      (error) => source.dialect.classify(error).kind === "statement timeout",
    );
    assert.equal(writer.usable, false);
    await assert.rejects(
      async () => writer.write(insert, ["after"]),
      (error) => source.dialect.classify(error).kind === "connection",
    );
    source.release(writer);
  }
  const next = await source.acquire("write");
  // Waits for the threads that were left to themselves.
  await source.begin(next, {});
  assert.deepEqual(await next.row(count, []), [0]);
  await next.write(insert, ["next"]);
  await next.script("COMMIT");
  assert.deepEqual(await next.row(count, []), [1]);
  source.release(next);
});

test("several readers work at the same time, and more wait for the first that is free", async (t) => {
  const source = await openSource(t, { threads: 3 });
  const readers = await Promise.all(Array.from({ length: 8 }, () => source.acquire("read")));
  const found = await Promise.all(readers.map((reader, n) => reader.row(query("SELECT ?"), [`${n}`])));
  assert.deepEqual(
    found,
    Array.from({ length: 8 }, (_, n) => [`${n}`]),
  );
  for (const reader of readers) source.release(reader);
  assert.equal(source.status().open, 3);
});

test("a stream is read as fast as it is used, and holds one reader", async (t) => {
  const source = await openSource(t, { threads: 3 });
  const reader = await source.acquire("read");
  const endless = query("WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c");
  const portions: DriverRow[][] = [];
  for await (const portion of reader.stream(endless, [], 100)) {
    portions.push(portion);
    assert.deepEqual(await reader.row(count, []), [0]);
    if (portions.length === 3) break;
  }
  assert.deepEqual(
    portions.map(([first]) => first),
    [[1], [101], [201]],
  );
  source.release(reader);
});

test("bytes, bigints and errors come over whole", async (t) => {
  const source = await openSource(t, { threads: 2 });
  const reader = await source.acquire("read");
  const [bytes, whole] =
    (await reader.row(query("SELECT ?, ?", true), [new Uint8Array([1, 2]), 2n ** 62n])) ?? [];
  assert.deepEqual([bytes, whole], [new Uint8Array([1, 2]), 2n ** 62n]);
  source.release(reader);
  const writer = await source.acquire("write");
  await writer.write(insert, ["a"]);
  await assert.rejects(
    async () => writer.write(insert, ["a"]),
    (error) => {
      assert.deepEqual(source.dialect.classify(error), {
        kind: "constraint",
        broken: { kind: "unique", table: "t", columns: ["v"], constraint: undefined },
      });
      return true;
    },
  );
  source.release(writer);
});
