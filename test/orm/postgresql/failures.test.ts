/** What PostgreSQL's errors mean: constraints with their names, and the kinds of failure, from a real server. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import fc from "fast-check";
import { classify } from "../../../src/orm/dialects/postgresql/failures.ts";
import type { ConnectionSource } from "../../../src/orm/driver/driver.ts";
import { ConnectionLost } from "../../../src/orm/driver/network/connection-lost.ts";
import { statement } from "../statement.ts";
import { ownSchema, unreachable } from "./reachable.ts";

suite("failures of PostgreSQL", { skip: unreachable }, () => {
  let source: ConnectionSource;
  let drop: () => Promise<void>;
  before(async () => {
    ({ source, drop } = await ownSchema());
    await run(`CREATE TABLE users (
      id int PRIMARY KEY, email text CONSTRAINT users_email UNIQUE, "firstName" text NOT NULL DEFAULT '',
      age int CONSTRAINT grown_up CHECK (age > 17), UNIQUE (email, "firstName"));
      CREATE UNIQUE INDEX lower_name ON users (lower("firstName")) WHERE "firstName" <> '';
      CREATE TABLE posts (id int, author_id int CONSTRAINT author REFERENCES users);
      INSERT INTO users VALUES (1, 'a@b.c', 'Ann', 20); INSERT INTO posts VALUES (1, 1)`);
  });
  after(() => drop());

  async function run(sql: string): Promise<void> {
    const connection = await source.acquire("write");
    await Promise.resolve(connection.script(sql)).finally(() => source.release(connection));
  }

  async function failure(sql: string): Promise<unknown> {
    return run(sql).then(
      () => assert.fail(`${sql} should have failed`),
      (error: unknown) => classify(error),
    );
  }

  const constraints: [string, object][] = [
    [
      "INSERT INTO users VALUES (1, 'x')",
      { kind: "unique", table: "users", columns: ["id"], constraint: "users_pkey" },
    ],
    [
      "INSERT INTO users VALUES (2, 'a@b.c')",
      { kind: "unique", table: "users", columns: ["email"], constraint: "users_email" },
    ],
    [
      "ALTER TABLE users DROP CONSTRAINT users_email; INSERT INTO users VALUES (2, 'a@b.c', 'Ann')",
      {
        kind: "unique",
        table: "users",
        columns: ["email", "firstName"],
        constraint: "users_email_firstName_key",
      },
    ],
    [
      "INSERT INTO users VALUES (2, 'other', 'ANN')",
      { kind: "unique", table: "users", columns: [], constraint: "lower_name" },
    ],
    [
      "INSERT INTO posts VALUES (2, 9)",
      { kind: "foreign key", table: "posts", columns: ["author_id"], constraint: "author" },
    ],
    ["DELETE FROM users", { kind: "foreign key", table: "posts", columns: [], constraint: "author" }],
    [
      `INSERT INTO users VALUES (3, 'c', NULL)`,
      { kind: "not null", table: "users", columns: ["firstName"], constraint: undefined },
    ],
    [
      "INSERT INTO users VALUES (3, 'c', 'C', 3)",
      { kind: "check", table: "users", columns: [], constraint: "grown_up" },
    ],
  ];
  for (const [sql, broken] of constraints)
    test(sql, async () => assert.deepEqual(await failure(sql), { kind: "constraint", broken }));

  test("kinds of failure", async () => {
    assert.deepEqual(await failure("SELEC 1"), { kind: "syntax" });
    assert.deepEqual(await failure("SELECT nope FROM users"), { kind: "syntax" });
    assert.deepEqual(await failure("SELECT 1 / 0"), { kind: "other" });
    assert.deepEqual(await failure("BEGIN READ ONLY; DELETE FROM posts; COMMIT"), { kind: "read only" });
    assert.deepEqual(await failure("SET statement_timeout = 20; SELECT pg_sleep(5)"), {
      kind: "statement timeout",
    });
  });

  test("a deadlock may be run again", async () => {
    await run("CREATE TABLE pair AS SELECT generate_series(1, 2) AS id");
    const update = statement("UPDATE pair SET id = id WHERE id = $1::int");
    const connections = [await source.acquire("write"), await source.acquire("write")];
    for (const connection of connections) await source.begin(connection, {});
    const first = [1, 2];
    for (const [at, connection] of connections.entries()) await connection.write(update, [first[at] ?? 0]);
    const crossed = await Promise.allSettled(
      connections.map(async (connection, at) => connection.write(update, [first[1 - at] ?? 0])),
    );
    const lost = crossed.filter((result) => result.status === "rejected");
    assert.deepEqual(
      lost.map((result) => classify(result.reason)),
      [{ kind: "serialization" }],
    );
    for (const connection of connections) {
      await connection.script("ROLLBACK");
      source.release(connection);
    }
  });
});

test("what is no error of the server: sockets, the driver itself, anything", () => {
  assert.deepEqual(classify(new ConnectionLost("ETIMEDOUT", "late")), { kind: "connection" });
  assert.deepEqual(classify(new ConnectionLost("ECONNRESET", "gone")), { kind: "connection" });
  for (const code of ["EPIPE", "ENOTFOUND", "08006", "57P01", "57P03"])
    assert.deepEqual(classify(Object.assign(new Error("x"), { code })), { kind: "connection" });
  assert.deepEqual(classify(Object.assign(new Error("x"), { code: "53300" })), {
    kind: "too many connections",
  });
  assert.deepEqual(classify(Object.assign(new Error("x"), { code: "53100" })), { kind: "disk full" });
  assert.deepEqual(classify(Object.assign(new Error("x"), { code: "55P03" })), { kind: "lock" });
  fc.assert(fc.property(fc.anything(), (thrown) => typeof classify(thrown).kind === "string"));
  fc.assert(
    fc.property(fc.string(), (detail) => {
      const { kind } = classify(Object.assign(new Error("x"), { code: "23505", detail: `Key (${detail}` }));
      return kind === "constraint";
    }),
  );
});
