/** Money moves between accounts in transactions while connections are killed: the sum never changes, no transfer is half made. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { ConnectionSource, DriverConnection } from "../../../src/orm/driver/driver.ts";
import { connectPostgresql } from "../../../src/orm/driver/postgresql/connect-postgresql.ts";
import { statement } from "../statement.ts";
import { UnreliableProxy } from "../unreliable-proxy.ts";
import { noServer, OwnServer } from "./own-server.ts";

/** `LIMPID_TRANSFERS=100000` for the long run. */
const transfers = Number(process.env.LIMPID_TRANSFERS ?? 3_000);
const accounts = 20;
const clients = 12;
const start = 1_000;

const take = statement("UPDATE accounts SET balance = balance - $2::int WHERE id = $1::int");
const give = statement("UPDATE accounts SET balance = balance + $2::int WHERE id = $1::int");
const note = statement("INSERT INTO transfers (giver, taker, amount) VALUES ($1::int, $2::int, $3::int)");
const total = statement("SELECT sum(balance) FROM accounts");

/** What came of the attempts. A connection that breaks during COMMIT leaves open whether it took place. */
const outcomes = { committed: 0, failed: 0, unknown: 0 };

async function transfer(
  source: ConnectionSource,
  giver: number,
  taker: number,
  amount: number,
): Promise<void> {
  let connection: DriverConnection | undefined;
  let committing = false;
  try {
    connection = await source.acquire("write");
    await source.begin(connection, {});
    await connection.write(take, [giver, amount]);
    await connection.write(note, [giver, taker, amount]);
    await connection.write(give, [taker, amount]);
    committing = true;
    await connection.script("COMMIT");
    outcomes.committed += 1;
  } catch (error) {
    const { kind } = source.dialect.classify(error);
    const known = error instanceof Error && "status" in error && error.status === 503;
    assert.ok(known || kind === "connection" || kind === "serialization", String(error));
    outcomes[committing ? "unknown" : "failed"] += 1;
    if (connection?.usable) await Promise.resolve(connection.script("ROLLBACK")).catch(() => {});
  } finally {
    if (connection !== undefined) source.release(connection);
  }
}

suite("R-12b: money", { skip: noServer }, () => {
  let server: OwnServer;
  let proxy: UnreliableProxy;
  before(async () => {
    server = await OwnServer.start();
    proxy = await UnreliableProxy.start(server.port);
  });
  after(async () => {
    await proxy.close();
    await server.remove();
  });

  test(`${transfers} transfers through random kills`, { timeout: 60_000 + transfers * 10 }, async () => {
    const direct = await connectPostgresql(server.url, { pool: { maximum: 2 } });
    const source = await connectPostgresql(server.urlThrough(proxy.port), { pool: { maximum: 6 } });
    const watcher = await direct.acquire("write");
    await watcher.script(`CREATE TABLE accounts (id int PRIMARY KEY, balance int NOT NULL);
      CREATE TABLE transfers (giver int, taker int, amount int);
      INSERT INTO accounts SELECT i, ${start} FROM generate_series(1, ${accounts}) i`);

    let left = transfers;
    const work = Promise.all(
      Array.from({ length: clients }, async () => {
        while (left-- > 0) {
          const [giver, taker] = [
            1 + Math.floor(Math.random() * accounts),
            1 + Math.floor(Math.random() * accounts),
          ];
          await transfer(source, giver, taker, 1 + Math.floor(Math.random() * 10));
        }
      }),
    );
    let kills = 0;
    const killer = setInterval(() => {
      kills += 1;
      proxy.resetOne();
      if (kills % 3 === 0)
        void Promise.resolve(
          watcher.rows(
            statement(
              `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE pid <> pg_backend_pid() AND backend_type = 'client backend' ORDER BY random() LIMIT 1`,
            ),
            [],
          ),
        ).then(async () => {
          assert.deepEqual(await watcher.rows(total, []), [[String(accounts * start)]]);
        });
    }, 40);
    await work.finally(() => clearInterval(killer));
    await source.close();

    assert.deepEqual(await watcher.rows(total, []), [[String(accounts * start)]]);
    // Each account holds exactly what the transfers that are on record say.
    const [torn] = await watcher.rows(
      statement(`SELECT count(*) FROM accounts a WHERE balance <> ${start}
        - (SELECT coalesce(sum(amount), 0) FROM transfers WHERE giver = a.id)
        + (SELECT coalesce(sum(amount), 0) FROM transfers WHERE taker = a.id)`),
      [],
    );
    assert.deepEqual(torn, ["0"]);
    const [[recorded] = []] = await watcher.rows(statement("SELECT count(*) FROM transfers"), []);
    const made = Number(recorded);
    assert.ok(
      made >= outcomes.committed && made <= outcomes.committed + outcomes.unknown,
      JSON.stringify(outcomes),
    );
    assert.ok(
      outcomes.committed > transfers / 2 && outcomes.failed > 0,
      JSON.stringify({ ...outcomes, kills }),
    );
    direct.release(watcher);
    await direct.close();
  });
});
