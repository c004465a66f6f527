/** Puts the rows of related tables under their users, as somebody who writes the SQL does it. */
import type { PostRow, TagRow, UserRow } from "../data.ts";

/** A user with posts. */
export type UserWithPosts = UserRow & { posts: PostRow[] };
/** A user with posts and tags. */
export type UserWithRelations = UserWithPosts & { tags: TagRow[] };
/** A tag beside the key of a user who has it. */
export type LinkedTag = TagRow & { userId: number };

/** Each post under its author. */
export function withPosts(users: readonly UserRow[], posts: readonly PostRow[]): UserWithPosts[] {
  const found = users.map((user): UserWithPosts => ({ ...user, posts: [] }));
  const byKey = new Map(found.map((user) => [user.id, user]));
  for (const post of posts) byKey.get(post.authorId)!.posts.push(post);
  return found;
}

/** Each tag under its users; a tag is one object. */
export function withTags(users: readonly UserWithPosts[], links: readonly LinkedTag[]): UserWithRelations[] {
  const found = users.map((user): UserWithRelations => ({ ...user, tags: [] }));
  const byKey = new Map(found.map((user) => [user.id, user]));
  const tags = new Map<number, TagRow>();
  for (const { userId, id, name } of links) {
    let tag = tags.get(id);
    if (tag === undefined) {
      tag = { id, name };
      tags.set(id, tag);
    }
    byKey.get(userId)!.tags.push(tag);
  }
  return found;
}
