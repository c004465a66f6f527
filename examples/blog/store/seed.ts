/** Writes the first posts into a new database, so that a newcomer finds a blog and not an empty page. */
import type { DatabaseSync } from "node:sqlite";
import { CommentStore } from "./comment-store.ts";
import { firstPosts } from "./first-posts.ts";
import { PostStore } from "./post-store.ts";

const hour = 3_600_000;

/** Ages are counted from now, so that whatever is written next stands above the first posts. Part of a transaction. */
export function seed(database: DatabaseSync, now: Date = new Date()): void {
  const posts = new PostStore(database);
  const comments = new CommentStore(database);
  for (const { title, body, picture, daysAgo, replies } of firstPosts) {
    const written = now.getTime() - daysAgo * 24 * hour;
    const post = posts.insert({ title, body, picture }, new Date(written));
    for (const { author, text, hoursLater } of replies) {
      comments.create(post, { author, body: text }, new Date(written + hoursLater * hour));
    }
  }
}
