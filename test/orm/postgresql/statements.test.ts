/** Statements on PostgreSQL: rows, portions, scripts, transactions, and what is prepared. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, suite, test } from "node:test";
import fc from "fast-check";
import type { ConnectionSource, DriverConnection } from "../../../src/orm/driver/driver.ts";
import { statement } from "../statement.ts";
import { ownSchema, unreachable } from "./reachable.ts";

suite("statements on PostgreSQL", { skip: unreachable }, () => {
  let source: ConnectionSource;
  let drop: () => Promise<void>;
  let connection: DriverConnection;
  before(async () => {
    ({ source, drop } = await ownSchema());
  });
  after(() => drop());
  beforeEach(async () => {
    connection = await source.acquire("write");
  });
  afterEach(() => source.release(connection));

  const number = statement("SELECT n FROM generate_series(1, $1::int) n");

  async function all(sql: string): Promise<unknown[][]> {
    return await connection.rows(statement(sql), []);
  }

  test("rows are arrays of undecoded texts, prepared or not", async () => {
    for (const prepare of [true, false]) {
      const types = statement(
        "SELECT 1::int, 9007199254740993::bigint, 1.50::numeric, true, NULL, '\\x00ff'::bytea, timestamptz '2020-01-02 03:04:05+02', 0.1::float8",
        { prepare },
      );
      const expected = [
        "1",
        "9007199254740993",
        "1.50",
        "t",
        null,
        "\\x00ff",
        "2020-01-02 01:04:05+00",
        "0.1",
      ];
      assert.deepEqual(await connection.rows(types, []), [expected]);
      assert.deepEqual(await connection.row(types, []), expected);
    }
    assert.deepEqual(await connection.row(number, [0]), undefined);
    assert.deepEqual(await connection.row(number, [100_000]), ["1"]);
  });

  test("values of every kind are bound, never written into the text", async () => {
    const bound = statement("SELECT $1::text, $2::bytea, $3::bigint, $4::boolean, $5::text[], $6::float8");
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary" }).filter((text) => !text.includes("\0")),
        fc.uint8Array(),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.boolean(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        async (text, bytes, big, flag, real) => {
          const [row] = await connection.rows(bound, [text, bytes, big, flag, [text, null, "{,}"], real]);
          assert.equal(row?.[0], text);
          assert.equal(row?.[1], `\\x${Buffer.from(bytes).toString("hex")}`);
          assert.equal(row?.[2], String(big));
          assert.equal(row?.[3], flag ? "t" : "f");
          assert.deepEqual(source.dialect.decoder({ kind: "array", element: { kind: "text" } })?.(row?.[4]), [
            text,
            null,
            "{,}",
          ]);
          assert.equal(Number(row?.[5]), real);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("write tells how many rows it changed", async () => {
    await connection.script("CREATE TABLE changed (id int); CREATE TABLE other (id int)");
    const insert = statement("INSERT INTO changed SELECT generate_series(1, $1::int)");
    assert.deepEqual(await connection.write(insert, [5]), { changes: 5, firstId: undefined });
    const update = statement("UPDATE changed SET id = id + 1 WHERE id > $1::int");
    assert.equal((await connection.write(update, [3])).changes, 2);
    assert.equal((await connection.write(statement("DROP TABLE changed"), [])).changes, 0);
  });

  test("statements of one connection wait for each other", async () => {
    const asked = await Promise.all([1, 2, 3, 4].map((count) => connection.rows(number, [count])));
    assert.deepEqual(
      asked.map((rows) => rows.length),
      [1, 2, 3, 4],
    );
  });

  test("a stream gives portions, in a transaction and outside of one, and may end early", async () => {
    for (const inTransaction of [false, true]) {
      if (inTransaction) await source.begin(connection, {});
      const sizes: number[] = [];
      for await (const rows of connection.stream(number, [10], 4)) sizes.push(rows.length);
      assert.deepEqual(sizes, [4, 4, 2]);
      for await (const rows of connection.stream(number, [1_000_000], 5)) {
        assert.deepEqual(rows.at(-1), ["5"]);
        break;
      }
      assert.deepEqual(await all("SELECT 1"), [["1"]]);
      if (inTransaction) {
        assert.deepEqual(await all("SELECT count(*) FROM pg_cursors WHERE name <> ''"), [["0"]]);
        await connection.script("COMMIT");
      }
    }
    await assert.rejects(async () => {
      for await (const rows of connection.stream(
        statement("SELECT 1 / (3 - n) FROM generate_series(1, 9) n"),
        [],
        2,
      ))
        assert.equal(rows.length, 2);
    }, /division by zero/);
    assert.deepEqual(await all("SELECT 1"), [["1"]]);
  });

  test("transactions: levels, read only, rollback, and one without a statement", async () => {
    await connection.script("CREATE TABLE kept (id int)");
    for (const isolation of ["read committed", "repeatable read", "serializable"] as const) {
      await source.begin(connection, { isolation, readOnly: true });
      assert.deepEqual(await all("SHOW transaction_isolation"), [[isolation]]);
      assert.deepEqual(await all("SHOW transaction_read_only"), [["on"]]);
      await connection.script("COMMIT");
    }
    await source.begin(connection, {});
    await connection.write(statement("INSERT INTO kept VALUES (1)"), []);
    await connection.script("ROLLBACK");
    await source.begin(connection, {});
    await connection.script("COMMIT");
    await source.begin(connection, {});
    await assert.rejects(async () => connection.write(statement("INSERT INTO kept VALUES ('x')"), []));
    await assert.rejects(async () => connection.rows(number, [1]), { code: "25P02" });
    await connection.script("ROLLBACK");
    assert.deepEqual(await all("SELECT count(*) FROM kept"), [["0"]]);
  });

  test("a connection that comes back in a transaction is not lent again", async () => {
    const held = await source.acquire("write");
    const open = source.status().open;
    await source.begin(held, {});
    await held.rows(number, [1]);
    source.release(held);
    assert.equal(source.status().open, open - 1);
    const idle = await source.acquire("write");
    await source.begin(idle, {});
    source.release(idle);
    assert.equal(source.status().open, open, "a transaction that never began is no transaction");
  });

  test("a statement is prepared once, the oldest gives way, and a failed one can be run again", async () => {
    const prepared = "SELECT count(*) FROM pg_prepared_statements";
    const before = Number((await all(prepared))[0]?.[0]);
    for (let run = 0; run < 3; run++) await connection.rows(statement("SELECT 'once'"), []);
    assert.equal(Number((await all(prepared))[0]?.[0]), before + 1);
    for (let other = 0; other < 520; other++) await connection.rows(statement(`SELECT ${other}`), []);
    assert.equal(Number((await all(prepared))[0]?.[0]), 500);
    assert.deepEqual(await connection.rows(statement("SELECT 'once'"), []), [["once"]]);
    const later = statement("SELECT * FROM later");
    await assert.rejects(async () => connection.rows(later, []), { code: "42P01" });
    await connection.script("CREATE TABLE later AS SELECT 7 AS id");
    assert.deepEqual(await connection.rows(later, []), [["7"]]);
  });

  test("a statement whose result changed with the schema, or that was deallocated, is prepared anew", async () => {
    await connection.script("CREATE TABLE shape AS SELECT 1 AS a");
    const shape = statement("SELECT * FROM shape");
    assert.deepEqual(await connection.rows(shape, []), [["1"]]);
    await connection.script("ALTER TABLE shape ADD b text");
    assert.deepEqual(await connection.rows(shape, []), [["1", null]]);
    await connection.script("DEALLOCATE ALL");
    assert.deepEqual(await connection.row(shape, []), ["1", null]);
    // In a transaction nothing can be repeated: the failure says that the transaction may be.
    await connection.script("ALTER TABLE shape ADD c text");
    await source.begin(connection, {});
    const failure = await Promise.resolve(connection.rows(shape, [])).catch((error: unknown) => error);
    assert.deepEqual(source.dialect.classify(failure), { kind: "serialization" });
    await connection.script("ROLLBACK");
    assert.deepEqual(await connection.rows(shape, []), [["1", null, null]]);
  });

  test("sessions read and write in UTC, ISO and UTF-8, with limits", async () => {
    const settings: [string, string][] = [
      ["TimeZone", "UTC"],
      ["client_encoding", "UTF8"],
      ["statement_timeout", "15s"],
      ["lock_timeout", "10s"],
      ["idle_in_transaction_session_timeout", "30s"],
      ["application_name", "limpid"],
    ];
    for (const [name, value] of settings) assert.deepEqual(await all(`SHOW ${name}`), [[value]], name);
  });
});
