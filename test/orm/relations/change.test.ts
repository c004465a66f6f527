/** Changing relations in a session: what is there at once, and what is written. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { blog, Comment, Post, Profile, Tag, User } from "./blog.ts";

const ids = (rows: readonly { readonly id: number }[]): number[] => rows.map(({ id }) => id);

test("add: entities and plain values, seen at once and written with the key of their owner", async (t) => {
  const { db } = await blog(t);
  await db.session(async (session) => {
    const user = await session.query(User).filter(User.id.eq(1)).one();
    const before = await user.posts;
    const [made, moved] = user.posts.add(
      { title: "new" },
      await session.query(Post).filter(Post.id.eq(9)).one(),
    );
    assert.equal(before.length, 3);
    assert.deepEqual(
      (await user.posts).map(({ title }) => title),
      ["post 1", "post 2", "post 3", "new", "post 9"],
    );
    assert.equal(await user.posts.count(), 5);
    assert.equal(made?.author.loaded, user);
    assert.equal(await moved?.author, user);
    await session.commit();
    assert.equal(made?.authorId, 1);
    assert.deepEqual(ids(await user.posts), [1, 2, 3, 9, 10]);
  });
  assert.equal((await db.query(Post).filter(Post.id.eq(9)).one()).authorId, 1);
});

test("add before the first query of the relation", async (t) => {
  const { db } = await blog(t);
  await db.session(async (session) => {
    const user = await session.query(User).filter(User.id.eq(2)).one();
    user.posts.add({ title: "new" });
    assert.equal(await user.posts.count(), 4);
    assert.deepEqual(
      (await user.posts).map(({ title }) => title),
      ["post 4", "post 5", "post 6", "new"],
    );
    await session.rollback();
  });
});

test("a row that is added elsewhere leaves the list it was in", async (t) => {
  const { db } = await blog(t);
  await db.session(async (session) => {
    const [one, two] = await session.query(User).orderBy(User.id).all();
    const [post] = (await one?.posts) ?? [];
    assert.ok(one && two && post);
    await two.posts;
    two.posts.add(post);
    assert.deepEqual(ids(await one.posts), [2, 3]);
    assert.deepEqual(ids(await two.posts), [4, 5, 6, 1]);
    post.author.set(one);
    assert.deepEqual(ids(await two.posts), [4, 5, 6]);
    assert.deepEqual(ids(await one.posts), [2, 3, 1]);
    assert.equal(post.authorId, 1);
    await session.rollback();
  });
});

test("new entities bring along what was added to them, whole trees", async (t) => {
  const { db } = await blog(t);
  const user = new User({ name: "new" });
  const [post] = user.posts.add({ title: "first" }, { title: "second" });
  assert.ok(post);
  post.tags.add({ name: "fresh" }, { weight: 7 });
  post.comments.add({ text: "own", userId: 1 });
  assert.deepEqual(
    (await user.posts).map(({ title }) => title),
    ["first", "second"],
  );
  assert.deepEqual(await user.reports, []);
  assert.equal(await user.boss, null);
  const report = new User({ name: "report" });
  report.boss.set(user);
  await db.session(async (session) => {
    session.add(report);
    assert.equal((await user.posts).length, 2);
    await session.commit();
    assert.equal((await user.posts).length, 2);
    assert.equal(await report.boss, user);
  });
  const read = await db
    .query(User)
    .filter(User.name.eq("new"))
    .include("posts.tags", "posts.comments", "reports")
    .one();
  const found = read.posts.loaded?.[0];
  assert.deepEqual(
    found?.tags.loaded?.map(({ name }) => name),
    ["fresh"],
  );
  assert.deepEqual(
    (await found?.tags.links())?.map(({ weight }) => weight),
    [7],
  );
  assert.equal(found?.comments.loaded?.[0]?.text, "own");
  assert.deepEqual(
    read.reports.loaded?.map(({ name }) => name),
    ["report"],
  );
});

test("remove: the column becomes null, or the row goes where it cannot", async (t) => {
  const { db } = await blog(t);
  await db.session(async (session) => {
    const post = await session.query(Post).filter(Post.id.eq(1)).one();
    const [comment, other] = await post.comments;
    assert.ok(comment && other);
    post.comments.remove(comment);
    assert.deepEqual(ids(await post.comments), [other.id]);
    assert.equal(await comment.post, null);
    const user = await session.query(User).filter(User.id.eq(3)).one();
    user.posts.remove(post);
    user.posts.remove(user.posts.add({ title: "never written" })[0] as never);
    await session.commit();
    assert.equal(comment.postId, null);
  });
  assert.equal(await db.query(Comment).filter(Comment.postId.isNull()).count(), 1);
  assert.equal(await db.query(Post).count(), 9);
  await db.session(async (session) => {
    const post = await session.query(Post).filter(Post.id.eq(2)).one();
    await session.delete(Comment).filter(Comment.postId.eq(2));
    post.tags.remove(...(await post.tags));
    (await post.author).posts.remove(post);
    await session.commit();
  });
  assert.equal(await db.query(Post).filter(Post.id.eq(2)).exists(), false);
});

test("many to many: add with link values, remove, and both before they are written", async (t) => {
  const { db, take } = await blog(t);
  await db.session(async (session) => {
    const post = await session.query(Post).filter(Post.id.eq(1)).one();
    const [one, two] = await post.tags;
    const nine = await session.query(Tag).filter(Tag.id.eq(9)).one();
    assert.ok(one && two);
    post.tags.add(nine, { weight: 5 });
    post.tags.add(one);
    post.tags.remove(two);
    const fresh = post.tags.add({ name: "never written" });
    post.tags.remove(fresh);
    session.delete(fresh);
    assert.deepEqual(ids(await post.tags), [1, 9]);
    assert.deepEqual(
      (await post.tags.links()).map(({ tagId }) => tagId),
      [1, 9],
    );
    take();
    await session.commit();
    assert.deepEqual(ids(await post.tags), [1, 9]);
    assert.deepEqual(ids(await nine.posts), [1, 8, 9]);
    assert.deepEqual(
      (await post.tags.links()).map(({ weight }) => weight),
      [1, 5],
    );
    post.tags.remove(nine);
    post.tags.add(nine, { weight: 6 });
    await session.commit();
    assert.deepEqual(
      (await post.tags.links()).map(({ weight }) => weight),
      [1, 6],
    );
  });
});

test("set: another row, a new one, none", async (t) => {
  const { db } = await blog(t);
  await db.session(async (session) => {
    const post = await session.query(Post).filter(Post.id.eq(1)).one();
    const comment = await session.query(Comment).filter(Comment.id.eq(3)).one();
    const author = new User({ name: "new" });
    post.author.set(author);
    assert.equal(await post.author, author);
    comment.post.set(post);
    assert.equal(comment.postId, 1);
    await session.commit();
    assert.equal(post.authorId, author.id);
    assert.equal(await post.author, author);
    comment.post.set(null);
    assert.equal(await comment.post, null);
    assert.throws(() => post.author.set(null as never), { code: "LMP_ORM_ENTITY_INVALID" });
    assert.throws(() => post.author.set(comment as never), { code: "LMP_ORM_ENTITY_INVALID" });
    await session.commit();
  });
  assert.equal((await db.query(Comment).filter(Comment.id.eq(3)).one()).postId, null);
});

test("set of hasOne: the row before refers to it no longer", async (t) => {
  const { db } = await blog(t);
  await db.session(async (session) => {
    const user = await session.query(User).filter(User.id.eq(1)).one();
    const before = await user.profile;
    user.profile.set(new Profile({ text: "other" }));
    assert.equal((await user.profile)?.text, "other");
    assert.equal(before?.userId, null);
    await session.commit();
    assert.equal((await user.profile)?.text, "other");
    assert.equal(await before?.user, null);
  });
});

test("a key that is assigned leads to its row", async (t) => {
  const { db } = await blog(t);
  const post = await db.query(Post).filter(Post.id.eq(1)).one();
  assert.equal((await post.author).name, "user 1");
  post.authorId = 2;
  assert.equal(post.author.loaded, undefined);
  assert.equal((await post.author).name, "user 2");
});

test("after a commit relations are asked for anew, for all rows at once", async (t) => {
  const { db, take } = await blog(t);
  await db.session(async (session) => {
    const users = await session.query(User).orderBy(User.id).all();
    for (const user of users) assert.equal((await user.posts).length, 3);
    await db.insert(Post).values({ authorId: 2, title: "from elsewhere" });
    assert.equal((await users[1]?.posts)?.length, 3);
    await session.commit();
    take();
    assert.deepEqual(await Promise.all(users.map(async (user) => (await user.posts).length)), [3, 4, 3]);
    assert.equal(take().length, 1);
  });
});

test("a rollback takes back what was added", async (t) => {
  const { db } = await blog(t);
  await db.session(async (session) => {
    const user = await session.query(User).filter(User.id.eq(1)).one();
    await user.posts;
    user.posts.add({ title: "new" });
    await session.rollback();
    assert.equal((await user.posts).length, 3);
    await session.commit();
  });
  assert.equal(await db.query(Post).count(), 9);
});

test("without a session relations are read, not written", async (t) => {
  const { db } = await blog(t);
  const user = await db.query(User).filter(User.id.eq(1)).one();
  const refused = { code: "LMP_ORM_ENTITY_INVALID", message: /Relations are written through a session/ };
  assert.throws(() => user.posts.add({ title: "new" }), refused);
  assert.throws(() => user.boss.set(null), refused);
});
