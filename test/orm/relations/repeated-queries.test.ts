/** A query in a loop is reported once, with the line that runs it. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import {
  createTables,
  Database,
  integer,
  model,
  queryRepeated,
  type RepeatedQuery,
  varchar,
} from "limpid/orm";
import { RepeatedQueries, repeatedQueries } from "../../../src/orm/query/repeated-queries.ts";

function listening(t: { after(done: () => void): void }): RepeatedQuery[] {
  const found: RepeatedQuery[] = [];
  t.after(queryRepeated.listen((query) => found.push(query)));
  return found;
}

test("the tenth run is reported, once for its line", async (t) => {
  const found = listening(t);
  const warned = once(process, "warning");
  for (let round = 0; round < 2; round++) {
    const queries = new RepeatedQueries();
    for (let index = 0; index < 30; index++) queries.seen(7, "select 1");
  }
  const [warning] = (await warned) as [Error];
  assert.equal(warning.name, "LimpidRepeatedQuery");
  assert.match(warning.message, /^A query ran 10 times, at .*repeated-queries\.test\.ts:\d+:\d+: select 1$/);
  assert.equal(found.length, 1);
  assert.deepEqual({ ...found[0], at: "" }, { sql: "select 1", times: 10, at: "" });
});

test("different queries are counted each for itself", (t) => {
  const found = listening(t);
  const queries = new RepeatedQueries({ times: 3 });
  for (let id = 0; id < 50; id++) queries.seen(id % 25, "select 2");
  assert.equal(found.length, 0);
  queries.seen(0, "select 2");
  assert.equal(found.length, 1);
});

test("without a session runs count together for a moment only", (t) => {
  const found = listening(t);
  t.mock.method(performance, "now", () => time);
  let time = 1000;
  const queries = new RepeatedQueries({ times: 3, within: 100 });
  for (let index = 0; index < 20; index++) {
    queries.seen(1, "select 3");
    time += 60;
  }
  assert.equal(found.length, 0);
  for (let index = 0; index < 5; index++) queries.seen(1, "select 3");
  assert.equal(found.length, 1);
});

test("in production nothing is counted", (t) => {
  const before = process.env.NODE_ENV;
  t.after(() => {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  });
  process.env.NODE_ENV = "production";
  assert.equal(repeatedQueries(), undefined);
  process.env.NODE_ENV = "test";
  assert.ok(repeatedQueries() instanceof RepeatedQueries);
});

test("a query in a loop of a session is reported with its line", async (t) => {
  const User = model("users", { id: integer().primaryKey(), name: varchar(50) });
  const found = listening(t);
  const db = await Database.connect("sqlite::memory:");
  await createTables(db, User);
  await db.session(async (session) => {
    for (let id = 1; id <= 12; id++) await session.query(User).filter(User.id.eq(id)).first();
  });
  assert.equal(found.length, 1);
  assert.match(found[0]?.at ?? "", /repeated-queries\.test\.ts:\d+:\d+$/);
  await db.close();
});
