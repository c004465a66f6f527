/** drizzle-orm on pg, with queries built each time and with named, prepared queries. */
import { and, count, desc, eq, gt, gte, relations, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { boolean, integer, pgTable, primaryKey, text, timestamp, varchar } from "drizzle-orm/pg-core";
import pg from "pg";
import { MOST_CONNECTIONS, type Open, type Operations } from "../operations.ts";

const moment = () => timestamp("created_at", { withTimezone: true, precision: 3 }).notNull();
const key = () => integer().primaryKey().generatedByDefaultAsIdentity();

const users = pgTable("users", {
  id: key(),
  name: varchar({ length: 100 }).notNull(),
  email: varchar({ length: 100 }).notNull(),
  age: integer().notNull(),
  balance: integer().notNull(),
  active: boolean().notNull(),
  createdAt: moment(),
});

const posts = pgTable("posts", {
  id: key(),
  authorId: integer("author_id").notNull(),
  title: varchar({ length: 100 }).notNull(),
  body: text().notNull(),
  published: boolean().notNull(),
  createdAt: moment(),
});

const tags = pgTable("tags", { id: key(), name: varchar({ length: 50 }).notNull() });

const userTags = pgTable(
  "user_tags",
  { userId: integer("user_id").notNull(), tagId: integer("tag_id").notNull() },
  (table) => [primaryKey({ columns: [table.userId, table.tagId] })],
);

const entries = pgTable("entries", {
  id: key(),
  kind: varchar({ length: 20 }).notNull(),
  message: text().notNull(),
  important: boolean().notNull(),
  createdAt: moment(),
});

const schema = {
  users,
  posts,
  tags,
  userTags,
  entries,
  usersRelations: relations(users, ({ many }) => ({ posts: many(posts), userTags: many(userTags) })),
  postsRelations: relations(posts, ({ one }) => ({
    author: one(users, { fields: [posts.authorId], references: [users.id] }),
  })),
  userTagsRelations: relations(userTags, ({ one }) => ({
    user: one(users, { fields: [userTags.userId], references: [users.id] }),
    tag: one(tags, { fields: [userTags.tagId], references: [tags.id] }),
  })),
};

function connect(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: MOST_CONNECTIONS });
  const db = drizzle(pool, { schema });
  return {
    db,
    run: (statement: string) => pool.query(statement),
    read: async (statement: string) => (await pool.query<object>(statement)).rows,
  };
}

type Db = ReturnType<typeof connect>["db"];
type Transaction = Parameters<Parameters<Db["transaction"]>[0]>[0];

const withPosts = { posts: true } as const;
const withAll = { posts: true, userTags: { with: { tag: true } } } as const;

async function byKey(on: Db | Transaction, id: number) {
  const [user] = await on.select().from(users).where(eq(users.id, id)).limit(1);
  return user!;
}

/** A transaction has a connection of its own, for which what was prepared outside of it is not. */
const transfer =
  (db: Db): Operations["transfer"] =>
  (from, to, amount, entry) =>
    db.transaction(async (tx) => {
      const payer = await byKey(tx, from);
      const payee = await byKey(tx, to);
      await tx
        .update(users)
        .set({ balance: payer.balance - amount })
        .where(eq(users.id, payer.id));
      await tx
        .update(users)
        .set({ balance: payee.balance + amount })
        .where(eq(users.id, payee.id));
      await tx.insert(entries).values(entry);
    });

function built(db: Db): Operations {
  const some = (after: number, limit: number) => ({ where: gt(users.id, after), orderBy: users.id, limit });
  return {
    findByKey: (id) => byKey(db, id),
    list: (after) => db.select().from(users).where(gt(users.id, after)).orderBy(users.id).limit(100),
    listWithPosts: (after) => db.query.users.findMany({ ...some(after, 20), with: withPosts }),
    listWithRelations: (after) => db.query.users.findMany({ ...some(after, 100), with: withAll }),
    async page({ minimumAge, limit, offset }) {
      const where = and(eq(users.active, true), gte(users.age, minimumAge));
      const newest = [desc(users.createdAt), desc(users.id)];
      const [rows, total] = await Promise.all([
        db
          .select()
          .from(users)
          .where(where)
          .orderBy(...newest)
          .limit(limit)
          .offset(offset),
        db.$count(users, where),
      ]);
      return { rows, total };
    },
    async insert(entry) {
      const [row] = await db.insert(entries).values(entry).returning();
      return row;
    },
    insertMany: (rows) => db.insert(entries).values(rows),
    async update(id, name) {
      const user = await byKey(db, id);
      await db.update(users).set({ name }).where(eq(users.id, user.id));
    },
    transfer: transfer(db),
  };
}

function statements(db: Db) {
  const value = sql.placeholder;
  const active = and(eq(users.active, true), gte(users.age, value("minimumAge")));
  const some = { where: gt(users.id, value("after")), orderBy: users.id, limit: value("limit") };
  return {
    byKey: db
      .select()
      .from(users)
      .where(eq(users.id, value("id")))
      .prepare("by_key"),
    list: db
      .select()
      .from(users)
      .where(gt(users.id, value("after")))
      .orderBy(users.id)
      .limit(value("limit"))
      .prepare("list"),
    withPosts: db.query.users.findMany({ ...some, with: withPosts }).prepare("with_posts"),
    withAll: db.query.users.findMany({ ...some, with: withAll }).prepare("with_all"),
    page: db
      .select()
      .from(users)
      .where(active)
      .orderBy(desc(users.createdAt), desc(users.id))
      .limit(value("limit"))
      .offset(value("offset"))
      .prepare("page"),
    total: db.select({ total: count() }).from(users).where(active).prepare("total"),
    insert: db
      .insert(entries)
      .values({
        kind: value("kind"),
        message: value("message"),
        important: value("important"),
        createdAt: value("createdAt"),
      })
      .returning()
      .prepare("insert_entry"),
    rename: db
      .update(users)
      .set({ name: sql`${value("name")}` })
      .where(eq(users.id, value("id")))
      .prepare("rename"),
  };
}

function preparedOperations(db: Db): Operations {
  const prepared = statements(db);
  const found = async (id: number) => (await prepared.byKey.execute({ id }))[0]!;
  return {
    findByKey: found,
    list: (after) => prepared.list.execute({ after, limit: 100 }),
    listWithPosts: (after) => prepared.withPosts.execute({ after, limit: 20 }),
    listWithRelations: (after) => prepared.withAll.execute({ after, limit: 100 }),
    async page({ minimumAge, limit, offset }) {
      const [rows, totals] = await Promise.all([
        prepared.page.execute({ minimumAge, limit, offset }),
        prepared.total.execute({ minimumAge }),
      ]);
      return { rows, total: totals[0]!.total };
    },
    insert: async (entry) => (await prepared.insert.execute({ ...entry }))[0],
    insertMany: (rows) => db.insert(entries).values(rows),
    async update(id, name) {
      await prepared.rename.execute({ id: (await found(id)).id, name });
    },
    transfer: transfer(db),
  };
}

export const open: Open = ({ url }) => {
  const { db, ...raw } = connect(url);
  return { ...raw, operations: () => built(db) };
};

export const openPrepared: Open = ({ url }) => {
  const { db, ...raw } = connect(url);
  return { ...raw, operations: () => preparedOperations(db) };
};
