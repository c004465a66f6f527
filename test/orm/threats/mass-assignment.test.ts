/**
 * CVE-2026-34221, CVE-2026-22814, class: mass assignment. A body that is handed on whole sets the columns that may be
 * set with others, and nothing else: no guarded one, none that the database computes, nothing of the layer's own.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Database, Session } from "limpid/orm";
import { onDatabases } from "../databases.ts";
import { refusedUnheard } from "./refusal.ts";
import { Account, Like, Offer, shop } from "./shop.ts";

/** Bodies with one key too many. */
const bodies: readonly string[] = [
  '"role":"admin"',
  '"role":null',
  '"initial":"x"',
  '"__proto__":{"role":"admin"}',
  '"__proto__":null',
  '"constructor":{"prototype":{"role":"admin"}}',
  '"prototype":{}',
  '"$isPersisted":true',
  '"$attributes":{"role":"admin"}',
  '"$extras":{"role":"admin"}',
  '"__meta":{}',
  '"__helper":{"__managed":true}',
  '"isNew":false',
  '"row":[1]',
  '"company":{}',
  '"related":{}',
  '"offers":[{"title":"Tea"}]',
  '"liked":[1]',
  '"Role":"admin"',
  '"role ":"admin"',
  '"accounts.role":"admin"',
  '"role\\u0000":"admin"',
  '"account_id":1',
  '"toString":"x"',
  '"then":"x"',
  '"":"x"',
].map((member) => `{"name":"Eve",${member}}`);

const read = (body: string): never => JSON.parse(body) as never;

type Way = (db: Database, body: never) => unknown;

const ways: Readonly<Record<string, Way>> = {
  "new Model": (_db, body) => new Account(body),
  insert: (db, body) => db.insert(Account).values(body),
  "insert, many": (db, body) => db.insert(Account).values([{ name: "Ada" }, body]),
  "insert, the key": (db, body) => db.insert(Account).values(body).key(),
  upsert: (db, body) => db.insert(Account).values({ name: "Ada" }).onConflictUpdate(["name"], body),
  update: (db, body) => db.update(Account).set(body).filter(Account.id.eq(1)),
  copy: (db, body) => db.copy(Account, [body]),
};

onDatabases(shop, (given) => {
  for (const [way, attack] of Object.entries(ways))
    test(`CVE-2026-34221, CVE-2026-22814: ${way} takes columns that may be set with others, and no more`, async () => {
      const { db } = given();
      for (const body of bodies)
        await refusedUnheard(given(), () => attack(db, read(body)), `${way}: ${body}`);
      assert.equal(await db.query(Account).count(), 0);
      assert.equal(({} as { role?: string }).role, undefined);
    });

  test("class: mass assignment: a guarded column is set by name alone, and then it is", async () => {
    const { db } = given();
    await db.session(async (session) => {
      const eve = new Account({ name: "Eve" });
      assert.equal(eve.role, "reader");
      session.add(eve);
      await session.commit();
      eve.role = "editor";
      await session.commit();
    });
    assert.equal((await db.query(Account).one()).role, "editor");
  });

  test("class: mass assignment: rows that are added to a relation are of their owner", async () => {
    const { db } = given();
    await db.session(async (session: Session) => {
      const ada = new Account({ name: "Ada" });
      const ben = new Account({ name: "Ben" });
      session.add(ada, ben);
      await session.commit();
      ada.offers.add(read(`{"title":"Tea","accountId":${ben.id}}`));
      const offer = new Offer({ accountId: ben.id, title: "Milk" });
      ada.liked.add(offer, read(`{"stars":5,"accountId":${ben.id}}`));
      await session.commit();
      assert.deepEqual(
        (await db.query(Offer).filter(Offer.accountId.eq(ada.id)).all()).map(({ title }) => title),
        ["Tea"],
      );
      const like = await db.query(Like).one();
      assert.deepEqual([like.accountId, like.offerId, like.stars], [ada.id, offer.id, 5]);
      for (const body of ['{"title":"Tea","role":1}', '{"title":"Tea","__proto__":{}}', "[]", "7"])
        assert.throws(() => ada.offers.add(read(body)), { code: /^LMP_ORM_(COLUMN_UNKNOWN|VALUE_INVALID)$/ });
    });
  });

  test("class: mass assignment: a prototype that somebody has polluted sets nothing", async (t) => {
    const { db } = given();
    const polluted = { role: "admin", initial: "x", age: 99, password: "known", sent: "x" };
    for (const [name, value] of Object.entries(polluted))
      Object.defineProperty(Object.prototype, name, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    t.after(() => {
      for (const name of Object.keys(polluted)) Reflect.deleteProperty(Object.prototype, name);
    });
    await db.insert(Account).values(read('{"name":"Ada"}'));
    await db.insert(Account).values([read('{"name":"Ben"}'), read('{"name":"Cora"}')]);
    await db.copy(Account, [read('{"name":"Dee"}')]);
    await db.session(async (session) => {
      session.add(new Account(read('{"name":"Eve"}')));
      await session.commit();
    });
    await db.update(Account).set(read('{"active":false}'));
    for (const name of Object.keys(polluted)) Reflect.deleteProperty(Object.prototype, name);
    const rows = await db.query(Account).orderBy(Account.name).all();
    assert.deepEqual(
      rows.map(({ name, role, age, password, active }) => ({ name, role, age, password, active })),
      ["Ada", "Ben", "Cora", "Dee", "Eve"].map((name) => ({
        name,
        role: "reader",
        age: null,
        password: "none",
        active: false,
      })),
    );
  });

  test("CVE-2026-22814: what an entity knows of its row cannot be set, read or copied with it", async () => {
    const { db } = given();
    await db.insert(Account).values({ name: "Ada", password: "hunter2" });
    await db.session(async (session) => {
      const ada = await session.query(Account).one();
      const columns = ["id", "name", "password", "role", "active", "age", "preferences", "since", "initial"];
      assert.deepEqual(Reflect.ownKeys(ada), columns);
      Object.assign(ada, JSON.parse('{"row":[9],"isPersisted":false,"$original":{"id":9}}'));
      ada.age = 3;
      await session.commit();
      assert.equal((await db.query(Account).one()).age, 3);
      await assert.rejects(async () => session.add({ ...ada }), { code: "LMP_ORM_ENTITY_INVALID" });
      await assert.rejects(async () => session.delete(structuredClone({ ...ada })), {
        code: "LMP_ORM_ENTITY_INVALID",
      });
    });
  });
});
