/** Relations in queries: rows that have related ones, and joins along a relation. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { alias } from "../../../src/orm/index.ts";
import { blog, Comment, Post, PostTag, Tag, User } from "./blog.ts";

const ids = (rows: readonly { readonly id: number }[]): number[] => rows.map(({ id }) => id);

test("some and none", async (t) => {
  const { db } = await blog(t);
  const some = User.posts.some(Post.title.in(["post 2", "post 7"]));
  assert.deepEqual(ids(await db.query(User).filter(some).all()), [1, 3]);
  const none = User.posts.none(Post.title.in(["post 2", "post 7"]));
  assert.deepEqual(ids(await db.query(User).filter(none).all()), [2]);
  assert.deepEqual(ids(await db.query(User).filter(User.profile.none()).all()), [3]);
  assert.deepEqual(
    ids(
      await db
        .query(User)
        .filter(User.shortList.some(Post.id.eq(3)))
        .all(),
    ),
    [],
  );
});

test("some within some", async (t) => {
  const { db } = await blog(t);
  const query = db.query(User).filter(User.posts.some(Post.comments.some(Comment.text.eq("comment 9"))));
  assert.deepEqual(ids(await query.all()), [2]);
  const readers = Post.comments.some(Comment.user.some(User.name.eq("user 1")));
  assert.deepEqual(ids(await db.query(User).filter(User.posts.some(readers)).all()), [1, 2, 3]);
});

test("some by way of a link table, filtered by its columns", async (t) => {
  const { db } = await blog(t);
  const tagged = db
    .query(Post)
    .filter(Post.tags.some(Tag.name.eq("tag 2")))
    .orderBy(Post.id);
  assert.deepEqual(ids(await tagged.all()), [1, 2]);
  const heavy = db.query(Post).filter(Post.tags.some(Tag.name.eq("tag 2"), PostTag.weight.eq(2)));
  assert.deepEqual(ids(await heavy.all()), [1]);
});

test("a table that is related to itself gets another name inside", async (t) => {
  const { db } = await blog(t);
  const bosses = db.query(User).filter(User.reports.some(User.name.eq("user 3")));
  assert.deepEqual(ids(await bosses.all()), [1]);
  assert.match(
    bosses.sql().sql,
    /exists \(select "related_reports"\."boss_id" from "users" as "related_reports" where/,
  );
  const led = db
    .query(User)
    .filter(User.boss.some(User.reports.some(User.boss.some(User.name.eq("user 1")))));
  assert.deepEqual(ids(await led.orderBy(User.id).all()), [2, 3]);
  const boss = alias(User, "boss");
  assert.deepEqual(
    ids(
      await db
        .query(boss)
        .filter(boss.reports.some(User.name.eq("user 2")))
        .all(),
    ),
    [1],
  );
});

test("joins along relations", async (t) => {
  const { db } = await blog(t);
  const query = db
    .query(Post)
    .join(Post.author)
    .leftJoin(Post.tags, Tag.name.eq("tag 5"))
    .filter(User.name.eq("user 2"))
    .orderBy(Post.id, PostTag.tagId)
    .select({ id: Post.id, author: User.name, tag: Tag.name });
  assert.deepEqual(await query.all(), [
    { id: 4, author: "user 2", tag: null },
    { id: 4, author: "user 2", tag: "tag 5" },
    { id: 5, author: "user 2", tag: "tag 5" },
    { id: 5, author: "user 2", tag: null },
    { id: 6, author: "user 2", tag: null },
    { id: 6, author: "user 2", tag: null },
  ]);
  assert.equal(await db.query(User).join(User.shortList).count(), 6);
  assert.throws(() => db.query(User).join(User.boss), { code: "LMP_ORM_QUERY_INVALID" });
  const boss = alias(User, "boss");
  assert.equal(await db.query(boss).join(boss.reports).count(), 2);
});
