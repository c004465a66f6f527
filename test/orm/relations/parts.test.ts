/** Parts of a relation: filtered, sorted, cut for each owner, counted. One query for all owners. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { blog, Post, PostTag, Tag, User } from "./blog.ts";

test("a filter is one query for all owners, kept by its values", async (t) => {
  const { db, take } = await blog(t);
  const users = await db.query(User).orderBy(User.id).all();
  take();
  const titled = async (title: string): Promise<number[][]> => {
    const lists: number[][] = [];
    for (const user of users)
      lists.push((await user.posts.filter(Post.hidden.eq(false), Post.title.ne(title))).map(({ id }) => id));
    return lists;
  };
  assert.deepEqual(await titled("post 4"), [[1, 2], [5], [7, 8]]);
  assert.equal(take().length, 1);
  assert.deepEqual(await titled("post 7"), [[1, 2], [4, 5], [8]]);
  assert.equal(take().length, 1);
  assert.deepEqual(await titled("post 4"), [[1, 2], [5], [7, 8]]);
  assert.equal(take().length, 0);
  assert.equal(users[0]?.posts.loaded, undefined);
});

test("a limit is one for each owner", async (t) => {
  const { db, take } = await blog(t);
  const users = await db.query(User).orderBy(User.id).all();
  take();
  const lists: number[][] = [];
  for (const user of users)
    lists.push((await user.posts.orderBy(Post.title.desc()).limit(2)).map(({ id }) => id));
  assert.deepEqual(lists, [
    [3, 2],
    [6, 5],
    [9, 8],
  ]);
  const [statement, ...others] = take();
  assert.equal(others.length, 0);
  assert.match(statement ?? "", /row_number\(\) over \(partition by "posts"\."author_id" order by/);
});

test("of one owner a limit is that of the query", async (t) => {
  const { db, take } = await blog(t);
  const user = await db.query(User).filter(User.id.eq(2)).one();
  take();
  assert.deepEqual(
    (await user.posts.limit(1)).map(({ id }) => id),
    [4],
  );
  assert.doesNotMatch(take().join(), /row_number/);
  assert.deepEqual(await user.posts.limit(0), []);
});

test("what a relation declares holds without being asked for", async (t) => {
  const { db, take } = await blog(t);
  const users = await db.query(User).include("shortList").orderBy(User.id).all();
  assert.deepEqual(
    users.map((user) => user.shortList.loaded?.map(({ id }) => id)),
    [
      [2, 1],
      [5, 4],
      [8, 7],
    ],
  );
  assert.equal(take().length, 2);
  assert.equal((await users[0]?.shortList.limit(10))?.length, 2);
  assert.equal(await users[0]?.shortList.count(), 2);
});

test("the first of each", async (t) => {
  const { db, take } = await blog(t);
  const users = await db.query(User).orderBy(User.id).all();
  take();
  const firsts = await Promise.all(users.map((user) => user.posts.orderBy(Post.id.desc()).first()));
  assert.deepEqual(
    firsts.map((post) => post?.id),
    [3, 6, 9],
  );
  assert.equal(take().length, 1);
  await users[0]?.posts;
  take();
  assert.equal((await users[1]?.posts.first())?.id, 4);
  assert.equal(take().length, 0);
});

test("counts are one query for all owners, and none where the rows are there", async (t) => {
  const { db, take } = await blog(t);
  const users = await db.query(User).orderBy(User.id).all();
  take();
  const reports: number[] = [];
  for (const user of users) reports.push(await user.reports.count());
  assert.deepEqual(reports, [2, 0, 0]);
  assert.deepEqual(
    await Promise.all(users.map((user) => user.posts.filter(Post.hidden.eq(true)).count())),
    [1, 1, 1],
  );
  assert.deepEqual(await Promise.all(users.map((user) => user.posts.limit(2).count())), [2, 2, 2]);
  assert.equal(take().length, 3);
  await users[0]?.posts;
  take();
  assert.equal(await users[2]?.posts.count(), 3);
  assert.equal(take().length, 0);
});

test("the link table's columns filter and sort", async (t) => {
  const { db, take } = await blog(t);
  const posts = await db.query(Post).orderBy(Post.id).all();
  take();
  const heavy = await Promise.all(posts.map((post) => post.tags.filter(PostTag.weight.gt(1))));
  assert.deepEqual(
    heavy.slice(0, 2).map((tags) => tags.map(({ id }) => id)),
    [[2], [3]],
  );
  const last = await Promise.all(posts.map((post) => post.tags.orderBy(PostTag.weight.desc()).limit(1)));
  assert.deepEqual(
    last.slice(0, 2).map((tags) => tags.map(({ id }) => id)),
    [[2], [3]],
  );
  assert.equal(await posts[0]?.tags.filter(Tag.name.startsWith("tag")).count(), 2);
  assert.equal(take().length, 3);
});

test("what is no condition and what is no number of rows is refused", async (t) => {
  const { db } = await blog(t);
  const user = await db.query(User).filter(User.id.eq(2)).one();
  assert.throws(() => user.posts.filter({ id: 1 } as never), { code: "LMP_ORM_QUERY_INVALID" });
  assert.throws(() => user.posts.limit(-1), { code: "LMP_ORM_QUERY_INVALID" });
  assert.throws(() => user.posts.orderBy("id" as never), { code: "LMP_ORM_QUERY_INVALID" });
});
