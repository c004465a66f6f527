/** The rows that every database begins with, and what the scenarios write. */

/** A user as it is stored, without relations. */
export interface UserRow {
  id: number;
  name: string;
  email: string;
  age: number;
  balance: number;
  active: boolean;
  createdAt: Date;
}

/** A post of a user. */
export interface PostRow {
  id: number;
  authorId: number;
  title: string;
  body: string;
  published: boolean;
  createdAt: Date;
}

/** What many users share. */
export interface TagRow {
  id: number;
  name: string;
}

/** A row that the writing scenarios insert; the database counts its key. */
export interface NewEntry {
  kind: string;
  message: string;
  important: boolean;
  createdAt: Date;
}

/** An entry as it is stored. */
export interface EntryRow extends NewEntry {
  id: number;
}

/** How many users there are, each with ten posts and three tags. */
export const userCount = 1000;
const postsEach = 10;
const tagCount = 30;
const begin = Date.UTC(2025, 0, 1);

function counted<Item>(count: number, item: (number: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => item(index + 1));
}

/** The users, by key. */
export const users: readonly UserRow[] = counted(userCount, (id) => ({
  id,
  name: `User ${id}`,
  email: `user${id}@example.com`,
  age: 18 + ((id * 37) % 60),
  balance: 1000,
  active: id % 3 !== 0,
  createdAt: new Date(begin + ((id * 7919) % 365) * 86_400_000 + id),
}));

/** The posts, by key. */
export const posts: readonly PostRow[] = counted(userCount * postsEach, (id) => ({
  id,
  authorId: 1 + ((id - 1) % userCount),
  title: `Post ${id}`,
  body: `What user ${1 + ((id - 1) % userCount)} had to say, in the words of post number ${id}.`,
  published: id % 4 !== 0,
  createdAt: new Date(begin + id * 60_000),
}));

/** The tags, by key. */
export const tags: readonly TagRow[] = counted(tagCount, (id) => ({ id, name: `Tag ${id}` }));

/** Which user has which tag. */
export const userTags: readonly { userId: number; tagId: number }[] = users.flatMap(({ id }) =>
  [0, 7, 13].map((offset) => ({ userId: id, tagId: 1 + ((id + offset) % tagCount) })),
);

/** The entry that is written at the given turn. */
export function entry(turn: number): NewEntry {
  return {
    kind: turn % 2 === 0 ? "visit" : "order",
    message: `Entry of turn ${turn}`,
    important: turn % 3 === 0,
    createdAt: new Date(begin + (turn % 100_000) * 1000),
  };
}

/** As many entries as are written at once. */
export function entries(turn: number): NewEntry[] {
  return counted(1000, (number) => entry(turn * 1000 + number));
}
