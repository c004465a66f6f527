/** A process that is killed takes nothing with it that it was told is written. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { folderOf, openSource } from "./opened.ts";
import { startWriter, stored } from "./writers.ts";

/** 1,000 in the long run: `KILLS=1000 node --conditions=source --test test/orm/sqlite/killed.test.ts`. */
const kills = Number(process.env.KILLS ?? 20);

test(`R-09: of ${kills} processes that are killed while they write, no commit is lost and no half one is there`, async (t) => {
  const path = join(folderOf(t), "app.db");
  await (await openSource(t, {}, path)).close();
  const acknowledged: string[] = [];
  for (let start = 0; start < kills; start += 4) {
    const writers = Array.from({ length: Math.min(4, kills - start) }, (_, n) =>
      startWriter(t, path, `k${start + n}`, "60000"),
    );
    for (const { child, ready, lines } of writers) {
      await ready;
      await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 60));
      child.kill("SIGKILL");
      await once(child, "close");
      acknowledged.push(...lines().slice(1));
    }
  }
  const { values, integrity } = stored(path);
  assert.equal(integrity, "ok");
  assert.ok(acknowledged.length > 0);
  for (const value of acknowledged) assert.ok(values.has(value), value);
  for (const value of values) {
    const [name, number, second] = value.split(" ");
    const other = second === undefined ? `${value} second` : `${name} ${number}`;
    if (Number(number) % 2 === 1) assert.ok(values.has(other), `${value} without ${other}`);
  }
});
