/** pg with a pool and named statements, which the server prepares once for a connection: PostgreSQL's anchor. */
import pg from "pg";
import type { EntryRow, NewEntry, PostRow, UserRow } from "../data.ts";
import { MOST_CONNECTIONS, type Open } from "../operations.ts";
import { type LinkedTag, withPosts, withTags } from "./grouped.ts";

const userColumns = 'id, name, email, age, balance, active, created_at AS "createdAt"';
const values = "(kind, message, important, created_at)";

/** The text of each statement, by the name that it is prepared under. */
const texts = {
  userByKey: `SELECT ${userColumns} FROM users WHERE id = $1`,
  list: `SELECT ${userColumns} FROM users WHERE id > $1 ORDER BY id LIMIT $2`,
  posts: `SELECT id, author_id AS "authorId", title, body, published, created_at AS "createdAt"
    FROM posts WHERE author_id = ANY($1)`,
  tags: `SELECT user_tags.user_id AS "userId", tags.id, tags.name FROM user_tags
    JOIN tags ON tags.id = user_tags.tag_id WHERE user_tags.user_id = ANY($1)`,
  page: `SELECT ${userColumns} FROM users WHERE active AND age >= $1
    ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3`,
  pageTotal: "SELECT count(*)::int AS total FROM users WHERE active AND age >= $1",
  insert: `INSERT INTO entries ${values} VALUES ($1, $2, $3, $4) RETURNING id`,
  insertMany: `INSERT INTO entries ${values}
    SELECT * FROM unnest($1::text[], $2::text[], $3::boolean[], $4::timestamptz[])`,
  rename: "UPDATE users SET name = $1 WHERE id = $2",
  setBalance: "UPDATE users SET balance = $1 WHERE id = $2",
};

type Queryable = pg.Pool | pg.PoolClient;

async function query<Row extends object>(
  on: Queryable,
  name: keyof typeof texts,
  bound: unknown[],
): Promise<Row[]> {
  return (await on.query<Row>({ name, text: texts[name], values: bound })).rows;
}

async function byKey(on: Queryable, id: number): Promise<UserRow> {
  return (await query<UserRow>(on, "userByKey", [id]))[0]!;
}

async function insert(on: Queryable, entry: NewEntry): Promise<EntryRow> {
  const { kind, message, important, createdAt } = entry;
  const [row] = await query<{ id: number }>(on, "insert", [kind, message, important, createdAt]);
  return { ...entry, id: row!.id };
}

async function transfer(pool: pg.Pool, from: number, to: number, amount: number, entry: NewEntry) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const payer = await byKey(client, from);
    const payee = await byKey(client, to);
    await query(client, "setBalance", [payer.balance - amount, payer.id]);
    await query(client, "setBalance", [payee.balance + amount, payee.id]);
    await insert(client, entry);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

export const open: Open = ({ url }) => {
  const pool = new pg.Pool({ connectionString: url, max: MOST_CONNECTIONS });
  const list = (after: number, limit: number) => query<UserRow>(pool, "list", [after, limit]);
  const postsOf = (keys: number[]) => query<PostRow>(pool, "posts", [keys]);
  return {
    run: (sql) => pool.query(sql),
    read: async (sql) => (await pool.query<object>(sql)).rows,
    operations: () => ({
      findByKey: (id) => byKey(pool, id),
      list: (after) => list(after, 100),
      async listWithPosts(after) {
        const users = await list(after, 20);
        return withPosts(users, await postsOf(users.map(({ id }) => id)));
      },
      async listWithRelations(after) {
        const users = await list(after, 100);
        const keys = users.map(({ id }) => id);
        const [posts, links] = await Promise.all([postsOf(keys), query<LinkedTag>(pool, "tags", [keys])]);
        return withTags(withPosts(users, posts), links);
      },
      async page({ minimumAge, limit, offset }) {
        const [rows, totals] = await Promise.all([
          query<UserRow>(pool, "page", [minimumAge, limit, offset]),
          query<{ total: number }>(pool, "pageTotal", [minimumAge]),
        ]);
        return { rows, total: totals[0]!.total };
      },
      insert: (entry) => insert(pool, entry),
      insertMany: (entries) =>
        query(pool, "insertMany", [
          entries.map(({ kind }) => kind),
          entries.map(({ message }) => message),
          entries.map(({ important }) => important),
          entries.map(({ createdAt }) => createdAt),
        ]),
      async update(id, name) {
        const user = await byKey(pool, id);
        user.name = name;
        await query(pool, "rename", [user.name, user.id]);
      },
      transfer: (from, to, amount, entry) => transfer(pool, from, to, amount, entry),
    }),
  };
};
