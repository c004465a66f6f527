/** MikroORM with a fork of its entity manager for each operation, as it wants for each request. */
import { defineEntity, type EntityManager, p } from "@mikro-orm/core";
import { MikroORM as PostgresqlORM } from "@mikro-orm/postgresql";
import { MikroORM as SqliteORM } from "@mikro-orm/sqlite";
import type { NewEntry } from "../data.ts";
import { MOST_CONNECTIONS, type Open, type Operations } from "../operations.ts";

const Tag = defineEntity({
  name: "Tag",
  tableName: "tags",
  properties: { id: p.integer().primary(), name: p.string() },
});

const User = defineEntity({
  name: "User",
  tableName: "users",
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    email: p.string(),
    age: p.integer(),
    balance: p.integer(),
    active: p.boolean(),
    createdAt: p.datetime().fieldName("created_at"),
    posts: () => p.oneToMany(Post).mappedBy("author"),
    tags: () =>
      p.manyToMany(Tag).pivotTable("user_tags").joinColumn("user_id").inverseJoinColumn("tag_id").owner(),
  },
});

const Post = defineEntity({
  name: "Post",
  tableName: "posts",
  properties: {
    id: p.integer().primary(),
    author: () => p.manyToOne(User).fieldName("author_id"),
    title: p.string(),
    body: p.text(),
    published: p.boolean(),
    createdAt: p.datetime().fieldName("created_at"),
  },
});

const Entry = defineEntity({
  name: "Entry",
  tableName: "entries",
  properties: {
    id: p.integer().primary(),
    kind: p.string(),
    message: p.text(),
    important: p.boolean(),
    createdAt: p.datetime().fieldName("created_at"),
  },
});

const entities = [User, Post, Tag, Entry];

function operationsOn(manager: EntityManager, insertMany: InsertMany): Operations {
  const list = (after: number, limit: number) => ({
    where: { id: { $gt: after } },
    options: { orderBy: { id: "asc" as const }, limit },
  });
  return {
    findByKey: (id) => manager.fork().findOneOrFail(User, id),
    list(after) {
      const { where, options } = list(after, 100);
      return manager.fork().find(User, where, options);
    },
    listWithPosts(after) {
      const { where, options } = list(after, 20);
      return manager.fork().find(User, where, { ...options, populate: ["posts"] });
    },
    listWithRelations(after) {
      const { where, options } = list(after, 100);
      return manager.fork().find(User, where, { ...options, populate: ["posts", "tags"] });
    },
    async page({ minimumAge, limit, offset }) {
      const [rows, total] = await manager
        .fork()
        .findAndCount(
          User,
          { active: true, age: { $gte: minimumAge } },
          { orderBy: [{ createdAt: "desc" }, { id: "desc" }], limit, offset },
        );
      return { rows, total };
    },
    async insert(entry) {
      const fork = manager.fork();
      const made = fork.create(Entry, entry);
      await fork.persist(made).flush();
      return made;
    },
    insertMany: (entries) => insertMany(manager.fork(), entries),
    async update(id, name) {
      const fork = manager.fork();
      const user = await fork.findOneOrFail(User, id);
      user.name = name;
      await fork.flush();
    },
    transfer: (from, to, amount, entry) =>
      manager.fork().transactional(async (fork) => {
        const payer = await fork.findOneOrFail(User, from);
        const payee = await fork.findOneOrFail(User, to);
        payer.balance -= amount;
        payee.balance += amount;
        fork.create(Entry, entry);
      }),
  };
}

/** What both databases are opened with. */
const options = { entities, debug: false, ensureDatabase: false };

type InsertMany = (fork: EntityManager, entries: NewEntry[]) => Promise<unknown>;

/** What it recommends for many rows, without the unit of work. */
export const directly: InsertMany = (fork, entries) => fork.insertMany(Entry, entries);

/** Through the unit of work, as Limpid's session does it. */
export const byFlush: InsertMany = (fork, entries) => {
  for (const entry of entries) fork.create(Entry, entry);
  return fork.flush();
};

async function opened({ em: manager }: { em: EntityManager }, insertMany: InsertMany) {
  const execute = (statement: string) => manager.getDriver().getConnection().execute<object[]>(statement);
  return { run: execute, read: execute, operations: () => operationsOn(manager, insertMany) };
}

/** Connects to SQLite. */
export function openSqlite(insertMany: InsertMany): Open {
  return async () => opened(await SqliteORM.init({ ...options, dbName: ":memory:" }), insertMany);
}

/** Connects to PostgreSQL. What it does not read in the URL is told its driver. */
export function openPostgresql(insertMany: InsertMany): Open {
  return async ({ url }) => {
    const orm = await PostgresqlORM.init({
      ...options,
      clientUrl: url,
      driverOptions: { connectionString: url },
      pool: { max: MOST_CONNECTIONS },
    });
    return opened(orm, insertMany);
  };
}
