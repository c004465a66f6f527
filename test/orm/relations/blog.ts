/** The models of a blog, with every kind of relation, and a database with a few rows of each. */
import type { TestContext } from "node:test";
import {
  belongsTo,
  boolean,
  type Entity,
  hasMany,
  hasOne,
  integer,
  manyToMany,
  model,
  sql,
  varchar,
} from "../../../src/orm/index.ts";
import { type CountedDatabase, countedDatabase } from "./counted-database.ts";

export const User = model(
  "users",
  { id: integer().primaryKey(), name: varchar(50), bossId: integer().nullable() },
  {
    get posts() {
      return hasMany(Post, "authorId");
    },
    get shortList() {
      return hasMany(Post, "authorId", {
        orderBy: Post.title.desc(),
        limit: 2,
        where: Post.hidden.eq(false),
      });
    },
    get profile() {
      return hasOne(Profile, "userId");
    },
    get boss() {
      return belongsTo(User, "bossId");
    },
    get reports() {
      return hasMany(User, "bossId");
    },
  },
);
export type User = Entity<typeof User>;

export const Profile = model(
  "profiles",
  {
    id: integer().primaryKey(),
    userId: integer()
      .nullable()
      .references(() => User.id),
    text: varchar(50),
  },
  {
    get user() {
      return belongsTo(User, "userId");
    },
  },
);

export const Post = model(
  "posts",
  {
    id: integer().primaryKey(),
    authorId: integer().references(() => User.id),
    title: varchar(50),
    hidden: boolean().default(false),
  },
  {
    get author() {
      return belongsTo(User, "authorId");
    },
    get comments() {
      return hasMany(Comment, "postId");
    },
    get tags() {
      return manyToMany(Tag, PostTag, "postId", "tagId");
    },
  },
);
export type Post = Entity<typeof Post>;

export const Comment = model(
  "comments",
  {
    id: integer().primaryKey(),
    postId: integer()
      .nullable()
      .references(() => Post.id),
    userId: integer().references(() => User.id),
    text: varchar(50),
  },
  {
    get post() {
      return belongsTo(Post, "postId");
    },
    get user() {
      return belongsTo(User, "userId");
    },
  },
);

export const Tag = model(
  "tags",
  { id: integer().primaryKey(), name: varchar(50) },
  {
    get posts() {
      return manyToMany(Post, PostTag, "tagId", "postId");
    },
  },
);

export const PostTag = model("post_tags", {
  postId: integer()
    .primaryKey()
    .references(() => Post.id),
  tagId: integer()
    .primaryKey()
    .references(() => Tag.id),
  weight: integer().default(0),
});

const tables = [
  sql`create table users (id integer primary key, name text not null, boss_id integer) strict`,
  sql`create table profiles (id integer primary key, user_id integer references users, text text not null) strict`,
  sql`create table posts (id integer primary key, author_id integer not null references users, title text not null,
      hidden integer not null default 0) strict`,
  sql`create table comments (id integer primary key, post_id integer references posts, user_id integer not null
      references users, text text not null) strict`,
  sql`create table tags (id integer primary key, name text not null) strict`,
  sql`create table post_tags (post_id integer not null references posts, tag_id integer not null references tags,
      weight integer not null default 0, primary key (post_id, tag_id)) strict, without rowid`,
];

/**
 * Users 1 to 3 (the first is the boss of the others) with three posts each: 1 to 3 are of user 1. Each post has two
 * comments, by users 1 and 2, and the tags of its number and the next.
 */
export async function blog(
  t: TestContext,
  options: { readonly later?: boolean } = {},
): Promise<CountedDatabase> {
  const counted = await countedDatabase(options);
  const { db } = counted;
  t.after(() => db.close());
  for (const table of tables) await db.execute(table);
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
  await db
    .insert(User)
    .values(numbers(3).map((id) => ({ id, name: `user ${id}`, bossId: id === 1 ? null : 1 })));
  await db.insert(Profile).values(numbers(2).map((id) => ({ id, userId: id, text: `profile ${id}` })));
  await db.insert(Post).values(
    numbers(9).map((id) => ({
      id,
      authorId: Math.ceil(id / 3),
      title: `post ${id}`,
      hidden: id % 3 === 0,
    })),
  );
  await db.insert(Comment).values(
    numbers(18).map((id) => ({
      id,
      postId: Math.ceil(id / 2),
      userId: 1 + (id % 2),
      text: `comment ${id}`,
    })),
  );
  await db.insert(Tag).values(numbers(10).map((id) => ({ id, name: `tag ${id}` })));
  await db.insert(PostTag).values(
    numbers(9).flatMap((postId) => [
      { postId, tagId: postId, weight: 1 },
      { postId, tagId: postId + 1, weight: 2 },
    ]),
  );
  counted.take();
  return counted;
}
