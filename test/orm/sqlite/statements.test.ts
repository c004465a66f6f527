/** Statements of a connection: what they give, that they are kept, and that an iteration never meets another use. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DriverRow } from "../../../src/orm/driver/driver.ts";
import { StatementCache } from "../../../src/orm/driver/sqlite/statement-cache.ts";
import { change, openSource, query } from "./opened.ts";

for (const [where, path, threads] of [
  ["a file", undefined, 0],
  ["memory", ":memory:", 0],
  ["a file, in threads", undefined, 2],
  ["memory, in a thread", ":memory:", 1],
] as const) {
  test(`rows, a row, a write and a stream, in ${where}`, async (t) => {
    const source = await openSource(t, { threads }, path);
    const writer = await source.acquire("write");
    const insert = change("INSERT INTO t (v) VALUES (?)");
    assert.deepEqual(await writer.write(insert, ["a"]), { changes: 1, firstId: 1 });
    assert.deepEqual(await writer.write(insert, ["b"]), { changes: 1, firstId: 2 });
    assert.deepEqual(
      await writer.rows(query("INSERT INTO t (v) VALUES (?), (?) RETURNING n, v"), ["c", "d"]),
      [
        [3, "c"],
        [4, "d"],
      ],
    );
    const { changes, firstId } = await writer.write(change("UPDATE t SET v = v || ?"), ["!"]);
    assert.deepEqual([changes, firstId], [4, undefined]);
    source.release(writer);
    const reader = await source.acquire("read");
    const byKey = query("SELECT v FROM t WHERE n = ?");
    assert.deepEqual(await reader.row(byKey, [2]), ["b!"]);
    assert.equal(await reader.row(byKey, [7]), undefined);
    assert.deepEqual(await reader.rows(query("SELECT n FROM t WHERE n < ?", true), [3]), [[1n], [2n]]);
    const portions: DriverRow[][] = [];
    for await (const portion of reader.stream(query("SELECT n FROM t ORDER BY n"), [], 3))
      portions.push(portion);
    assert.deepEqual(portions, [[[1], [2], [3]], [[4]]]);
    source.release(reader);
    assert.equal(reader.usable, false);
    assert.throws(() => reader.rows(byKey, [1]), { code: "LMP_ORM_SESSION_CLOSED" });
  });

  test(`a statement goes on working when its table changes, in ${where}`, async (t) => {
    const source = await openSource(t, { threads }, path);
    const all = query("SELECT * FROM t");
    const writer = await source.acquire("write");
    await writer.write(change("INSERT INTO t VALUES (1, 'a')"), []);
    for (const connection of [writer, await source.acquire("read")])
      assert.deepEqual(await connection.rows(all, []), [[1, "a"]]);
    await writer.script("ALTER TABLE t ADD COLUMN w TEXT DEFAULT 'new'");
    for (const connection of [writer, await source.acquire("read")])
      assert.deepEqual(await connection.rows(all, []), [[1, "a", "new"]]);
    await writer.script("ALTER TABLE t RENAME TO s");
    await assert.rejects(async () => writer.rows(all, []), /no such table/);
    source.release(writer);
  });
}

test("a write is done once, though the statement is iterated and run at the same time (CVE-2026-58041)", async (t) => {
  const source = await openSource(t);
  const writer = await source.acquire("write");
  const insert = { ...query("INSERT INTO t (v) VALUES (?), (?) RETURNING v"), givesRows: true };
  const stream = writer.stream(insert, ["a", "b"], 1)[Symbol.asyncIterator]();
  await stream.next();
  assert.deepEqual(await writer.rows(insert, ["c", "d"]), [["c"], ["d"]]);
  await stream.next();
  await stream.next();
  assert.deepEqual(await writer.rows(query("SELECT v FROM t ORDER BY v"), []), [["a"], ["b"], ["c"], ["d"]]);
  source.release(writer);
});

test("a stream that is left early gives its connection back", async (t) => {
  for (const threads of [0, 2]) {
    const source = await openSource(t, { threads });
    const writer = await source.acquire("write");
    await writer.script(`INSERT INTO t (n) VALUES ${Array.from({ length: 100 }, (_, n) => `(${n})`).join()}`);
    source.release(writer);
    const reader = await source.acquire("read");
    for (let times = 0; times < 12; times++)
      for await (const portion of reader.stream(query("SELECT n FROM t"), [], 10)) {
        assert.ok(portion.length <= 10);
        break;
      }
    source.release(reader);
    const { open, idle } = source.status();
    assert.equal(open, idle);
  }
});

test("of prepared statements as many are kept as fit, the longest unused go", () => {
  const dropped: string[] = [];
  const cache = new StatementCache<string>(10, (statement) => dropped.push(statement));
  for (let id = 0; id < 10; id++) cache.set(id, `s${id}`);
  cache.get(0);
  cache.set(10, "s10");
  assert.deepEqual(dropped, ["s1"]);
  assert.equal(cache.get(0), "s0");
  assert.equal(cache.get(1), undefined);
  for (let id = 11; id < 1000; id++) cache.set(id, `s${id}`);
  assert.equal(cache.size, 10);
});
