/** Walking along relations: one query for each level, however many rows there are. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { blog, Comment, Post, Tag, User } from "./blog.ts";

const words = async (users: readonly User[]): Promise<string[]> => {
  const found: string[] = [];
  for (const user of users)
    for (const post of await user.posts)
      for (const comment of await post.comments)
        found.push(`${user.name} ${post.title} ${(await comment.user).name}`);
  return found;
};

for (const later of [false, true]) {
  const how = later ? "answers that come later" : "answers at once";

  test(`a walk of depth 3 takes one query for each level, ${how}`, async (t) => {
    const { db, take } = await blog(t, { later });
    const users = await db.query(User).orderBy(User.id).all();
    const found = await words(users);
    assert.equal(found.length, 18);
    assert.equal(found[0], "user 1 post 1 user 2");
    assert.equal(found[17], "user 3 post 9 user 1");
    const statements = take();
    assert.equal(statements.length, 4);
    assert.match(
      statements[1] ?? "",
      /from "posts" where "posts"\."author_id" in .* order by "posts"\."id"$/,
    );
  });

  test(`in a session the last level is there already, ${how}`, async (t) => {
    const { db, take } = await blog(t, { later });
    await db.session(async (session) => {
      const found = await words(await session.query(User).orderBy(User.id).all());
      assert.equal(found.length, 18);
      assert.equal(take().length, 3);
    });
  });

  test(`include takes the same queries, and the walk none, ${how}`, async (t) => {
    const { db, take } = await blog(t, { later });
    const users = await db
      .query(User)
      .include("posts", "posts.comments.user", "posts.tags")
      .orderBy(User.id)
      .all();
    assert.equal(take().length, 5);
    assert.equal((await words(users)).length, 18);
    assert.deepEqual(
      users[0]?.posts.loaded?.[0]?.tags.loaded?.map(({ name }) => name),
      ["tag 1", "tag 2"],
    );
    assert.equal(take().length, 0);
  });

  test(`all who wait for a relation wait for one query, ${how}`, async (t) => {
    const { db, take } = await blog(t, { later });
    const users = await db.query(User).all();
    take();
    const lists = await Promise.all(users.map((user) => user.posts));
    assert.deepEqual(
      lists.map(({ length }) => length),
      [3, 3, 3],
    );
    assert.equal(take().length, 1);
  });
}

test("those who were loaded from a list know whose they are", async (t) => {
  const { db, take } = await blog(t);
  const [user] = await db.query(User).filter(User.id.eq(2)).all();
  assert.ok(user);
  const posts = await user.posts;
  take();
  assert.equal(posts[1]?.author.loaded, user);
  assert.equal(await posts[0]?.author, user);
  assert.equal((await user.profile)?.user.loaded, user);
  assert.equal(take().length, 1);
});

test("a row that several refer to is asked for once", async (t) => {
  const { db, take } = await blog(t);
  const posts = await db.query(Post).all();
  take();
  const authors = await Promise.all(posts.map((post) => post.author));
  assert.equal(authors[0], authors[1]);
  assert.equal(new Set(authors).size, 3);
  assert.equal(take().length, 1);
});

test("a row that refers to nothing gives null without a query", async (t) => {
  const { db, take } = await blog(t);
  const boss = await db.query(User).filter(User.id.eq(1)).one();
  take();
  assert.equal(await boss.boss, null);
  assert.equal(boss.boss.loaded, null);
  assert.equal(take().length, 0);
});

test("one of a kind, or null", async (t) => {
  const { db, take } = await blog(t);
  const users = await db.query(User).orderBy(User.id).all();
  take();
  assert.equal(users[0]?.profile.loaded, undefined);
  const profiles = await Promise.all(users.map((user) => user.profile));
  assert.deepEqual(
    profiles.map((profile) => profile?.text),
    ["profile 1", "profile 2", undefined],
  );
  assert.equal(profiles[2], null);
  assert.equal(take().length, 1);
});

test("a tree is walked level by level", async (t) => {
  const { db, take } = await blog(t);
  const boss = await db.query(User).filter(User.id.eq(1)).one();
  const reports = await boss.reports;
  assert.deepEqual(
    reports.map(({ name }) => name),
    ["user 2", "user 3"],
  );
  assert.equal(await reports[1]?.boss, boss);
  for (const report of reports) assert.deepEqual(await report.reports, []);
  assert.equal(take().length, 3);
});

test("many to many: a target of several owners is one entity", async (t) => {
  const { db, take } = await blog(t);
  const posts = await db.query(Post).orderBy(Post.id).all();
  take();
  const [first, second] = [await posts[0]?.tags, await posts[1]?.tags];
  assert.deepEqual(
    first?.map(({ name }) => name),
    ["tag 1", "tag 2"],
  );
  assert.equal(first?.[1], second?.[0]);
  const back = await first?.[1]?.posts;
  assert.deepEqual(
    back?.map(({ id }) => id),
    [1, 2],
  );
  assert.equal(take().length, 2);
});

test("the rows of the link table, with their columns", async (t) => {
  const { db, take } = await blog(t);
  const posts = await db.query(Post).orderBy(Post.id).all();
  take();
  const links = await Promise.all(posts.map((post) => post.tags.links()));
  assert.deepEqual(
    links[2]?.map(({ tagId, weight }) => [tagId, weight]),
    [
      [3, 1],
      [4, 2],
    ],
  );
  assert.equal(take().length, 1);
  const some = await posts[2]?.tags.filter(Tag.name.eq("tag 4")).links();
  assert.deepEqual(
    some?.map(({ tagId }) => tagId),
    [4],
  );
});

test("for await", async (t) => {
  const { db } = await blog(t);
  const user = await db.query(User).filter(User.id.eq(3)).one();
  const titles: string[] = [];
  for await (const { title } of user.posts) titles.push(title);
  assert.deepEqual(titles, ["post 7", "post 8", "post 9"]);
});

test("what is awaited may be changed without changing what is kept", async (t) => {
  const { db } = await blog(t);
  const user = await db.query(User).filter(User.id.eq(3)).one();
  (await user.posts).reverse().pop();
  assert.deepEqual(
    (await user.posts).map(({ id }) => id),
    [7, 8, 9],
  );
});

test("rows that a session read one by one go on together", async (t) => {
  const { db, take } = await blog(t);
  await db.session(async (session) => {
    for (const id of [1, 2, 3]) await session.get(User, id);
    const posts = await session.query(Post).all();
    take();
    for (const post of posts) await (await post.author).profile;
    assert.equal(take().length, 1);
    const comments = await session.query(Comment).all();
    take();
    for (const comment of comments) await (await comment.post)?.tags;
    assert.equal(take().length, 1);
  });
});

test("an unknown relation is refused with the one that was meant", async (t) => {
  const { db } = await blog(t);
  const paths: readonly string[] = ["posts.coments"];
  const query = db.query(User) as unknown as {
    include(...paths: readonly string[]): unknown;
  };
  assert.throws(() => query.include(...paths), {
    code: "LMP_ORM_RELATION_INVALID",
    message: /"posts" has no relation "coments"/,
    fix: /Did you mean "comments"\?/,
  });
});
