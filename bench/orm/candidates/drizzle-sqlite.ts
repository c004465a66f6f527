/** drizzle-orm on better-sqlite3, with queries built each time and with queries prepared beforehand. */
import Database from "better-sqlite3";
import { and, count, desc, eq, gt, gte, relations, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Open, Operations } from "../operations.ts";

const users = sqliteTable("users", {
  id: integer().primaryKey(),
  name: text().notNull(),
  email: text().notNull(),
  age: integer().notNull(),
  balance: integer().notNull(),
  active: integer({ mode: "boolean" }).notNull(),
  createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
});

const posts = sqliteTable("posts", {
  id: integer().primaryKey(),
  authorId: integer("author_id").notNull(),
  title: text().notNull(),
  body: text().notNull(),
  published: integer({ mode: "boolean" }).notNull(),
  createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
});

const tags = sqliteTable("tags", { id: integer().primaryKey(), name: text().notNull() });

const userTags = sqliteTable(
  "user_tags",
  { userId: integer("user_id").notNull(), tagId: integer("tag_id").notNull() },
  (table) => [primaryKey({ columns: [table.userId, table.tagId] })],
);

const entries = sqliteTable("entries", {
  id: integer().primaryKey(),
  kind: text().notNull(),
  message: text().notNull(),
  important: integer({ mode: "boolean" }).notNull(),
  createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
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

function connect() {
  const client = new Database(":memory:");
  const db = drizzle(client, { schema });
  return {
    db,
    run: (statement: string) => client.exec(statement),
    read: (statement: string) => client.prepare<[], object>(statement).all(),
  };
}

type Db = ReturnType<typeof connect>["db"];

const withPosts = { posts: true } as const;
const withAll = { posts: true, userTags: { with: { tag: true } } } as const;

function built(db: Db): Operations {
  const byKey = (on: Pick<Db, "select">, id: number) =>
    on.select().from(users).where(eq(users.id, id)).get()!;
  return {
    findByKey: (id) => byKey(db, id),
    list: (after) => db.select().from(users).where(gt(users.id, after)).orderBy(users.id).limit(100).all(),
    listWithPosts: (after) =>
      db.query.users
        .findMany({ where: gt(users.id, after), orderBy: users.id, limit: 20, with: withPosts })
        .sync(),
    listWithRelations: (after) =>
      db.query.users
        .findMany({ where: gt(users.id, after), orderBy: users.id, limit: 100, with: withAll })
        .sync(),
    page({ minimumAge, limit, offset }) {
      const where = and(eq(users.active, true), gte(users.age, minimumAge));
      const newest = [desc(users.createdAt), desc(users.id)];
      const rows = db
        .select()
        .from(users)
        .where(where)
        .orderBy(...newest)
        .limit(limit)
        .offset(offset)
        .all();
      return { rows, total: db.select({ total: count() }).from(users).where(where).get()!.total };
    },
    insert: (entry) => db.insert(entries).values(entry).returning().get(),
    insertMany: (rows) => db.insert(entries).values(rows).run(),
    update(id, name) {
      const user = byKey(db, id);
      db.update(users).set({ name }).where(eq(users.id, user.id)).run();
    },
    transfer: (from, to, amount, entry) =>
      db.transaction((tx) => {
        const [payer, payee] = [byKey(tx, from), byKey(tx, to)];
        tx.update(users)
          .set({ balance: payer.balance - amount })
          .where(eq(users.id, payer.id))
          .run();
        tx.update(users)
          .set({ balance: payee.balance + amount })
          .where(eq(users.id, payee.id))
          .run();
        tx.insert(entries).values(entry).run();
      }),
  };
}

/** Every query with placeholders. */
function statements(db: Db) {
  const value = sql.placeholder;
  const active = and(eq(users.active, true), gte(users.age, value("minimumAge")));
  const some = { where: gt(users.id, value("after")), orderBy: users.id, limit: value("limit") };
  return {
    byKey: db
      .select()
      .from(users)
      .where(eq(users.id, value("id")))
      .prepare(),
    list: db
      .select()
      .from(users)
      .where(gt(users.id, value("after")))
      .orderBy(users.id)
      .limit(value("limit"))
      .prepare(),
    withPosts: db.query.users.findMany({ ...some, with: withPosts }).prepare(),
    withAll: db.query.users.findMany({ ...some, with: withAll }).prepare(),
    page: db
      .select()
      .from(users)
      .where(active)
      .orderBy(desc(users.createdAt), desc(users.id))
      .limit(value("limit"))
      .offset(value("offset"))
      .prepare(),
    total: db.select({ total: count() }).from(users).where(active).prepare(),
    insert: db
      .insert(entries)
      .values({
        kind: value("kind"),
        message: value("message"),
        important: value("important"),
        createdAt: value("createdAt"),
      })
      .returning()
      .prepare(),
    rename: db
      .update(users)
      .set({ name: sql`${value("name")}` })
      .where(eq(users.id, value("id")))
      .prepare(),
    setBalance: db
      .update(users)
      .set({ balance: sql`${value("balance")}` })
      .where(eq(users.id, value("id")))
      .prepare(),
  };
}

function preparedOperations(db: Db): Operations {
  const prepared = statements(db);
  const byKey = (id: number) => prepared.byKey.get({ id })!;
  return {
    findByKey: byKey,
    list: (after) => prepared.list.all({ after, limit: 100 }),
    listWithPosts: (after) => prepared.withPosts.execute({ after, limit: 20 }).sync(),
    listWithRelations: (after) => prepared.withAll.execute({ after, limit: 100 }).sync(),
    page: ({ minimumAge, limit, offset }) => ({
      rows: prepared.page.all({ minimumAge, limit, offset }),
      total: prepared.total.get({ minimumAge })!.total,
    }),
    insert: (entry) => prepared.insert.get({ ...entry }),
    insertMany: (rows) =>
      db.transaction(() => {
        for (const row of rows) prepared.insert.run({ ...row });
      }),
    update: (id, name) => prepared.rename.run({ id: byKey(id).id, name }),
    // There is one connection, so that what was prepared outside of the transaction runs in it.
    transfer: (from, to, amount, entry) =>
      db.transaction(() => {
        const [payer, payee] = [byKey(from), byKey(to)];
        prepared.setBalance.run({ id: payer.id, balance: payer.balance - amount });
        prepared.setBalance.run({ id: payee.id, balance: payee.balance + amount });
        prepared.insert.run({ ...entry });
      }),
  };
}

export const open: Open = () => {
  const { db, ...raw } = connect();
  return { ...raw, operations: () => built(db) };
};

export const openPrepared: Open = () => {
  const { db, ...raw } = connect();
  return { ...raw, operations: () => preparedOperations(db) };
};
