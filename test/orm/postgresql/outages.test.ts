/** What goes wrong between an application and PostgreSQL: each ends in a clear error, and is over two seconds after it ends. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { ConnectionSource, ConnectOptions } from "../../../src/orm/driver/driver.ts";
import { connectPostgresql } from "../../../src/orm/driver/postgresql/connect-postgresql.ts";
import { statement, until } from "../statement.ts";
import { UnreliableProxy } from "../unreliable-proxy.ts";
import { noServer, OwnServer } from "./own-server.ts";

suite("R-12b: outages of PostgreSQL", { skip: noServer }, () => {
  let server: OwnServer;
  let proxy: UnreliableProxy;
  before(async () => {
    server = await OwnServer.start("-c max_connections=14 -c superuser_reserved_connections=3");
    proxy = await UnreliableProxy.start(server.port);
  });
  after(async () => {
    await proxy.close();
    await server.remove();
  });

  /** A source over the proxy, closed at the end, and one that looks on from the side. */
  async function using(options: ConnectOptions, use: (source: ConnectionSource) => Promise<void>) {
    const source = await connectPostgresql(server.urlThrough(proxy.port), options);
    try {
      await use(source);
    } finally {
      await source.close(0);
    }
  }

  async function ask(source: ConnectionSource, sql = "SELECT 1"): Promise<unknown> {
    const connection = await source.acquire("write");
    try {
      return (await connection.rows(statement(sql), []))[0]?.[0];
    } finally {
      source.release(connection);
    }
  }

  async function failureOf(source: ConnectionSource, asked: Promise<unknown>): Promise<string> {
    const error = await asked.then(
      () => assert.fail("it should have failed"),
      (reason: unknown) => reason,
    );
    return source.dialect.classify(error).kind;
  }

  const works = async (source: ConnectionSource): Promise<boolean> =>
    ask(source).then(
      (one) => one === "1",
      () => false,
    );

  test("restart: what runs fails as a lost connection, then all is well", async () => {
    await using({ pool: { acquireTimeout: 5_000 } }, async (source) => {
      const running = failureOf(source, ask(source, "SELECT pg_sleep(10)"));
      await pause(50);
      await server.stop("fast");
      assert.equal(await running, "connection");
      const waiting = ask(source);
      await server.resume();
      const back = performance.now();
      assert.equal(await waiting, "1");
      assert.ok(performance.now() - back < 2_000);
    });
  });

  test("down for longer than one waits: 503 with the reason and the remedy", async () => {
    await using({ pool: { acquireTimeout: 300 } }, async (source) => {
      await server.stop("immediate");
      try {
        await until(() => source.status().open === 0);
        await assert.rejects(ask(source), { code: "LMP_ORM_CONNECT_FAILED", status: 503 });
        // Without the proxy between, the socket itself is refused.
        await assert.rejects(connectPostgresql(server.url, {}), {
          code: "LMP_ORM_CONNECT_FAILED",
          found: "nothing that listens there",
          fix: /Start the server/,
        });
      } finally {
        await server.resume();
      }
      assert.ok((await until(() => works(source))) < 2_000);
    });
  });

  test("a server that hangs: the statement ends after its time and a grace, not never", async () => {
    await using({ statementTimeout: 200, pool: { acquireTimeout: 500 } }, async (source) => {
      const connection = await source.acquire("write");
      server.freeze();
      const started = performance.now();
      try {
        const asked = Promise.resolve(connection.rows(statement("SELECT 1"), []));
        assert.equal(await failureOf(source, asked), "connection");
        assert.ok(performance.now() - started < 4_000);
        assert.equal(connection.usable, false);
        source.release(connection);
        await assert.rejects(ask(source), { status: 503 });
      } finally {
        server.thaw();
      }
      assert.ok((await until(() => works(source))) < 2_000);
    });
  });

  test("a session that an administrator ends, in the middle of a statement", async () => {
    await using({}, async (source) => {
      const [victim, other] = [await source.acquire("write"), await source.acquire("write")];
      const pid = (await victim.rows(statement("SELECT pg_backend_pid()"), []))[0]?.[0];
      const running = failureOf(source, Promise.resolve(victim.rows(statement("SELECT pg_sleep(10)"), [])));
      await pause(50);
      await other.rows(statement("SELECT pg_terminate_backend($1::int)"), [String(pid)]);
      assert.equal(await running, "connection");
      source.release(victim);
      source.release(other);
      assert.equal(source.status().open, 1);
      assert.equal(await works(source), true);
    });
  });

  test("a reset in the middle of an answer", async () => {
    await using({}, async (source) => {
      await ask(source);
      proxy.resetAfter(20_000);
      const large = ask(source, "SELECT repeat('x', 1000) FROM generate_series(1, 1000)");
      assert.equal(await failureOf(source, large), "connection");
      assert.ok((await until(() => works(source))) < 2_000);
    });
  });

  test("a network that swallows everything, and comes back", async () => {
    await using({ statementTimeout: 300, pool: { acquireTimeout: 500 } }, async (source) => {
      await ask(source);
      proxy.blackHole();
      const started = performance.now();
      assert.equal(await failureOf(source, ask(source)), "connection");
      assert.ok(performance.now() - started < 4_000);
      await assert.rejects(ask(source), { status: 503 });
      proxy.heal();
      assert.ok((await until(() => works(source))) < 2_000);
    });
  });

  test("connections that died while they rested are noticed before they are lent", async () => {
    await using({ pool: { healthCheckAfter: 20 } }, async (source) => {
      const held = [
        await source.acquire("write"),
        await source.acquire("write"),
        await source.acquire("write"),
      ];
      for (const connection of held) source.release(connection);
      proxy.blackHole();
      await pause(30);
      proxy.heal();
      await pause(30);
      // A packet is swallowed, and the check waits for it: one second, then another connection is opened.
      assert.ok((await until(() => works(source))) < 2_000);
    });
  });

  test("too many connections: those who have one go on, the others hear of it", async () => {
    await using({ pool: { maximum: 5 } }, async (greedy) => {
      await using({ pool: { maximum: 20, acquireTimeout: 400 } }, async (source) => {
        const others = await Promise.all(Array.from({ length: 5 }, () => greedy.acquire("write")));
        const all = await Promise.allSettled(Array.from({ length: 20 }, async () => source.acquire("write")));
        const held = all.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
        assert.ok(held.length > 0 && held.length < 20, `${held.length} connections`);
        const refused = all.find((result) => result.status === "rejected");
        assert.equal(refused?.reason.code, "LMP_ORM_POOL_TIMEOUT");
        assert.match(refused?.reason.cause.found, /too many|remaining connection slots/);
        for (const connection of others) greedy.release(connection, true);
        assert.ok((await until(() => works(source))) < 2_000, "there is room for one more");
        for (const connection of held) source.release(connection);
        assert.equal(await works(source), true);
      });
    });
  });

  test("a row that another holds: the wait ends as a lock, and the transaction can be rolled back", async () => {
    await using({ statementTimeout: 600 }, async (source) => {
      const [holder, waiter] = [await source.acquire("write"), await source.acquire("write")];
      await holder.script("CREATE TABLE IF NOT EXISTS locked (id int); INSERT INTO locked VALUES (1)");
      const update = statement("UPDATE locked SET id = id");
      await source.begin(holder, {});
      await holder.write(update, []);
      await source.begin(waiter, {});
      assert.equal(await failureOf(source, Promise.resolve(waiter.write(update, []))), "lock");
      await waiter.script("ROLLBACK");
      await holder.script("COMMIT");
      assert.equal((await waiter.write(update, [])).changes, 1);
      source.release(holder);
      source.release(waiter);
    });
  });

  test("a statement that takes too long is ended by the server, and the connection lives on", async () => {
    await using({ statementTimeout: 200 }, async (source) => {
      assert.equal(await failureOf(source, ask(source, "SELECT pg_sleep(10)")), "statement timeout");
      assert.equal(source.status().open, 1);
      assert.equal(await works(source), true);
    });
  });
});
