/** Relations of many rows: portions of keys, memory, keys of every type, changes while something is being loaded. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  belongsTo,
  bigint,
  customType,
  hasMany,
  integer,
  model,
  sql,
  timestamp,
  uuid,
  varchar,
} from "../../../src/orm/index.ts";
import { blog, Post, User } from "./blog.ts";
import { countedDatabase } from "./counted-database.ts";

const code = customType<string>({
  name: "code",
  sql: { sqlite: "TEXT" },
  encode: (value) => `c${value}`,
  decode: (value) => String(value).slice(1),
});

test("more keys than a statement takes values are asked for in portions", async (t) => {
  const Box = model(
    "boxes",
    { id: integer().primaryKey(), code: code() },
    {
      get items() {
        return hasMany(Item, "code", { localKey: "code" });
      },
    },
  );
  const Item = model("items", { id: integer().primaryKey(), code: code() });
  const { db, take } = await countedDatabase();
  t.after(() => db.close());
  await db.execute(sql`create table boxes (id integer primary key, code text not null) strict`);
  await db.execute(sql`create table items (id integer primary key, code text not null) strict`);
  await db
    .execute(sql`insert into boxes select value, 'c' || value from generate_series(1, 40000)`)
    .catch(() =>
      db.execute(sql`with recursive n(value) as (select 1 union all select value + 1 from n where value < 40000)
      insert into boxes select value, 'c' || value from n`),
    );
  await db.execute(sql`insert into items select id, code from boxes`);
  const boxes = await db.query(Box).all();
  take();
  const items = await boxes[39_999]?.items;
  assert.deepEqual(
    items?.map((item) => item.code),
    ["40000"],
  );
  assert.equal(take().length, 2);
  assert.equal((await boxes[0]?.items)?.length, 1);
  assert.equal(take().length, 0);
});

test("10,000 rows and their relation are held within bounds", async (t) => {
  const { db } = await blog(t);
  await db.execute(sql`with recursive n(value) as (select 1000 union all select value + 1 from n where value < 10999)
    insert into users select value, 'user', 1 from n`);
  await db.execute(sql`insert into posts (author_id, title) select id, 'post' from users where id >= 1000`);
  const before = process.memoryUsage().heapUsed;
  const users = await db.query(User).filter(User.id.gte(1000)).include("posts").all();
  for (const user of users) assert.equal((await user.posts).length, 1);
  const used = process.memoryUsage().heapUsed - before;
  assert.equal(users.length, 10_000);
  assert.ok(used < 60_000_000, `${used} bytes for 20,000 entities`);
});

test("keys of other types find each other", async (t) => {
  const { db } = await countedDatabase();
  t.after(() => db.close());
  const Owner = model(
    "owners",
    { id: uuid().primaryKey(), big: bigint(), at: timestamp(), code: code() },
    {
      get byId() {
        return hasMany(Owned, "ownerId");
      },
      get byBig() {
        return hasMany(Owned, "big", { localKey: "big" });
      },
      get byTime() {
        return hasMany(Owned, "at", { localKey: "at" });
      },
      get byCode() {
        return hasMany(Owned, "code", { localKey: "code" });
      },
    },
  );
  const Owned = model(
    "owned",
    { id: integer().primaryKey(), ownerId: uuid(), big: integer(), at: timestamp(), code: code() },
    {
      get owner() {
        return belongsTo(Owner, "ownerId");
      },
    },
  );
  await db.execute(sql`create table owners (id text primary key, big integer, at integer, code text) strict`);
  await db.execute(
    sql`create table owned (id integer primary key, owner_id text, big integer, at integer, code text) strict`,
  );
  const id = "0190163d-8694-739b-aea5-966c26f8ad91";
  const at = new Date(86_400_000);
  await db.insert(Owner).values({ id, big: 7n, at, code: "x" });
  await db.insert(Owned).values({ ownerId: id, big: 7, at, code: "x" });
  const owner = await db.query(Owner).one();
  for (const rows of [owner.byId, owner.byBig, owner.byTime, owner.byCode])
    assert.equal((await rows).length, 1);
  assert.equal((await (await owner.byId)[0]?.owner)?.code, "x");
});

test("a key that changes while the relation is being loaded leads to the new row", async (t) => {
  const { db, take } = await blog(t, { later: true });
  const posts = await db.query(Post).orderBy(Post.id).all();
  take();
  const [first, second] = posts;
  assert.ok(first && second);
  const authors = Promise.all([first.author, second.author]);
  await Promise.resolve();
  second.authorId = 3;
  assert.deepEqual(
    (await authors).map(({ id }) => id),
    [1, 3],
  );
});

test("what fails for one fails for all who wait, and is asked for again", async (t) => {
  const { db } = await blog(t, { later: true });
  const users = await db.query(User).all();
  await db.execute(sql`alter table profiles rename to gone`);
  const results = await Promise.allSettled(users.map((user) => user.profile));
  assert.deepEqual(
    results.map(({ status }) => status),
    ["rejected", "rejected", "rejected"],
  );
  await db.execute(sql`alter table gone rename to profiles`);
  assert.equal((await users[0]?.profile)?.text, "profile 1");
});

test("relations are no part of what is printed or serialized", async (t) => {
  const { db } = await blog(t);
  const user = await db.query(User).include("posts").filter(User.id.eq(1)).one();
  assert.equal(JSON.stringify(user), '{"id":1,"name":"user 1","bossId":null}');
  assert.equal(JSON.stringify(user.posts.loaded?.length), "3");
});

test("two names for one value: varchar keys compare as they are", async (t) => {
  const { db } = await countedDatabase();
  t.after(() => db.close());
  const Word = model(
    "words",
    { text: varchar(9).primaryKey() },
    {
      get uses() {
        return hasMany(Use, "word");
      },
    },
  );
  const Use = model("uses", { id: integer().primaryKey(), word: varchar(9) });
  await db.execute(sql`create table words (text text primary key) strict`);
  await db.execute(sql`create table uses (id integer primary key, word text) strict`);
  await db.insert(Word).values([{ text: "a" }, { text: "A" }, { text: "1" }]);
  await db.insert(Use).values([{ word: "a" }, { word: "A" }, { word: "A" }]);
  const words = await db.query(Word).orderBy(Word.text.asc()).all();
  assert.deepEqual(await Promise.all(words.map((word) => word.uses.count())), [0, 2, 1]);
  assert.deepEqual(await Promise.all(words.map(async (word) => (await word.uses).length)), [0, 2, 1]);
});
