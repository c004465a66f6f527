/** postgres (postgres.js): its statements are prepared without being asked to. */
import postgres from "postgres";
import type { NewEntry, PostRow, UserRow } from "../data.ts";
import { MOST_CONNECTIONS, type Open } from "../operations.ts";
import { type LinkedTag, withPosts, withTags } from "./grouped.ts";

type Sql = postgres.Sql | postgres.TransactionSql;

const user = (sql: Sql) => sql`id, name, email, age, balance, active, created_at AS "createdAt"`;

async function byKey(sql: Sql, id: number): Promise<UserRow> {
  const [found] = await sql<UserRow[]>`SELECT ${user(sql)} FROM users WHERE id = ${id}`;
  return found!;
}

function list(sql: Sql, after: number, limit: number) {
  return sql<UserRow[]>`SELECT ${user(sql)} FROM users WHERE id > ${after} ORDER BY id LIMIT ${limit}`;
}

function postsOf(sql: Sql, users: readonly UserRow[]) {
  return sql<PostRow[]>`SELECT id, author_id AS "authorId", title, body, published, created_at AS "createdAt"
    FROM posts WHERE author_id IN ${sql(users.map(({ id }) => id))}`;
}

function tagsOf(sql: Sql, users: readonly UserRow[]) {
  return sql<LinkedTag[]>`SELECT user_tags.user_id AS "userId", tags.id, tags.name FROM user_tags
    JOIN tags ON tags.id = user_tags.tag_id WHERE user_tags.user_id IN ${sql(users.map(({ id }) => id))}`;
}

async function insert(sql: Sql, entry: NewEntry) {
  const { kind, message, important, createdAt } = entry;
  const [row] = await sql<{ id: number }[]>`INSERT INTO entries (kind, message, important, created_at)
    VALUES (${kind}, ${message}, ${important}, ${createdAt}) RETURNING id`;
  return { ...entry, id: row!.id };
}

export const open: Open = ({ url }) => {
  const sql = postgres(url, { max: MOST_CONNECTIONS });
  return {
    run: (text) => sql.unsafe(text),
    read: (text) => sql.unsafe<object[]>(text),
    operations: () => ({
      findByKey: (id) => byKey(sql, id),
      list: (after) => list(sql, after, 100),
      async listWithPosts(after) {
        const users = await list(sql, after, 20);
        return withPosts(users, await postsOf(sql, users));
      },
      async listWithRelations(after) {
        const users = await list(sql, after, 100);
        const [posts, links] = await Promise.all([postsOf(sql, users), tagsOf(sql, users)]);
        return withTags(withPosts(users, posts), links);
      },
      async page({ minimumAge, limit, offset }) {
        const [rows, totals] = await Promise.all([
          sql<UserRow[]>`SELECT ${user(sql)} FROM users WHERE active AND age >= ${minimumAge}
            ORDER BY created_at DESC, id DESC LIMIT ${limit} OFFSET ${offset}`,
          sql<
            { total: number }[]
          >`SELECT count(*)::int AS total FROM users WHERE active AND age >= ${minimumAge}`,
        ]);
        return { rows: Array.from(rows), total: totals[0]!.total };
      },
      insert: (entry) => insert(sql, entry),
      insertMany: (entries) =>
        sql`INSERT INTO entries ${sql(
          entries.map(({ createdAt, ...others }) => ({ ...others, created_at: createdAt })),
          "kind",
          "message",
          "important",
          "created_at",
        )}`,
      async update(id, name) {
        const found = await byKey(sql, id);
        found.name = name;
        await sql`UPDATE users SET name = ${found.name} WHERE id = ${found.id}`;
      },
      transfer: (from, to, amount, entry) =>
        sql.begin(async (transaction) => {
          const payer = await byKey(transaction, from);
          const payee = await byKey(transaction, to);
          await transaction`UPDATE users SET balance = ${payer.balance - amount} WHERE id = ${payer.id}`;
          await transaction`UPDATE users SET balance = ${payee.balance + amount} WHERE id = ${payee.id}`;
          await insert(transaction, entry);
        }),
    }),
  };
};
