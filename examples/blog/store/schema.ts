/** The tables of the blog. Times are milliseconds since 1970. */

export const schema = `
  CREATE TABLE IF NOT EXISTS posts (
    id         INTEGER PRIMARY KEY,
    slug       TEXT    NOT NULL UNIQUE,
    title      TEXT    NOT NULL,
    body       TEXT    NOT NULL,
    picture    TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;

  CREATE INDEX IF NOT EXISTS posts_by_age ON posts (created_at DESC, id DESC);

  CREATE TABLE IF NOT EXISTS comments (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    post_id    INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    author     TEXT    NOT NULL,
    body       TEXT    NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;

  CREATE INDEX IF NOT EXISTS comments_by_post ON comments (post_id, id);
`;

/** What brings the tables of an earlier blog up to date, by the `user_version` it begins with. */
export const changes: readonly (readonly [version: number, statement: string])[] = [
  [1, "ALTER TABLE posts ADD COLUMN picture TEXT"],
];

/** The `user_version` of a database that is up to date. */
export const currentVersion = 2;
