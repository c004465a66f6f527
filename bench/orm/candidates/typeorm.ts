/** TypeORM on better-sqlite3 and on pg, with repositories. */
import { DataSource, EntitySchema, MoreThan, MoreThanOrEqual } from "typeorm";
import type { EntryRow, PostRow, TagRow, UserRow } from "../data.ts";
import { MOST_CONNECTIONS, type Open, type Operations } from "../operations.ts";
import type { DatabaseName } from "../tables.ts";

interface User extends UserRow {
  posts: Post[];
  tags: TagRow[];
}

interface Post extends PostRow {
  author: User;
}

const key = { type: "int", primary: true, generated: true } as const;

/** SQLite's timestamps are milliseconds here, for which TypeORM needs to be told how they are read. */
const milliseconds = {
  type: "integer",
  transformer: { to: (value: Date) => value.getTime(), from: (value: number) => new Date(value) },
} as const;

function schemas(database: DatabaseName) {
  const moment = {
    name: "created_at",
    ...(database === "sqlite" ? milliseconds : ({ type: "timestamptz", precision: 3 } as const)),
  };
  return {
    User: new EntitySchema<User>({
      name: "User",
      tableName: "users",
      columns: {
        id: key,
        name: { type: "varchar" },
        email: { type: "varchar" },
        age: { type: "int" },
        balance: { type: "int" },
        active: { type: "boolean" },
        createdAt: moment,
      },
      relations: {
        posts: { type: "one-to-many", target: "Post", inverseSide: "author" },
        tags: {
          type: "many-to-many",
          target: "Tag",
          joinTable: {
            name: "user_tags",
            joinColumn: { name: "user_id" },
            inverseJoinColumn: { name: "tag_id" },
          },
        },
      },
    }),
    Post: new EntitySchema<Post>({
      name: "Post",
      tableName: "posts",
      columns: {
        id: key,
        authorId: { type: "int", name: "author_id" },
        title: { type: "varchar" },
        body: { type: "text" },
        published: { type: "boolean" },
        createdAt: moment,
      },
      relations: {
        author: {
          type: "many-to-one",
          target: "User",
          inverseSide: "posts",
          joinColumn: { name: "author_id" },
        },
      },
    }),
    Tag: new EntitySchema<TagRow>({
      name: "Tag",
      tableName: "tags",
      columns: { id: key, name: { type: "varchar" } },
    }),
    Entry: new EntitySchema<EntryRow>({
      name: "Entry",
      tableName: "entries",
      columns: {
        id: key,
        kind: { type: "varchar" },
        message: { type: "text" },
        important: { type: "boolean" },
        createdAt: moment,
      },
    }),
  };
}

function operationsOn(source: DataSource, { User, Entry }: ReturnType<typeof schemas>): Operations {
  const users = source.getRepository(User);
  const entries = source.getRepository(Entry);
  const list = (after: number, take: number) => ({
    where: { id: MoreThan(after) },
    order: { id: "ASC" as const },
    take,
  });
  return {
    findByKey: (id) => users.findOneByOrFail({ id }),
    list: (after) => users.find(list(after, 100)),
    listWithPosts: (after) => users.find({ ...list(after, 20), relations: { posts: true } }),
    listWithRelations: (after) => users.find({ ...list(after, 100), relations: { posts: true, tags: true } }),
    async page({ minimumAge, limit, offset }) {
      const [rows, total] = await users.findAndCount({
        where: { active: true, age: MoreThanOrEqual(minimumAge) },
        order: { createdAt: "DESC", id: "DESC" },
        take: limit,
        skip: offset,
      });
      return { rows, total };
    },
    insert: (entry) => entries.save({ ...entry }),
    insertMany: (rows) => entries.insert(rows),
    async update(id, name) {
      const user = await users.findOneByOrFail({ id });
      user.name = name;
      await users.save(user);
    },
    transfer: (from, to, amount, entry) =>
      source.transaction(async (manager) => {
        const payer = await manager.findOneByOrFail(User, { id: from });
        const payee = await manager.findOneByOrFail(User, { id: to });
        payer.balance -= amount;
        payee.balance += amount;
        await manager.save(User, [payer, payee]);
        await manager.save(Entry, { ...entry });
      }),
  };
}

/** Connects to either database. */
export function open(database: DatabaseName): Open {
  return async ({ url }) => {
    const described = schemas(database);
    const entities = Object.values(described);
    const source = new DataSource(
      database === "sqlite"
        ? { type: "better-sqlite3", database: ":memory:", entities }
        : { type: "postgres", url, extra: { connectionString: url, max: MOST_CONNECTIONS }, entities },
    );
    await source.initialize();
    return {
      run: (statement) => source.query(statement),
      read: (statement) => source.query<object[]>(statement),
      operations: () => operationsOn(source, described),
    };
  };
}
