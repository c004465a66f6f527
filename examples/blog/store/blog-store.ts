/** The blog's memory: posts and comments in one database, opened when they are first asked for. */
import type { DatabaseSync } from "node:sqlite";
import { CommentStore } from "./comment-store.ts";
import { openDatabase } from "./open-database.ts";
import { PostStore } from "./post-store.ts";

interface Opened {
  readonly database: DatabaseSync;
  readonly posts: PostStore;
  readonly comments: CommentStore;
}

export class BlogStore {
  readonly #path: string;
  #opened: Opened | undefined;

  /** Remembers where the database is. Nothing is opened yet, so listing the blog's routes creates no file. */
  constructor(path: string) {
    this.#path = path;
  }

  get posts(): PostStore {
    return this.#open().posts;
  }

  get comments(): CommentStore {
    return this.#open().comments;
  }

  /** Opens the database where it is not open yet. Throws `BLOG_DATABASE_UNREADABLE`. */
  open(): void {
    this.#open();
  }

  close(): void {
    this.#opened?.database.close();
    this.#opened = undefined;
  }

  #open(): Opened {
    if (this.#opened === undefined) {
      const database = openDatabase(this.#path);
      this.#opened = { database, posts: new PostStore(database), comments: new CommentStore(database) };
    }
    return this.#opened;
  }
}
