/**
 * kysely on better-sqlite3 and on pg, with related rows as JSON by its own functions for that. It does not convert
 * values: SQLite's booleans and timestamps, and the timestamps in JSON, are converted here by hand.
 */
import Database from "better-sqlite3";
import {
  CompiledQuery,
  type ExpressionBuilder,
  type Generated,
  type JSONColumnType,
  Kysely,
  ParseJSONResultsPlugin,
  PostgresDialect,
  SqliteDialect,
} from "kysely";
import { jsonArrayFrom as postgresqlArrayFrom } from "kysely/helpers/postgres";
import { jsonArrayFrom as sqliteArrayFrom } from "kysely/helpers/sqlite";
import pg from "pg";
import type { NewEntry } from "../data.ts";
import { MOST_CONNECTIONS, type Open, type Operations, type PageRequest } from "../operations.ts";
import type { DatabaseName } from "../tables.ts";

/** What the drivers take and give: SQLite has numbers where PostgreSQL has its own types. */
type Flag = boolean | number;
type Moment = Date | number | string;

interface Tables {
  users: {
    id: number;
    name: string;
    email: string;
    age: number;
    balance: number;
    active: Flag;
    created_at: Moment;
  };
  posts: {
    id: number;
    author_id: number;
    title: string;
    body: string;
    published: Flag;
    created_at: Moment;
  };
  tags: { id: number; name: string };
  user_tags: { user_id: number; tag_id: number };
  entries: { id: Generated<number>; kind: string; message: string; important: Flag; created_at: Moment };
}

type Db = Kysely<Tables>;
type Of = ExpressionBuilder<Tables, "users">;

const userColumns = ["id", "name", "email", "age", "balance", "active", "created_at as createdAt"] as const;

interface Converted {
  active: Flag;
  createdAt: Moment;
  posts?: JSONColumnType<object[]>["__select__"];
}

/** Whatever has been read becomes a boolean and a `Date`. */
function converted<Row extends Converted>(row: Row) {
  const posts = row.posts as { published: Flag; createdAt: Moment }[] | undefined;
  return {
    ...row,
    active: Boolean(row.active),
    createdAt: moment(row.createdAt),
    ...(posts && {
      posts: posts.map((post) => ({
        ...post,
        published: Boolean(post.published),
        createdAt: moment(post.createdAt),
      })),
    }),
  };
}

function moment(value: Moment): Date {
  return value instanceof Date ? value : new Date(value);
}

function operationsOn(db: Db, database: DatabaseName): Operations {
  const arrayFrom = (database === "sqlite" ? sqliteArrayFrom : postgresqlArrayFrom) as typeof sqliteArrayFrom;
  const flag = (value: boolean): Flag => (database === "sqlite" ? Number(value) : value);
  const bound = ({ kind, message, important, createdAt }: NewEntry) => ({
    ...{ kind, message, important: flag(important) },
    created_at: database === "sqlite" ? createdAt.getTime() : createdAt,
  });
  const postsOf = (of: Of) =>
    arrayFrom(
      of
        .selectFrom("posts")
        .select(["id", "author_id as authorId", "title", "body", "published", "created_at as createdAt"])
        .whereRef("posts.author_id", "=", "users.id"),
    ).as("posts");
  const tagsOf = (of: Of) =>
    arrayFrom(
      of
        .selectFrom("user_tags")
        .innerJoin("tags", "tags.id", "user_tags.tag_id")
        .select(["tags.id", "tags.name"])
        .whereRef("user_tags.user_id", "=", "users.id"),
    ).as("tags");
  const some = (after: number, limit: number) =>
    db.selectFrom("users").select(userColumns).where("id", ">", after).orderBy("id").limit(limit);
  const byKey = async (on: Db, id: number) =>
    converted(
      await on.selectFrom("users").select(userColumns).where("id", "=", id).executeTakeFirstOrThrow(),
    );
  const setBalance = (on: Db, id: number, balance: number) =>
    on.updateTable("users").set({ balance }).where("id", "=", id).execute();
  return {
    findByKey: (id) => byKey(db, id),
    list: async (after) => (await some(after, 100).execute()).map(converted),
    listWithPosts: async (after) => (await some(after, 20).select(postsOf).execute()).map(converted),
    listWithRelations: async (after) =>
      (
        await some(after, 100)
          .select((of) => [postsOf(of), tagsOf(of)])
          .execute()
      ).map(converted),
    async page({ minimumAge, limit, offset }: PageRequest) {
      const matching = db.selectFrom("users").where("active", "=", flag(true)).where("age", ">=", minimumAge);
      const newest = matching.select(userColumns).orderBy("created_at", "desc").orderBy("id", "desc");
      const [rows, { total }] = await Promise.all([
        newest.limit(limit).offset(offset).execute(),
        matching.select((of) => of.fn.countAll().as("total")).executeTakeFirstOrThrow(),
      ]);
      return { rows: rows.map(converted), total: Number(total) };
    },
    async insert(entry) {
      const row = await db
        .insertInto("entries")
        .values(bound(entry))
        .returning(["id", "kind", "message", "important", "created_at as createdAt"])
        .executeTakeFirstOrThrow();
      return { ...row, important: Boolean(row.important), createdAt: moment(row.createdAt) };
    },
    insertMany: (entries) => db.insertInto("entries").values(entries.map(bound)).execute(),
    async update(id, name) {
      const user = await byKey(db, id);
      await db.updateTable("users").set({ name }).where("id", "=", user.id).execute();
    },
    transfer: (from, to, amount, entry) =>
      db.transaction().execute(async (transaction) => {
        const payer = await byKey(transaction, from);
        const payee = await byKey(transaction, to);
        await setBalance(transaction, payer.id, payer.balance - amount);
        await setBalance(transaction, payee.id, payee.balance + amount);
        await transaction.insertInto("entries").values(bound(entry)).execute();
      }),
  };
}

/** Connects to either database. */
export function open(database: DatabaseName): Open {
  return ({ url }) => {
    const db: Db =
      database === "sqlite"
        ? new Kysely({
            dialect: new SqliteDialect({ database: new Database(":memory:") }),
            // SQLite gives JSON as text.
            plugins: [new ParseJSONResultsPlugin()],
          })
        : new Kysely({
            dialect: new PostgresDialect({
              pool: new pg.Pool({ connectionString: url, max: MOST_CONNECTIONS }),
            }),
          });
    return {
      run: (statement) => db.executeQuery(CompiledQuery.raw(statement)),
      read: async (statement) => (await db.executeQuery<object>(CompiledQuery.raw(statement))).rows,
      operations: () => operationsOn(db, database),
    };
  };
}
