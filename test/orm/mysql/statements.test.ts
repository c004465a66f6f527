/** Statements on MariaDB: rows, portions, scripts, transactions, and what is prepared. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, suite, test } from "node:test";
import fc from "fast-check";
import type { ConnectionSource, DriverConnection } from "../../../src/orm/driver/driver.ts";
import { statement } from "../statement.ts";
import { ownDatabase, unreachable } from "./reachable.ts";

suite("statements on MariaDB", { skip: unreachable }, () => {
  let source: ConnectionSource;
  let drop: () => Promise<void>;
  let connection: DriverConnection;
  before(async () => {
    ({ source, drop } = await ownDatabase());
  });
  after(() => drop());
  beforeEach(async () => {
    connection = await source.acquire("write");
  });
  afterEach(() => source.release(connection));

  const numbers = statement("SELECT seq FROM seq_1_to_1000000 LIMIT ?");

  test("rows are arrays; what a number cannot hold is text", async () => {
    for (const prepare of [true, false]) {
      const types = statement(
        "SELECT CAST(7 AS INT), CAST(9007199254740993 AS SIGNED), CAST(1.50 AS DECIMAL(9,2)), NULL, x'00ff', TIMESTAMP'2020-01-02 03:04:05', 1.5e0",
        { prepare },
      );
      const row = await connection.row(types, []);
      assert.deepEqual(row?.slice(1), [
        "9007199254740993",
        "1.50",
        null,
        Buffer.from([0, 255]),
        "2020-01-02 03:04:05",
        1.5,
      ]);
      assert.equal(Number(row?.[0]), 7);
    }
    assert.equal(await connection.row(numbers, [0]), undefined);
  });

  test("values of every kind are bound, never written into the text", async () => {
    const bound = statement("SELECT CONCAT(?, ''), HEX(?), CAST(? AS SIGNED), ? + 0e0, ?");
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary" }),
        fc.uint8Array(),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }),
        async (text, bytes, big, real) => {
          const [row] = await connection.rows(bound, [text, bytes, big, real, null]);
          assert.deepEqual(row, [
            text,
            Buffer.from(bytes).toString("hex").toUpperCase(),
            String(big),
            real + 0,
            null,
          ]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("write tells how many rows it matched, and the key that was counted", async () => {
    await connection.script("CREATE TABLE counted (id bigint AUTO_INCREMENT PRIMARY KEY, name varchar(20))");
    const insert = statement("INSERT INTO counted (name) VALUES (?), (?)");
    assert.deepEqual(await connection.write(insert, ["a", "b"]), { changes: 2, firstId: 1 });
    const same = statement("UPDATE counted SET name = name WHERE id <= ?");
    assert.deepEqual(await connection.write(same, [2]), { changes: 2, firstId: undefined });
    await connection.script("ALTER TABLE counted AUTO_INCREMENT = 9007199254740993");
    const result = await connection.write(insert, ["c", "d"]);
    assert.equal(result.firstId, 9007199254740993n);
    const returning = statement("INSERT INTO counted (name) VALUES (?) RETURNING id");
    assert.deepEqual(await connection.row(returning, ["e"]), ["9007199254740995"]);
  });

  test("a stream gives portions, and the connection can be used after one that ended early or failed", async () => {
    const sizes: number[] = [];
    for await (const rows of connection.stream(numbers, [10], 4)) sizes.push(rows.length);
    assert.deepEqual(sizes, [4, 4, 2]);
    for await (const rows of connection.stream(numbers, [200_000], 5)) {
      assert.equal(rows.length, 5);
      break;
    }
    assert.deepEqual(await connection.rows(statement("SELECT 'on'"), []), [["on"]]);
    await assert.rejects(async () => {
      const failing = statement("SELECT IF(seq = 500, (SELECT 1 UNION SELECT 2), seq) FROM seq_1_to_1000");
      for await (const rows of connection.stream(failing, [], 100)) assert.ok(rows.length > 0);
    }, /more than 1 row/);
    assert.deepEqual(await connection.rows(statement("SELECT 'on'"), []), [["on"]]);
  });

  test("a script is one statement: a second one is a syntax error, not a gap", async () => {
    await assert.rejects(async () => connection.script("SELECT 1; SELECT 2"), { errno: 1064 });
  });

  test("transactions: rollback, read only, and one that was left open", async () => {
    await connection.script("CREATE TABLE kept (id int)");
    const insert = statement("INSERT INTO kept VALUES (?)");
    const count = statement("SELECT COUNT(*) FROM kept");
    await source.begin(connection, { isolation: "serializable" });
    await connection.write(insert, [1]);
    await connection.script("ROLLBACK");
    assert.deepEqual(await connection.row(count, []), ["0"]);
    await source.begin(connection, { readOnly: true });
    const refused = await Promise.resolve(connection.write(insert, [1])).catch((error: unknown) => error);
    assert.deepEqual(source.dialect.classify(refused), { kind: "read only" });
    await connection.script("COMMIT");
    const left = await source.acquire("write");
    const { open } = source.status();
    await source.begin(left, {});
    await left.write(insert, [2]);
    source.release(left);
    assert.equal(source.status().open, open - 1, "closed, not lent again");
    assert.deepEqual(await connection.row(count, []), ["0"]);
  });

  test("statements are strict, in UTC, with standard literals and limits", async () => {
    assert.deepEqual(
      await connection.rows(
        statement("SELECT @@time_zone, @@max_statement_time, '\\', @@character_set_client"),
        [],
      ),
      [["+00:00", 15, "\\", "utf8mb4"]],
    );
    await connection.script("CREATE TABLE strict (name varchar(2))");
    await assert.rejects(
      async () => connection.write(statement("INSERT INTO strict VALUES ('long')"), []),
      /too long/,
    );
  });

  test("at most 250 statements stay prepared in a connection", async () => {
    const prepared = async (): Promise<number> => {
      const [, value] =
        (await connection.row(statement("SHOW SESSION STATUS LIKE 'Prepared_stmt_count'"), [])) ?? [];
      return Number(value);
    };
    if (Number.isNaN(await prepared())) return;
    for (let other = 0; other < 260; other++) await connection.rows(statement(`SELECT ${other}`), []);
    for (let other = 0; other < 5; other++)
      await connection.rows(statement(`SELECT -${other}`, { prepare: false }), []);
    assert.deepEqual(
      await connection.rows(statement("SELECT 3"), []),
      [["3"]].map((row) => row.map(Number)),
    );
  });
});
