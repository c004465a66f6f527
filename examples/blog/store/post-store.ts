/** Reads and writes posts, by prepared statements only. */
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { ConflictError } from "limpid";
import type { Post, PostPage, PostSummary } from "./post.ts";
import { freeSlug } from "./slug.ts";
import { transaction } from "./transaction.ts";

/** What a post is made of, or changed to. */
export interface PostInput {
  readonly title: string;
  readonly body: string;
  /** Default: made from the title. */
  readonly slug?: string | undefined;
  readonly picture?: string | undefined;
}

/** What is to be changed of a post. */
export interface PostChanges {
  readonly title?: string | undefined;
  readonly body?: string | undefined;
  readonly slug?: string | undefined;
  /** Null for no picture any more. */
  readonly picture?: string | null | undefined;
}

/** 409: another post has this slug. */
export class SlugTakenError extends ConflictError {
  override readonly code = "BLOG_SLUG_TAKEN";

  constructor(slug: string) {
    super(`There is a post with the slug "${slug}" already.`, {
      expected: "a slug that no other post has",
      found: slug,
      fix: "Choose another slug, or leave it out to have one made from the title.",
    });
  }
}

export class PostStore {
  readonly #database: DatabaseSync;
  readonly #statements;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = {
      list: database.prepare(`
        SELECT id, slug, title, picture, substr(body, 1, 600) AS opening, length(body) AS length, created_at, updated_at,
          (SELECT count(*) FROM comments WHERE post_id = posts.id) AS comments
        FROM posts ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?`),
      count: database.prepare("SELECT count(*) AS total FROM posts"),
      find: database.prepare("SELECT * FROM posts WHERE slug = ?"),
      insert: database.prepare(
        `INSERT INTO posts (slug, title, body, picture, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?) RETURNING *`,
      ),
      update: database.prepare(
        "UPDATE posts SET slug = ?, title = ?, body = ?, picture = ?, updated_at = ? WHERE id = ? RETURNING *",
      ),
      delete: database.prepare("DELETE FROM posts WHERE slug = ? RETURNING *"),
    };
  }

  /** One page of the list, newest first; past the last page it has no posts. */
  page(page: number, size: number): PostPage {
    const rows = this.#statements.list.all(size, (page - 1) * size);
    const total = Number(this.#statements.count.get()?.total);
    return { posts: rows.map(summaryFrom), page, pages: Math.max(1, Math.ceil(total / size)), total };
  }

  find(slug: string): Post | undefined {
    const row = this.#statements.find.get(slug);
    return row && postFrom(row);
  }

  /** Throws `SlugTakenError` where a slug is asked for that another post has. */
  create(input: PostInput, at: Date = new Date()): Post {
    return transaction(this.#database, () => this.insert(input, at));
  }

  /** `create` for a caller that holds a transaction: between looking for a free slug and taking it nobody may write. */
  insert(input: PostInput, at: Date): Post {
    const slug = input.slug ?? freeSlug(input.title, (candidate) => this.find(candidate) !== undefined);
    if (input.slug !== undefined && this.find(slug)) throw new SlugTakenError(slug);
    const time = at.getTime();
    const { title, body, picture = null } = input;
    return written(this.#statements.insert.get(slug, title, body, picture, time, time));
  }

  /** Changes what is given and keeps the rest, the slug too: links to the post stay true. */
  update(slug: string, changes: PostChanges, at: Date = new Date()): Post | undefined {
    return transaction(this.#database, () => {
      const post = this.find(slug);
      if (post === undefined) return undefined;
      const next = {
        slug: changes.slug ?? slug,
        title: changes.title ?? post.title,
        body: changes.body ?? post.body,
        picture: changes.picture === undefined ? (post.picture ?? null) : changes.picture,
      };
      if (next.slug !== slug && this.find(next.slug)) throw new SlugTakenError(next.slug);
      const { title, body, picture } = next;
      return written(this.#statements.update.get(next.slug, title, body, picture, at.getTime(), post.id));
    });
  }

  /** Deletes a post with its comments; what it was, where there was one. */
  delete(slug: string): Post | undefined {
    const row = this.#statements.delete.get(slug);
    return row && postFrom(row);
  }
}

type Row = Record<string, SQLOutputValue>;

function postFrom(row: Row): Post {
  return { ...frameFrom(row), body: String(row.body) };
}

function summaryFrom(row: Row): PostSummary {
  const { opening, length, comments } = row;
  return { ...frameFrom(row), opening: String(opening), length: Number(length), comments: Number(comments) };
}

function frameFrom(row: Row): Omit<Post, "body"> {
  return {
    id: Number(row.id),
    slug: String(row.slug),
    title: String(row.title),
    picture: typeof row.picture === "string" ? row.picture : undefined,
    createdAt: new Date(Number(row.created_at)),
    updatedAt: new Date(Number(row.updated_at)),
  };
}

/** `RETURNING` gives the row, unless the statement wrote none. */
function written(row: Row | undefined): Post {
  if (row === undefined) throw new Error("The post was not written.");
  return postFrom(row);
}
