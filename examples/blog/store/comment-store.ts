/** Reads and writes the comments under a post. */
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Comment, Post } from "./post.ts";

export interface CommentInput {
  readonly author: string;
  readonly body: string;
}

export class CommentStore {
  readonly #statements;

  constructor(database: DatabaseSync) {
    this.#statements = {
      list: database.prepare("SELECT * FROM comments WHERE post_id = ? ORDER BY id"),
      find: database.prepare("SELECT * FROM comments WHERE post_id = ? AND id = ?"),
      insert: database.prepare(
        "INSERT INTO comments (post_id, author, body, created_at) VALUES (?, ?, ?, ?) RETURNING *",
      ),
      delete: database.prepare("DELETE FROM comments WHERE post_id = ? AND id = ?"),
    };
  }

  /** Oldest first, as a conversation is read. */
  under(post: Post): Comment[] {
    return this.#statements.list.all(post.id).map(commentFrom);
  }

  find(post: Post, id: number): Comment | undefined {
    const row = this.#statements.find.get(post.id, id);
    return row && commentFrom(row);
  }

  create(post: Post, input: CommentInput, at: Date = new Date()): Comment {
    const row = this.#statements.insert.get(post.id, input.author, input.body, at.getTime());
    if (row === undefined) throw new Error("The comment was not written.");
    return commentFrom(row);
  }

  /** Whether there was one. */
  delete(post: Post, id: number): boolean {
    return this.#statements.delete.run(post.id, id).changes > 0;
  }
}

function commentFrom(row: Record<string, SQLOutputValue>): Comment {
  return {
    id: Number(row.id),
    author: String(row.author),
    body: String(row.body),
    createdAt: new Date(Number(row.created_at)),
  };
}
