/** COPY and LISTEN on PostgreSQL. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import fc from "fast-check";
import type { DriverValue } from "../../../src/orm/dialects/dialect.ts";
import type { ConnectionSource } from "../../../src/orm/driver/driver.ts";
import { connectPostgresql } from "../../../src/orm/driver/postgresql/connect-postgresql.ts";
import { statement, until } from "../statement.ts";
import { UnreliableProxy } from "../unreliable-proxy.ts";
import { ownName, ownSchema, sharedUrl, unreachable } from "./reachable.ts";

suite("COPY", { skip: unreachable }, () => {
  let source: ConnectionSource;
  let drop: () => Promise<void>;
  before(async () => {
    ({ source, drop } = await ownSchema());
  });
  after(() => drop());

  async function copied(
    columns: Record<string, string>,
    rows: Iterable<DriverValue[]> | AsyncIterable<DriverValue[]>,
  ): Promise<{ count: number; rows: unknown[][] }> {
    const connection = await source.acquire("write");
    const table = ownName();
    const names = Object.keys(columns);
    try {
      const types = names.map((name) => `"${name}" ${columns[name]}`).join(", ");
      await connection.script(`CREATE TABLE ${table} (position serial, ${types})`);
      const count = (await source.copy?.(connection, table, names, rows)) ?? -1;
      const list = names.map((name) => `"${name}"`).join(", ");
      return {
        count,
        rows: await connection.rows(statement(`SELECT ${list} FROM ${table} ORDER BY position`), []),
      };
    } finally {
      assert.deepEqual(await connection.rows(statement("SELECT 1"), []), [["1"]], "the connection lives on");
      source.release(connection);
    }
  }

  test("10,000 rows from an asynchronous source", async () => {
    const result = await copied(
      { id: "int", "odd name": "text" },
      (async function* () {
        for (let id = 1; id <= 10_000; id++) yield [id, `row ${id} ${"x".repeat(id % 100)}`];
      })(),
    );
    assert.equal(result.count, 10_000);
    assert.deepEqual(result.rows[9_999]?.[0], "10000");
  });

  test("any text, bytes and NULL arrive as they were", async () => {
    const text = fc.string({ unit: "binary" }).filter((value) => !value.includes("\0"));
    const hostile = fc.constantFrom("\\N", "\\.", "\\", "a\tb", "a\r\nb", "", "\\\\N", "\u2028", "🦄");
    const row = fc.tuple(
      fc.oneof(text, hostile, fc.constant(null)),
      fc.uint8Array(),
      fc.array(fc.oneof(text, hostile)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        const result = await copied({ a: "text", b: "bytea", c: "text[]" }, rows);
        assert.equal(result.count, rows.length);
        const decode = source.dialect.decoder({ kind: "array", element: { kind: "text" } });
        for (const [at, [a, b, c]] of rows.entries())
          assert.deepEqual(
            [result.rows[at]?.[0], result.rows[at]?.[1], decode?.(result.rows[at]?.[2])],
            [a, `\\x${Buffer.from(b).toString("hex")}`, c],
          );
      }),
      { numRuns: 15 },
    );
  });

  test("a row that the server refuses ends the copy, and the source is let go", async () => {
    let ended = false;
    function* rows(): Generator<DriverValue[]> {
      try {
        for (let id = 0; id < 1_000_000; id++) yield [id === 5_000 ? "five" : id, "x".repeat(100)];
      } finally {
        ended = true;
      }
    }
    await assert.rejects(
      copied({ id: "int", text: "text" }, rows()),
      /invalid input syntax for type integer/,
    );
    assert.ok((await until(() => ended)) < 2_000);
  });

  test("an error of the source is the error of the copy, and nothing is kept", async () => {
    await assert.rejects(
      copied(
        { id: "int" },
        (function* (): Generator<DriverValue[]> {
          yield [1];
          throw new Error("no more");
        })(),
      ),
      /no more/,
    );
  });
});

suite("LISTEN", { skip: unreachable }, () => {
  test("notifications arrive, across a connection that breaks, until nobody listens", async () => {
    const shared = new URL(sharedUrl);
    const proxy = await UnreliableProxy.start(Number(shared.port || 5432));
    shared.host = `127.0.0.1:${proxy.port}`;
    const source = await connectPostgresql(shared.href);
    const sender = await connectPostgresql(sharedUrl);
    const channel = `Channel ${ownName()}`;
    const heard: string[] = [];
    const notify = async (payload: string): Promise<void> => {
      const connection = await sender.acquire("write");
      await connection.rows(statement("SELECT pg_notify($1::text, $2::text)"), [channel, payload]);
      sender.release(connection);
    };
    try {
      const stop = await source.listen?.(channel, (payload) => heard.push(payload));
      await notify("first");
      await until(() => heard.includes("first"));

      proxy.resetAll();
      const back = await until(async () => {
        await notify("second");
        return heard.includes("second");
      });
      assert.ok(back < 2_000);

      await stop?.();
      heard.length = 0;
      await notify("third");
      await new Promise((resolve) => setTimeout(resolve, 50));
      assert.deepEqual(heard, []);
    } finally {
      await source.close(0);
      await sender.close(0);
      await proxy.close();
    }
  });
});
