/**
 * class: secrets of the database. A value that is bound stands in no error, no log line and nothing that is announced on
 * `trace`, whatever goes wrong with it; and the password of the address stands nowhere either.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { createLogger } from "limpid";
import { describeError } from "limpid/errors";
import {
  Database,
  integer,
  model,
  queryRepeated,
  sql,
  statementEnd,
  statementFailed,
  varchar,
} from "limpid/orm";
import { onDatabases } from "../databases.ts";

const secret = "hunter2-S3cret";

const Vault = model(
  { name: "vaults", checks: { vaults_long: sql`pin > 999` } },
  {
    id: integer().primaryKey(),
    password: varchar(80).unique(),
    pin: integer().default(1234),
    ownerId: varchar(80)
      .nullable()
      .references(() => Vault.password),
    note: varchar(80).nullable(),
  },
);

type Attempt = (db: Database) => unknown;

/** What fails with the secret among its values. */
const attempts: Readonly<Record<string, Attempt>> = {
  "a value that another row has": (db) => db.insert(Vault).values({ password: secret }),
  "several such values": (db) => db.insert(Vault).values([{ password: "a" }, { password: secret }]),
  "an update to such a value": (db) =>
    db.update(Vault).set({ password: secret }).filter(Vault.password.ne(secret)),
  "a row that is not there": (db) => db.insert(Vault).values({ password: "b", ownerId: `${secret}!` }),
  "a check beside it": (db) => db.insert(Vault).values({ password: `${secret}1`, pin: 1 }),
  "null beside it": (db) => db.rows(sql`insert into vaults (password, pin) values (${`${secret}2`}, null)`),
  "a text where a number is meant": (db) => db.rows(sql`select * from vaults where pin = ${secret}`),
  "a cast": (db) => db.rows(sql`select cast(${secret} as integer) + pin from vaults`),
  "a cast to a date": (db) => db.rows(sql`select cast(${secret} as date) from vaults`),
  "a text that is no JSON": (db) => db.rows(sql`select ${secret}->'$.a', password from vaults`),
  "a statement that is none": (db) => db.execute(sql`selec ${secret} from vaults`),
  "a table that is none": (db) => db.rows(sql`select ${secret} from nowhere where a = ${secret}`),
  "a function that is none": (db) => db.rows(sql`select nothing(${secret})`),
  "more than the column holds": (db) => db.rows(sql`update vaults set note = ${secret.repeat(20)}`),
  "a value of another type": (db) =>
    db
      .query(Vault)
      .filter(Vault.pin.eq(secret as never))
      .all(),
  "a text that is too long": (db) => db.insert(Vault).values({ password: secret.repeat(20) }),
  "a text with NUL": (db) => db.insert(Vault).values({ password: `${secret}\0` }),
  "a body that is a text": (db) => db.insert(Vault).values(secret as never),
  "a condition that is a text": (db) => db.query(Vault).filter(secret as never),
  "an order that is a text": (db) => db.query(Vault).orderBy(secret as never),
  "a key that is none": (db) => db.session((session) => session.get(Vault, { id: secret } as never)),
  "one row of none": (db) =>
    db
      .query(Vault)
      .filter(Vault.password.eq(`${secret}3`))
      .one(),
  "copied rows": (db) => db.copy(Vault, [{ password: "c" }, { password: secret }]),
  "a changed entity": (db) =>
    db.session(async (session) => {
      session.add(new Vault({ password: "d" }), new Vault({ password: secret }));
      await session.commit();
    }),
};

onDatabases([Vault], (given) => {
  for (const [what, attempt] of Object.entries(attempts))
    test(`class: secrets of the database: ${what}`, async () => {
      const { db } = given();
      await db.insert(Vault).values({ password: secret });
      const told: unknown[] = [];
      const stops = [statementEnd, statementFailed, queryRepeated].map((moment) =>
        moment.listen((event: object) => void told.push(event)),
      );
      let error: unknown;
      try {
        await attempt(db);
      } catch (thrown) {
        error = thrown;
      } finally {
        for (const stop of stops) stop();
      }
      const lines: string[] = [];
      const log = createLogger({ format: "json", destination: { write: (line) => void lines.push(line) } });
      log.error(error instanceof Error ? error : new Error("none"), "it failed");
      log.info({ error, told }, "it failed");
      const shown = {
        error: inspect(error, { depth: 10, showHidden: true }),
        described: describeError(error),
        json: JSON.stringify(error),
        log: lines.join("\n"),
        told: inspect(told, { depth: 10, showHidden: true }),
      };
      for (const [where, text = ""] of Object.entries(shown))
        assert.ok(!text.includes("hunter2"), `${where}: ${text}`);
    });
});

test("class: secrets of the database: the password of an address", async () => {
  for (const url of [
    `postgres://ada:${secret}@127.0.0.1:1/shop`,
    `mysql://ada:${secret}@127.0.0.1:1/shop`,
    `postgres://ada:${secret}@no.such.host.invalid/shop`,
    `postgres://ada:${secret}@127.0.0.1:99999/shop`,
    `nosuch://ada:${secret}@127.0.0.1/shop`,
    `postgres://ada:${secret}@/`,
  ])
    await assert.rejects(Database.connect(url), (error) => {
      assert.ok(!inspect(error, { depth: 10, showHidden: true }).includes("hunter2"), inspect(error));
      return true;
    });
});
