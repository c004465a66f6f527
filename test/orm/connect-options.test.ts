/** The options of a connection: what cannot be meant is refused by name, on every database and before it is asked. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type ConnectOptions, Database, sql } from "limpid/orm";
import { servers, unreachable } from "../databases/servers.ts";

const refused: readonly (readonly [options: unknown, message: RegExp, fix: RegExp])[] = [
  [{ statementTimout: 500 }, /no option statementTimout\./, /Did you mean statementTimeout\?/],
  [{ maximum: 5 }, /no option maximum\./, /Leave it out/],
  [{ statementTimeout: -1 }, /option statementTimeout cannot/, /Correct statementTimeout/],
  [{ statementTimeout: "500" }, /statementTimeout/, /Correct/],
  [{ statementTimeout: Number.NaN }, /statementTimeout/, /Correct/],
  [{ statementTimeout: Number.POSITIVE_INFINITY }, /statementTimeout/, /Correct/],
  [{ statementTimeout: 2 ** 31 }, /statementTimeout/, /Correct/],
  [{ statementTimeout: null }, /statementTimeout/, /Correct/],
  [{ busyTimeout: 0.5 }, /busyTimeout/, /Correct/],
  [{ threads: -1 }, /threads/, /Correct/],
  [{ pool: 5 }, /option pool cannot/, /Correct pool/],
  [{ pool: { maxmum: 5 } }, /no option pool\.maxmum\./, /Did you mean pool\.maximum\?/],
  [{ pool: { toString: 5 } }, /no option pool\.toString\./, /Leave it out/],
  [{ pool: { maximum: 2.5 } }, /pool\.maximum/, /Correct pool\.maximum/],
  [{ pool: { acquireTimeout: Number.POSITIVE_INFINITY } }, /pool\.acquireTimeout/, /Correct/],
  [{ pool: { minimum: 11 } }, /pool\.minimum/, /Correct pool\.minimum/],
  [{ tls: "require" }, /option tls cannot/, /Correct tls/],
  [{ tls: { rejectUnauthorised: false } }, /no option tls\./, /Did you mean tls\.rejectUnauthorized\?/],
  [{ tls: { rejectUnauthorized: "false" } }, /tls\.rejectUnauthorized/, /Correct/],
  [{ tls: { ca: 5 } }, /tls\.ca/, /Correct/],
  ["threads=2", /option/, /Correct/],
  [null, /option/, /Correct/],
];

const urls = ["sqlite::memory:", "postgres://127.0.0.1:1/none", "mysql://127.0.0.1:1/none"];

for (const url of urls) {
  test(`what cannot be meant is refused: ${url}`, async () => {
    for (const [options, message, fix] of refused) {
      const connected = Database.connect(url, options as ConnectOptions);
      await assert.rejects(connected, { code: "LMP_ORM_OPTION_INVALID", message, fix }, String(message));
    }
  });
}

describe("what can be meant is taken", () => {
  const options: ConnectOptions = {
    statementTimeout: 0,
    busyTimeout: 100,
    threads: 0,
    tls: undefined,
    pool: { maximum: 2, minimum: 0, healthCheckAfter: 0, idleTimeout: undefined },
  };
  for (const url of ["sqlite::memory:", servers.postgresql, servers.mysql]) {
    const dialect = url.startsWith("sqlite") ? "sqlite" : url.startsWith("mysql") ? "mysql" : "postgresql";
    test(dialect, async (t) => {
      const reason = await unreachable(dialect);
      if (reason !== false) return t.skip(reason);
      await using db = await Database.connect(url, options);
      assert.equal(Number((await db.rows(sql`select 1`))[0]?.[0]), 1);
    });
  }
});

test("what stands in a polluted prototype is no option", async (t) => {
  t.after(() => Reflect.deleteProperty(Object.prototype, "statementTimeout"));
  Object.defineProperty(Object.prototype, "statementTimeout", { value: -5, configurable: true });
  await using db = await Database.connect("sqlite::memory:", { threads: 1 });
  assert.deepEqual(await db.rows(sql`select 1`), [[1]]);
});
