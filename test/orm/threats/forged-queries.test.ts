/**
 * CVE-2022-33171, class: operator injection. Whatever a client sends, it is no part of a query: wherever a condition, an
 * expression, an order, a query, a model, an entity or the name of a column stands, data are refused before the
 * database hears of anything.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  abs,
  alias,
  and,
  avg,
  cast,
  choose,
  coalesce,
  count,
  createTables,
  cte,
  type Database,
  excluded,
  exists,
  firstValue,
  integer,
  lag,
  lastValue,
  lead,
  max,
  min,
  not,
  or,
  recursive,
  round,
  type Session,
  sql,
  sum,
} from "limpid/orm";
import { onDatabases } from "../databases.ts";
import { forged, forgedStructures } from "./forged.ts";
import { refusedUnheard } from "./refusal.ts";
import { Account, Like, Offer, shop } from "./shop.ts";

/** A call with what the client sent, somewhere. */
type Attack = (db: Database, sent: never) => unknown;

/** Every place of a query in which no value stands. */
const places: Readonly<Record<string, Attack>> = {
  "db.query": (db, sent) => db.query(sent),
  "db.from": (db, sent) => db.from(sent),
  "db.insert": (db, sent) => db.insert(sent),
  "db.update": (db, sent) => db.update(sent),
  "db.delete": (db, sent) => db.delete(sent),
  "db.rows": (db, sent) => db.rows(sent),
  "db.rows, the types": (db, sent) => db.rows(sql`select 1`, sent),
  "db.rows, a type": (db, sent) => db.rows(sql`select 1`, { one: sent }),
  "db.execute": (db, sent) => db.execute(sent),
  "db.copy, the model": (db, sent) => db.copy(sent, []),
  "db.copy, the rows": (db, sent) => db.copy(Account, sent),
  "db.copy, a row": (db, sent) => db.copy(Account, [sent]),
  createTables: (db, sent) => createTables(db, sent),

  filter: (db, sent) => db.query(Account).filter(sent),
  "a second filter": (db, sent) => db.query(Account).filter(Account.id.eq(1), sent),
  having: (db, sent) => db.query(Account).having(sent),
  join: (db, sent) => db.query(Account).join(sent),
  "join with a condition": (db, sent) => db.query(Account).join(sent, Account.id.eq(1)),
  "join, its condition": (db, sent) => db.query(Account).join(Offer, sent),
  "join along a relation": (db, sent) => db.query(Account).join(Account.offers, sent),
  "leftJoin, its condition": (db, sent) => db.query(Account).leftJoin(Offer, sent),
  "rightJoin, its condition": (db, sent) => db.query(Account).rightJoin(Offer, sent),
  "fullJoin, its condition": (db, sent) => db.query(Account).fullJoin(Offer, sent),
  crossJoin: (db, sent) => db.query(Account).crossJoin(sent),
  lateralJoin: (db, sent) => db.query(Account).lateralJoin(sent),
  "lateralJoin, its condition": (db, sent) =>
    db.query(Account).lateralJoin(db.query(Offer).select({ id: Offer.id }).as("o"), sent),
  groupBy: (db, sent) => db.query(Account).groupBy(sent),
  distinctOn: (db, sent) => db.query(Account).distinctOn(sent),
  orderBy: (db, sent) => db.query(Account).orderBy(sent),
  "a second order": (db, sent) => db.query(Account).orderBy(Account.id, sent),
  "forUpdate, how to wait": (db, sent) => db.query(Account).forUpdate({ wait: sent }),
  select: (db, sent) => db.query(Account).select(sent),
  "a column of select": (db, sent) => db.query(Account).select({ id: Account.id, other: sent }),
  union: (db, sent) => db.query(Account).select({ id: Account.id }).union(sent),
  unionAll: (db, sent) => db.query(Account).select({ id: Account.id }).unionAll(sent),
  intersect: (db, sent) => db.query(Account).select({ id: Account.id }).intersect(sent),
  except: (db, sent) => db.query(Account).select({ id: Account.id }).except(sent),

  and: (_db, sent) => and(Account.id.eq(1), sent),
  or: (_db, sent) => or(Account.id.eq(1), sent),
  not: (_db, sent) => not(sent),
  exists: (_db, sent) => exists(sent),
  cte: (_db, sent) => cte("c", sent),
  recursive: (_db, sent) => recursive("r", sent, (self) => self as never),
  "recursive, its step": (db, sent) =>
    recursive("r", db.query(Account).select({ id: Account.id }), () => sent),
  alias: (_db, sent) => alias(sent, "other"),
  excluded: (_db, sent) => excluded(sent),
  "a relation's some": (_db, sent) => Account.offers.some(sent),
  "a relation's none": (_db, sent) => Account.liked.none(sent),
  "a relation's count": (_db, sent) => Account.offers.count(sent),

  count: (_db, sent) => count(sent),
  sum: (_db, sent) => sum(sent),
  avg: (_db, sent) => avg(sent),
  min: (_db, sent) => min(sent),
  max: (_db, sent) => max(sent),
  abs: (_db, sent) => abs(sent),
  round: (_db, sent) => round(sent),
  coalesce: (_db, sent) => coalesce(sent, 1),
  lag: (_db, sent) => lag(sent),
  lead: (_db, sent) => lead(sent),
  firstValue: (_db, sent) => firstValue(sent),
  lastValue: (_db, sent) => lastValue(sent),
  cast: (_db, sent) => cast(sent, integer()),
  "cast, the type": (_db, sent) => cast(Account.id, sent),
  "choose, when": (_db, sent) => choose([{ when: sent, result: 1 }]),
  "an aggregate's filter": (_db, sent) => count().filter(sent),
  partitionBy: (_db, sent) => count().over({ partitionBy: [sent] }),
  "a window's order": (_db, sent) => count().over({ orderBy: [sent] }),
  "a window's frame": (_db, sent) => count().over({ frame: sent }),
  "a frame's unit": (_db, sent) => count().over({ frame: { unit: sent, from: 0, to: 0 } }),

  "insert, the rows": (db, sent) => db.insert(Account).values(sent),
  "insert, one of the rows": (db, sent) => db.insert(Account).values([{ name: "Ada" }, sent]),
  "insert from": (db, sent) => db.insert(Account).from(sent),
  "onConflictUpdate, the changes": (db, sent) =>
    db.insert(Account).values({ name: "Ada" }).onConflictUpdate(["name"], sent),
  "onConflictUpdate, the condition": (db, sent) =>
    db.insert(Account).values({ name: "Ada" }).onConflictUpdate(["name"], { age: 1 }, sent),
  "insert, returning": (db, sent) => db.insert(Account).values({ name: "Ada" }).returning({ id: sent }),
  "update, the changes": (db, sent) => db.update(Account).set(sent),
  "update, filter": (db, sent) => db.update(Account).set({ age: 1 }).filter(sent),
  "update, returning": (db, sent) => db.update(Account).set({ age: 1 }).returning({ id: sent }),
  "delete, filter": (db, sent) => db.delete(Account).filter(sent),
  "delete, returning": (db, sent) => db.delete(Account).returning({ id: sent }),
  "a transaction's isolation": (db, sent) => db.transaction(() => 1, { isolation: sent }),
};

/** What is refused only where it is no text. */
const names: Readonly<Record<string, Attack>> = {
  as: (db, sent) => db.query(Account).select({ id: Account.id }).as(sent),
  cte: (db, sent) => cte(sent, db.query(Account).select({ id: Account.id })),
  alias: (_db, sent) => alias(Account, sent),
  onConflictDoNothing: (db, sent) => db.insert(Account).values({ name: "Ada" }).onConflictDoNothing(sent),
  onConflictUpdate: (db, sent) => db.insert(Account).values({ name: "Ada" }).onConflictUpdate([sent]),
  "sql.id": (_db, sent) => sql.id(sent),
  "sql.id, a part": (_db, sent) => sql.id("accounts", sent),
};

/** What takes entities. */
type SessionAttack = (session: Session, account: InstanceType<typeof Account>, sent: never) => unknown;

const entityPlaces: Readonly<Record<string, SessionAttack>> = {
  "session.add": (session, _account, sent) => session.add(sent),
  "session.delete": (session, _account, sent) => session.delete(sent),
  "session.get, the model": (session, _account, sent) => session.get(sent, 1),
  "session.refresh": (session, _account, sent) => session.refresh(sent),
  "session.merge": (session, _account, sent) => session.merge(sent),
  "a relation's filter": (_session, account, sent) => account.offers.filter(sent),
  "a relation's order": (_session, account, sent) => account.offers.orderBy(sent),
  "adding to a relation": (_session, account, sent) => account.offers.add(sent),
  "taking from a relation": (_session, account, sent) => account.offers.remove(sent),
  "adding to a linked relation": (_session, account, sent) => account.liked.add(sent),
  "the row of a link": (_session, account, sent) =>
    account.liked.add(new Offer({ accountId: 1, title: "Tea" }), [sent] as never),
  "what a row refers to": (_session, _account, sent) =>
    new Offer({ accountId: 1, title: "Tea" }).account.set(sent),
};

onDatabases(
  shop,
  (given) => {
    for (const [place, attack] of Object.entries(places))
      test(`class: operator injection: ${place} takes no data`, async () => {
        const { db } = given();
        for (const [name, sent] of forged)
          await refusedUnheard(given(), () => attack(db, sent), `${place}: ${name}`);
      });

    for (const [place, attack] of Object.entries(names))
      test(`class: operator injection: the name in ${place} is a text`, async () => {
        const { db } = given();
        for (const [name, sent] of forged.filter(([, value]) => typeof value !== "string"))
          await refusedUnheard(given(), () => attack(db, sent), `${place}: ${name}`);
      });

    for (const [place, attack] of Object.entries(entityPlaces))
      test(`class: operator injection: ${place} takes no data`, async () => {
        const { db } = given();
        await db.session(async (session) => {
          const account = new Account({ name: "Ada" });
          session.add(account);
          await session.commit();
          for (const [name, sent] of forged)
            await refusedUnheard(given(), () => attack(session, account, sent), `${place}: ${name}`);
          await session.rollback();
        });
      });

    test("CVE-2022-33171: what looks like a query is none where a list may stand", async () => {
      const { db } = given();
      for (const [name, sent] of forgedStructures.filter(([, value]) => !Array.isArray(value))) {
        await refusedUnheard(given(), () => Account.id.in(sent), `in: ${name}`);
        await refusedUnheard(given(), () => Account.id.notIn(sent), `notIn: ${name}`);
      }
      for (const sent of [null, 1, "1) or (1 = 1", true])
        await refusedUnheard(given(), () => Account.id.in(sent as never), `in: ${sent}`);
      assert.equal(await db.query(Account).count(), 0);
    });

    test("CVE-2022-33171: a key is a value, or all columns of the key", async () => {
      const { db } = given();
      await db.insert(Account).values({ name: "Ada", password: "hunter2" });
      await db.session(async (session) => {
        for (const [name, sent] of forged.filter(([, value]) => value !== 1))
          if (name !== "entity")
            await refusedUnheard(given(), () => session.get(Account, sent), `get: ${name}`);
        for (const [name, sent] of forgedStructures)
          await refusedUnheard(
            given(),
            () => session.get(Like, { accountId: 1, offerId: sent }),
            `get: ${name}`,
          );
      });
    });
  },
  { only: ["sqlite memory"] },
);
