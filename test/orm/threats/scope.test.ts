/**
 * class: missing tenant scope. A condition that a relation declares holds by every way along it, and no condition of a
 * request takes it off: neither an `or`, nor a filter, nor what was loaded before.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { belongsTo, boolean, hasMany, integer, manyToMany, model, or, varchar } from "limpid/orm";
import { onDatabases } from "../databases.ts";

const Tenant = model(
  "tenants",
  { id: integer().primaryKey(), name: varchar(20) },
  {
    get papers() {
      return hasMany(Paper, "tenantId", { where: Paper.withdrawn.eq(false), orderBy: Paper.id });
    },
    get readable() {
      return manyToMany(Paper, Reading, "tenantId", "paperId", { where: Paper.withdrawn.eq(false) });
    },
  },
);
const Paper = model(
  "papers",
  {
    id: integer().primaryKey(),
    tenantId: integer().references(() => Tenant.id),
    title: varchar(20),
    withdrawn: boolean().default(false),
  },
  {
    get tenant() {
      return belongsTo(Tenant, "tenantId");
    },
  },
);
const Reading = model("readings", {
  tenantId: integer()
    .primaryKey()
    .references(() => Tenant.id),
  paperId: integer()
    .primaryKey()
    .references(() => Paper.id),
});

const all = or(Paper.id.gt(0), Paper.withdrawn.eq(true));

onDatabases([Tenant, Paper, Reading], (given) => {
  const filled = async () => {
    const { db } = given();
    await db.insert(Tenant).values([
      { id: 1, name: "one" },
      { id: 2, name: "two" },
    ]);
    await db.insert(Paper).values([
      { id: 1, tenantId: 1, title: "mine" },
      { id: 2, tenantId: 1, title: "gone", withdrawn: true },
      { id: 3, tenantId: 2, title: "theirs" },
      { id: 4, tenantId: 2, title: "theirs, gone", withdrawn: true },
    ]);
    await db.insert(Reading).values([
      { tenantId: 1, paperId: 1 },
      { tenantId: 1, paperId: 2 },
      { tenantId: 2, paperId: 3 },
    ]);
    return db;
  };

  test("class: missing tenant scope: of a row, by every way", async () => {
    const db = await filled();
    await db.session(async (session) => {
      for (const tenants of [
        await session.query(Tenant).orderBy(Tenant.id).all(),
        await db.query(Tenant).orderBy(Tenant.id).all(),
        await db.query(Tenant).orderBy(Tenant.id).include("papers", "readable").all(),
      ]) {
        const [tenant] = tenants;
        assert.ok(tenant !== undefined);
        const titles = (papers: readonly { title: string }[]) => papers.map(({ title }) => title);
        for (const papers of [tenant.papers, tenant.readable]) {
          assert.deepEqual(titles(await papers), ["mine"]);
          assert.deepEqual(titles(await papers.filter(all)), ["mine"]);
          assert.deepEqual(titles(await papers.filter(Paper.withdrawn.eq(true))), []);
          assert.deepEqual(titles(await papers.filter(Paper.tenantId.eq(2))), []);
          assert.deepEqual(titles(await papers.orderBy(Paper.title).limit(5)), ["mine"]);
          assert.equal(await papers.count(), 1);
          assert.equal(await papers.filter(all).count(), 1);
          assert.equal((await papers.filter(Paper.title.ne("mine")).first())?.title, undefined);
          const found: string[] = [];
          for await (const paper of papers) found.push(paper.title);
          assert.deepEqual(found, ["mine"]);
        }
      }
    });
  });

  test("class: missing tenant scope: in a query, by every way", async () => {
    const db = await filled();
    const mine = db.query(Tenant).filter(Tenant.id.eq(1));
    for (const papers of [Tenant.papers, Tenant.readable]) {
      assert.equal(await mine.filter(papers.some(Paper.withdrawn.eq(true))).count(), 0);
      assert.equal(await mine.filter(papers.some(all)).count(), 1);
      assert.equal(await mine.filter(papers.none(Paper.title.eq("gone"))).count(), 1);
      assert.equal((await mine.select({ papers: papers.count() }).one()).papers, 1);
      assert.equal((await mine.select({ papers: papers.count(all) }).one()).papers, 1);
      assert.deepEqual(
        (await mine.join(papers).select({ title: Paper.title }).all()).map(({ title }) => title),
        ["mine"],
      );
      // Of a linked row that the condition leaves out, a left join has the link, and nothing of the row.
      const joined = await mine.leftJoin(papers, all).select({ title: Paper.title }).all();
      assert.deepEqual(
        joined.map(({ title }) => title).filter((title) => title !== null),
        ["mine"],
      );
    }
  });

  test("class: missing tenant scope: filters are all of them, whatever one of them says", async () => {
    const db = await filled();
    const scoped = db.query(Paper).filter(Paper.tenantId.eq(1));
    assert.equal(await scoped.filter(all).count(), 2);
    assert.equal(await scoped.filter(or(Paper.tenantId.eq(2), all)).count(), 2);
    assert.equal(await scoped.filter(or()).count(), 0);
    assert.equal(await scoped.filter(undefined, or(undefined)).count(), 0);
    assert.equal(
      await db.update(Paper).set({ title: "changed" }).filter(Paper.tenantId.eq(1)).filter(all),
      2,
    );
    assert.equal(await db.delete(Reading).filter(Reading.tenantId.eq(1), or(Reading.paperId.gt(0))), 2);
    assert.equal(await db.query(Paper).filter(Paper.title.eq("changed")).count(), 2);
  });
});
