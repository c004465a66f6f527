/** Factories make the same entities each time, with what is related to them. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { belongsTo, Database, factory, hasMany, integer, model, sql, varchar } from "limpid/orm";

const User = model(
  "users",
  { id: integer().primaryKey(), name: varchar(50), role: varchar(10).default("reader") },
  {
    get posts() {
      return hasMany(Post, "authorId");
    },
  },
);
const Post = model(
  "posts",
  { id: integer().primaryKey(), authorId: integer().references(() => User.id), title: varchar(80) },
  {
    get author() {
      return belongsTo(User, "authorId");
    },
  },
);

function factories() {
  const users = factory(User, ({ sequence, pick }) => ({
    name: `${pick(["Ada", "Grace", "Alan"])} ${sequence}`,
  }));
  const posts = factory(Post, ({ sequence }) => ({ title: `Post ${sequence}`, author: users }));
  return { users, posts };
}

async function opened(): Promise<Database> {
  const db = await Database.connect("sqlite::memory:");
  await db.execute(
    sql`create table users (id integer primary key, name text not null, role text not null) strict`,
  );
  await db.execute(
    sql`create table posts (id integer primary key, author_id integer not null references users (id), title text not null) strict`,
  );
  return db;
}

describe("factory", () => {
  test("makes the same entities in each run", () => {
    const names = () =>
      factories()
        .users.buildMany(5)
        .map(({ name }) => name);
    assert.deepEqual(names(), names());
    assert.equal(new Set(names()).size, 5);
  });

  test("begins anew after reset", () => {
    const { users } = factories();
    const first = users.build();
    users.reset();
    assert.deepEqual({ ...users.build() }, { ...first });
  });

  test("takes values, and fixes some of them for another factory", () => {
    const { users } = factories();
    assert.equal(users.build({ name: "Edsger" }).name, "Edsger");
    assert.equal(users.with({ role: "admin" }).build().role, "admin");
    assert.deepEqual(
      users.buildMany(2, (index) => ({ name: `n${index}` })).map(({ name }) => name),
      ["n0", "n1"],
    );
  });

  test("writes an entity with the one it belongs to", async () => {
    const db = await opened();
    const { posts } = factories();
    await db.session(async (session) => {
      const post = await posts.create(session);
      assert.equal(post.authorId, (await post.author).id);
      await session.commit();
    });
    assert.equal(await db.query(User).count(), 1);
    await db.close();
  });

  test("writes an entity with those that belong to it", async () => {
    const db = await opened();
    const { users, posts } = factories();
    await db.session(async (session) => {
      const user = await users.create(session, { posts: posts.many(3, { author: null }) });
      await session.commit();
      assert.equal((await user.posts).length, 3);
    });
    assert.equal(await db.query(Post).count(), 3);
    assert.equal(await db.query(User).count(), 1);
    await db.close();
  });

  test("refuses what cannot be related", () => {
    const { posts, users } = factories();
    assert.throws(() => posts.build({ author: users.many(2) }), { code: "LMP_ORM_FACTORY_INVALID" });
  });
});
