/** What goes wrong between an application and MariaDB, and what its errors mean. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import { classify } from "../../../src/orm/dialects/mysql/failures.ts";
import type { ConnectionSource, ConnectOptions } from "../../../src/orm/driver/driver.ts";
import { connectMysql } from "../../../src/orm/driver/mysql/connect-mysql.ts";
import { statement, until } from "../statement.ts";
import { UnreliableProxy } from "../unreliable-proxy.ts";
import { ownDatabase, sharedUrl, unreachable } from "./reachable.ts";

suite("R-12b: outages of MariaDB", { skip: unreachable }, () => {
  let own: Awaited<ReturnType<typeof ownDatabase>>;
  let proxy: UnreliableProxy;
  before(async () => {
    own = await ownDatabase();
    proxy = await UnreliableProxy.start(Number(own.url.port || 3306));
  });
  after(async () => {
    await proxy.close();
    await own.drop();
  });

  async function using(options: ConnectOptions, use: (source: ConnectionSource) => Promise<void>) {
    const url = new URL(own.url);
    url.host = `127.0.0.1:${proxy.port}`;
    const source = await connectMysql(url.href, options);
    await use(source).finally(() => source.close(0));
  }

  async function ask(source: ConnectionSource, sql = "SELECT 'on'"): Promise<unknown> {
    const connection = await source.acquire("write");
    const rows = Promise.resolve(connection.rows(statement(sql), []));
    return rows.then((all) => all[0]?.[0]).finally(() => source.release(connection));
  }

  async function kindOf(asked: Promise<unknown>): Promise<string> {
    return asked.then(
      () => assert.fail("it should have failed"),
      (error: unknown) => classify(error).kind,
    );
  }

  const works = async (source: ConnectionSource): Promise<boolean> =>
    ask(source).then(
      (answer) => answer === "on",
      () => false,
    );

  test("a session that is killed, and a reset in the middle of an answer", async () => {
    await using({}, async (source) => {
      const victim = await source.acquire("write");
      const id = (await victim.row(statement("SELECT CONNECTION_ID()"), []))?.[0];
      const running = kindOf(Promise.resolve(victim.rows(statement("SELECT SLEEP(10)"), [])));
      await pause(50);
      await ask(own.source, `KILL ${Number(id)}`).catch(() => {});
      assert.equal(await running, "connection");
      source.release(victim);
      assert.equal(await works(source), true);
      proxy.resetAfter(20_000);
      assert.equal(await kindOf(ask(source, "SELECT REPEAT('x', 1000) FROM seq_1_to_1000")), "connection");
      assert.ok((await until(() => works(source))) < 2_000);
    });
  });

  test("a network that swallows everything, and comes back", async () => {
    await using({ statementTimeout: 300, pool: { acquireTimeout: 500 } }, async (source) => {
      await ask(source);
      proxy.blackHole();
      assert.equal(await kindOf(ask(source)), "connection");
      await assert.rejects(ask(source), { status: 503 });
      proxy.heal();
      assert.ok((await until(() => works(source))) < 2_000);
    });
  });

  test("a statement that takes too long, a lock that is held, a deadlock", async () => {
    await using({ statementTimeout: 1_600 }, async (source) => {
      assert.equal(
        await kindOf(ask(source, "SELECT COUNT(*) FROM seq_1_to_1000000 a, seq_1_to_1000000 b")),
        "statement timeout",
      );
      assert.equal(await works(source), true);
      const pair = [await source.acquire("write"), await source.acquire("write")] as const;
      await pair[0].script("CREATE TABLE pair (id int PRIMARY KEY, n int)");
      await pair[0].script("INSERT INTO pair VALUES (1, 0), (2, 0)");
      const update = statement("UPDATE pair SET n = n + 1 WHERE id = ?");
      for (const [at, connection] of pair.entries()) {
        await source.begin(connection, {});
        await connection.write(update, [at + 1]);
      }
      assert.equal(await kindOf(Promise.resolve(pair[1].write(update, [1]))), "lock");
      const crossed = await Promise.allSettled([pair[0].write(update, [2]), pair[1].write(update, [1])]);
      const lost = crossed.filter((result) => result.status === "rejected");
      assert.deepEqual(
        lost.map((result) => classify(result.reason)),
        [{ kind: "serialization" }],
      );
      for (const connection of pair) {
        await connection.script("ROLLBACK");
        source.release(connection);
      }
    });
  });

  test("constraints are told with their names", async () => {
    const connection = await own.source.acquire("write");
    for (const sql of [
      "CREATE TABLE users (id int PRIMARY KEY, email varchar(50) NOT NULL, age int, UNIQUE KEY users_email (email), CONSTRAINT grown_up CHECK (age > 17))",
      "CREATE TABLE posts (id int PRIMARY KEY, author_id int, CONSTRAINT author FOREIGN KEY (author_id) REFERENCES users (id))",
      "INSERT INTO users VALUES (1, 'a''b for key ''x', 20)",
      "INSERT INTO posts VALUES (1, 1)",
    ])
      await connection.script(sql);
    const broken: [string, object][] = [
      [
        "INSERT INTO users VALUES (2, 'a''b for key ''x', 20)",
        { kind: "unique", table: undefined, columns: [], constraint: "users_email" },
      ],
      [
        "INSERT INTO posts VALUES (2, 9)",
        { kind: "foreign key", table: "posts", columns: ["author_id"], constraint: "author" },
      ],
      ["DELETE FROM users", { kind: "foreign key", table: "posts", columns: [], constraint: "author" }],
      [
        "INSERT INTO users VALUES (3, NULL, 20)",
        { kind: "not null", table: undefined, columns: ["email"], constraint: undefined },
      ],
      [
        "INSERT INTO users (id) VALUES (3)",
        { kind: "not null", table: undefined, columns: ["email"], constraint: undefined },
      ],
      [
        "INSERT INTO users VALUES (3, 'c', 3)",
        { kind: "check", table: "users", columns: [], constraint: "grown_up" },
      ],
    ];
    for (const [sql, expected] of broken) {
      const error = await Promise.resolve(connection.write(statement(sql), [])).catch(
        (reason: unknown) => reason,
      );
      assert.deepEqual(classify(error), { kind: "constraint", broken: expected }, sql);
    }
    own.source.release(connection);
  });

  test("refusals come with their remedy, and without the password", async () => {
    const refused = async (change: (url: URL) => void): Promise<Error & { code: string; fix: string }> => {
      const url = new URL(sharedUrl);
      change(url);
      return connectMysql(url.href).then(
        () => assert.fail("it should have been refused"),
        (error) => error,
      );
    };
    assert.match((await refused((url) => (url.pathname = "/no_such_database"))).fix, /CREATE DATABASE/);
    const login = await refused((url) => {
      url.username = "no_such_user";
      url.password = "secret-word";
    });
    assert.match(login.fix, /user and password/);
    assert.equal(JSON.stringify(login).includes("secret-word"), false);
    assert.match((await refused((url) => (url.port = "1"))).fix, /Start the server/);
    await assert.rejects(connectMysql("postgres://localhost/x"), { code: "LMP_ORM_URL_INVALID" });
  });
});

test("any error has a kind", () => {
  fc.assert(fc.property(fc.anything(), (thrown) => typeof classify(thrown).kind === "string"));
  const errno = fc.constantFrom(1062, 1451, 1452, 1048, 1364, 3819, 4025);
  fc.assert(
    fc.property(errno, fc.string(), (number, message) => {
      return classify(Object.assign(new Error(message), { errno: number })).kind === "constraint";
    }),
  );
});
