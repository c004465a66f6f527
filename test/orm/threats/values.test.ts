/**
 * CVE-2025-60542, CVE-2016-20018, CVE-2023-25813, CVE-2025-1094, class: SQL injection. A value is bound or refused,
 * whatever it is and by whatever way it comes into a statement; what was stored is as harmless as what was sent.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cast, coalesce, concat, type Database, excluded, lower, sql, sum, text, varchar } from "limpid/orm";
import { countRows, onDatabases } from "../databases.ts";
import { forgedStructures } from "./forged.ts";
import { refusedUnheard } from "./refusal.ts";
import { Account, Offer, shop } from "./shop.ts";

/** Texts that have been SQL elsewhere. */
const hostile: readonly string[] = [
  "' or '1'='1",
  "'; drop table accounts; --",
  '" or ""="',
  "` or 1=1 #",
  "\\' or 1=1 --",
  "\\",
  "%27 or 1=1",
  "admin'/*",
  "*/ or 1=1 --",
  "1; select pg_sleep(10)",
  "') union select password from accounts --",
  "?",
  "$1",
  "$$",
  "$tag$ or 1=1 $tag$",
  ":name",
  "@p1",
  "#{name}",
  "{{name}}",
  "?? ? :a $2 %s",
  "0x61646d696e",
  "CHAR(65)",
  "NULL--",
  "ʼ or 1=1",
  "＇ or 1=1",
  "\u00bf' or 1=1",
  "\u00a5' or 1=1",
  "line\nfeed",
  "\r\n; drop table offers",
  "\u2028",
  "😀'",
  "-- ",
  "E'\\047'",
  "x' and sleep(10) and 'x",
  '{"$ne": null}',
  "__proto__",
];

type Way = (db: Database, value: never) => unknown;

/** Every way by which a value of a text column comes into a statement. */
const textWays: Readonly<Record<string, Way>> = {
  eq: (db, value) => db.query(Account).filter(Account.name.eq(value)).all(),
  ne: (db, value) => db.query(Account).filter(Account.name.ne(value)).all(),
  lt: (db, value) => db.query(Account).filter(Account.name.lt(value)).all(),
  isDistinctFrom: (db, value) => db.query(Account).filter(Account.name.isDistinctFrom(value)).all(),
  in: (db, value) =>
    db
      .query(Account)
      .filter(Account.name.in([value]))
      .all(),
  "in, among others": (db, value) =>
    db
      .query(Account)
      .filter(Account.name.in(["Ada", value, "Ben"]))
      .all(),
  notIn: (db, value) =>
    db
      .query(Account)
      .filter(Account.name.notIn([value]))
      .all(),
  between: (db, value) => db.query(Account).filter(Account.name.between(value, value)).all(),
  like: (db, value) => db.query(Account).filter(Account.name.like(value)).all(),
  ilike: (db, value) => db.query(Account).filter(Account.name.ilike(value)).all(),
  contains: (db, value) => db.query(Account).filter(Account.name.contains(value)).all(),
  startsWith: (db, value) => db.query(Account).filter(Account.name.startsWith(value)).all(),
  endsWith: (db, value) => db.query(Account).filter(Account.name.endsWith(value)).all(),
  "the text in JSON": (db, value) =>
    db.query(Account).filter(Account.preferences.at("theme").eq(value)).all(),
  coalesce: (db, value) =>
    db
      .query(Account)
      .select({ name: coalesce(Account.name, value) })
      .all(),
  lower: (db, value) =>
    db
      .query(Account)
      .filter(Account.name.eq(lower(value)))
      .all(),
  concat: (db, value) =>
    db
      .query(Account)
      .filter(Account.name.eq(concat(Account.name, value)))
      .all(),
  "the sql tag": (db, value) => db.rows(sql`select id from accounts where name = ${value}`),
  "the sql tag, as a condition": (db, value) =>
    db.query(Account).filter(sql<boolean>`${Account.name} = ${value}`).all(),
  "sql.join": (db, value) => db.rows(sql`select id from accounts where name in (${sql.join([value, "b"])})`),
  insert: (db, value) => db.insert(Account).values({ name: value }),
  "insert, many": (db, value) => db.insert(Account).values([{ name: "first" }, { name: value }]),
  upsert: (db, value) =>
    db
      .insert(Account)
      .values({ name: "Ada", password: value })
      .onConflictUpdate(["name"], { password: excluded(Account.password) }),
  "upsert, the change": (db, value) =>
    db.insert(Account).values({ name: "Ada" }).onConflictUpdate(["name"], { password: value }),
  update: (db, value) => db.update(Account).set({ password: value }).filter(Account.id.eq(-1)),
  delete: (db, value) => db.delete(Account).filter(Account.password.eq(value)),
  copy: (db, value) => db.copy(Account, [{ name: value }]),
  "a new entity": (db, value) =>
    db.session(async (session) => {
      session.add(new Account({ name: value }));
      await session.flush();
    }),
  "a relation": (db, value) =>
    db.session(async (session) => {
      const account = new Account({ name: "Ada" });
      account.offers.add({ title: value });
      session.add(account);
      await session.flush();
    }),
};

onDatabases(shop, (given) => {
  /** Inserts of several rows stand in a transaction, and what comes before the value in it may be written. */
  const several = new Set(["copy", "a new entity", "a relation"]);

  for (const [way, attack] of Object.entries(textWays))
    test(`CVE-2025-60542, CVE-2016-20018: ${way} binds texts alone`, async () => {
      const { db, sent } = given();
      await db.insert(Account).values({ name: "first of all", password: "hunter2" });
      for (const [name, value] of forgedStructures) {
        if (several.has(way)) {
          await assert.rejects(async () => void (await attack(db, value)), /./, name);
          assert.equal(await countRows(db, "accounts"), 1, name);
        } else await refusedUnheard(given(), () => attack(db, value), `${way}: ${name}`);
      }
      sent.length = 0;
      for (const value of hostile) await attempt(() => attack(db, value as never));
      for (const value of hostile)
        for (const text of sent) assert.ok(value.length < 4 || !text.includes(value), `${value} in ${text}`);
      assert.ok(new Set(sent).size <= 12, [...new Set(sent)].join("\n"));
      assert.ok((await countRows(db, "accounts")) >= 1);
      assert.equal((await db.query(Account).filter(Account.name.eq("first of all")).one()).role, "reader");
    });

  test("CVE-2023-25813, class: second-order injection: what was stored is what was sent, wherever it goes next", async () => {
    const { db } = given();
    await db
      .insert(Account)
      .values(hostile.map((value, index) => ({ name: `${index}`, password: value, preferences: { value } })));
    for (const [index, value] of hostile.entries()) {
      const account = await db
        .query(Account)
        .filter(Account.name.eq(`${index}`))
        .one();
      assert.equal(account.password, value);
      assert.deepEqual(account.preferences, { value });
      const { password } = account;
      const same = db.query(Account).filter(Account.password.eq(password));
      assert.deepEqual(
        (await same.all()).map(({ name }) => name),
        [`${index}`],
      );
      const [row] = await db.rows(sql`select count(*) from accounts where password = ${password}`);
      assert.equal(Number(row?.[0]), 1);
      assert.equal(await db.query(Account).filter(Account.preferences.at("value").eq(password)).count(), 1);
      assert.ok((await db.query(Account).filter(Account.password.contains(password)).count()) >= 1);
      assert.equal(await db.insert(Offer).values({ accountId: account.id, title: password }), 1);
    }
    await db.insert(Account).from(
      db
        .query(Offer)
        .filter(Offer.title.ne("?"))
        .select({ name: concat("copy of ", Offer.title), password: Offer.title }),
    );
    assert.equal(await countRows(db, "accounts"), hostile.length * 2 - 1);
  });

  test("CVE-2025-1094: what is no text in UTF-8 is refused, and NUL is", async () => {
    const { db } = given();
    for (const [way, attack] of Object.entries(textWays)) {
      if (several.has(way)) continue;
      for (const wrong of ["a\0b", "\ud800", "a\udc00' or 1=1", "\udfff\ud800"])
        await refusedUnheard(given(), () => attack(db, wrong as never), `${way}: ${JSON.stringify(wrong)}`);
    }
  });

  test("class: SQL injection: values of other types are not converted", async () => {
    const { db } = given();
    for (const value of ["1 or 1=1", "1", true, [1], { valueOf: 1 }, 1n, 0.5, Number.NaN, 2 ** 31, null]) {
      const wrong = value as never;
      const ways: readonly (() => unknown)[] = [
        () => db.query(Account).filter(Account.id.eq(wrong)).all(),
        () =>
          db
            .query(Account)
            .filter(Account.id.in([wrong]))
            .all(),
        () => db.query(Account).filter(Account.id.plus(wrong).gt(1)).all(),
        () => db.query(Account).having(sum(Account.id).gt(wrong)).groupBy(Account.name).all(),
        () => db.insert(Offer).values({ accountId: wrong, title: "Tea" }),
      ];
      for (const [index, way] of ways.entries())
        if (value !== null || index < 4)
          await refusedUnheard(given(), way, `${index}: ${typeof value} ${String(value)}`);
    }
    for (const wrong of ["true", 1, 0, "t", [], {}] as never[])
      await refusedUnheard(
        given(),
        () => db.query(Account).filter(Account.active.eq(wrong)).all(),
        "boolean",
      );
    for (const wrong of ["2026-01-01", 0, [], {}, { getTime: 1 }] as never[])
      await refusedUnheard(
        given(),
        () => db.query(Account).filter(Account.since.eq(wrong)).all(),
        "timestamp",
      );
  });

  test("class: SQL injection: a cast and a type of hand-written rows are those of a column", async () => {
    const { db } = given();
    const [row] = await db
      .query(Account)
      .select({ name: cast(Account.id, varchar(80)) })
      .all();
    assert.equal(row, undefined);
    const value = "'; drop table accounts; --";
    const [made] = await db.rows(sql`select ${value} as a`, { "a'; --": text() });
    assert.deepEqual({ ...made }, { "a'; --": value });
  });
});

/** What the database thinks of a value that was bound is no matter here. */
async function attempt(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    assert.match((error as { code: string }).code, /^LMP_ORM_(UNIQUE_VIOLATION|VALUE_INVALID|QUERY_FAILED)$/);
  }
}
