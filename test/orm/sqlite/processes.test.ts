/** Several processes with one file: nobody is told that the database is locked, and nothing that was written is lost. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { openDatabase } from "../../../src/orm/driver/sqlite/open-database.ts";
import { change, folderOf, openSource } from "./opened.ts";
import { startWriter, stored } from "./writers.ts";

test("R-12c: eight processes write 200 times a second, and none is told that the database is locked", async (t) => {
  const path = join(folderOf(t), "app.db");
  await (await openSource(t, {}, path)).close();
  const milliseconds = 3_000;
  const writers = Array.from({ length: 8 }, (_, n) =>
    startWriter(t, path, `w${n}`, String(milliseconds), "4"),
  );
  await Promise.all(writers.map(({ child }) => once(child, "close")));
  const acknowledged: string[] = [];
  for (const { child, lines } of writers) {
    const [ready, ...written] = lines();
    assert.equal(ready, "ready");
    assert.equal(child.exitCode, 0, written.slice(-8).join("\n"));
    acknowledged.push(...written);
  }
  const { values, integrity } = stored(path);
  assert.equal(integrity, "ok");
  for (const value of acknowledged) assert.ok(values.has(value), value);
  const rate = acknowledged.length / (milliseconds / 1_000);
  t.diagnostic(`${Math.round(rate)} writes a second`);
  assert.ok(rate >= 200, `${rate} writes a second`);
});

test("R-12c: a lock of another process is waited for without blocking, and no longer than busyTimeout", async (t) => {
  const path = join(folderOf(t), "app.db");
  const source = await openSource(t, { busyTimeout: 150 }, path);
  const other = openDatabase(path, "writer", 0);
  t.after(() => other.close());
  other.exec("BEGIN IMMEDIATE");
  let ticks = 0;
  const ticking = setInterval(() => ticks++, 5);
  const writer = await source.acquire("write");
  const started = performance.now();
  await assert.rejects(
    async () => source.begin(writer, {}),
    (error) => source.dialect.classify(error).kind === "lock",
  );
  const elapsed = performance.now() - started;
  assert.ok(elapsed >= 150 && elapsed < 1_000, `${elapsed} ms`);
  assert.ok(ticks > 5, `${ticks} ticks`);
  const writing = writer.write(change("INSERT INTO t (v) VALUES (?)"), ["a"]);
  assert.ok(writing instanceof Promise);
  setTimeout(() => other.exec("COMMIT"), 30);
  assert.equal((await writing).changes, 1);
  clearInterval(ticking);
  source.release(writer);
});
