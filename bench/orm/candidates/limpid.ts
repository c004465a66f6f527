/** Limpid, without a unit of work where none is needed, and with a session for each operation. */
import {
  boolean,
  Database,
  hasMany,
  integer,
  manyToMany,
  model,
  sql,
  text,
  timestamp,
  varchar,
} from "limpid/orm";
import { MOST_CONNECTIONS, type Open, type Operations, type PageRequest } from "../operations.ts";
import type { DatabaseName } from "../tables.ts";

const User = model(
  "users",
  {
    id: integer().primaryKey(),
    name: varchar(100),
    email: varchar(100).unique(),
    age: integer(),
    balance: integer(),
    active: boolean(),
    createdAt: timestamp(),
  },
  {
    get posts() {
      return hasMany(Post, "authorId");
    },
    get tags() {
      return manyToMany(Tag, UserTag, "userId", "tagId");
    },
  },
);

const Post = model("posts", {
  id: integer().primaryKey(),
  authorId: integer().references(() => User.id),
  title: varchar(100),
  body: text(),
  published: boolean(),
  createdAt: timestamp(),
});

const Tag = model("tags", { id: integer().primaryKey(), name: varchar(50) });

const UserTag = model("user_tags", {
  userId: integer()
    .primaryKey()
    .references(() => User.id),
  tagId: integer()
    .primaryKey()
    .references(() => Tag.id),
});

const Entry = model("entries", {
  id: integer().primaryKey(),
  kind: varchar(20),
  message: text(),
  important: boolean(),
  createdAt: timestamp(),
});

/** What reads: a database, or a session of it. */
type Reader = Pick<Database, "query">;

function findByKey(reader: Reader, id: number) {
  return reader.query(User).filter(User.id.eq(id)).first();
}

function some(reader: Reader, after: number, limit: number) {
  return reader.query(User).filter(User.id.gt(after)).orderBy(User.id).limit(limit);
}

async function page(reader: Reader, { minimumAge, limit, offset }: PageRequest) {
  const matching = reader.query(User).filter(User.active.eq(true), User.age.gte(minimumAge));
  const newest = matching.orderBy(User.createdAt.desc(), User.id.desc());
  const [rows, total] = await Promise.all([newest.limit(limit).offset(offset).all(), matching.count()]);
  return { rows, total };
}

/** A unit of work: two loaded, both changed, one added, written together at the commit. */
function transfer(db: Database): Operations["transfer"] {
  return (from, to, amount, entry) =>
    db.session(async (session) => {
      const payer = (await findByKey(session, from))!;
      const payee = (await findByKey(session, to))!;
      payer.balance -= amount;
      payee.balance += amount;
      session.add(new Entry(entry));
      await session.commit();
    });
}

function plainOperations(db: Database): Operations {
  return {
    findByKey: (id) => findByKey(db, id),
    list: (after) => some(db, after, 100).all(),
    listWithPosts: (after) => some(db, after, 20).include("posts").all(),
    listWithRelations: (after) => some(db, after, 100).include("posts", "tags").all(),
    page: (request) => page(db, request),
    async insert(entry) {
      return { ...entry, id: await db.insert(Entry).values(entry).key() };
    },
    insertMany: (entries) => db.insert(Entry).values(entries),
    async update(id, name) {
      const user = (await findByKey(db, id))!;
      await db.update(User).set({ name }).filter(User.id.eq(user.id));
    },
    transfer: transfer(db),
  };
}

function sessionOperations(db: Database): Operations {
  return {
    findByKey: (id) => db.session((session) => findByKey(session, id)),
    list: (after) => db.session((session) => some(session, after, 100).all()),
    listWithPosts: (after) => db.session((session) => some(session, after, 20).include("posts").all()),
    listWithRelations: (after) =>
      db.session((session) => some(session, after, 100).include("posts", "tags").all()),
    page: (request) => db.session((session) => page(session, request)),
    insert: (entry) =>
      db.session(async (session) => {
        const made = new Entry(entry);
        session.add(made);
        await session.commit();
        return made;
      }),
    insertMany: (entries) =>
      db.session(async (session) => {
        for (const entry of entries) session.add(new Entry(entry));
        await session.commit();
      }),
    update: (id, name) =>
      db.session(async (session) => {
        const user = (await findByKey(session, id))!;
        user.name = name;
        await session.commit();
      }),
    transfer: transfer(db),
  };
}

/** How the columns of hand-written SQL are read. */
function stateTypes(columns: readonly string[]) {
  const types = { id: integer(), balance: integer(), important: boolean(), created_at: timestamp() };
  const typeOf = (name: string) => (name in types ? types[name as keyof typeof types] : text());
  return Object.fromEntries(columns.map((name) => [name, typeOf(name)]));
}

/** Text without values, as the tag would have it. */
function statement(written: string) {
  return sql(Object.assign([written], { raw: [written] }));
}

function opening(database: DatabaseName, operationsOn: (db: Database) => Operations): Open {
  return async ({ url }) => {
    const db = await (database === "sqlite"
      ? Database.connect("sqlite::memory:")
      : Database.connect(url, { pool: { maximum: MOST_CONNECTIONS } }));
    return {
      run: (written) => db.execute(statement(written)),
      read: (written, columns) => db.rows(statement(written), stateTypes(columns)),
      operations: () => operationsOn(db),
    };
  };
}

/** Connects for queries and writes without a session, but where it needs one. */
export function openPlain(database: DatabaseName): Open {
  return opening(database, plainOperations);
}

/** Connects for a session in each operation. */
export function openSession(database: DatabaseName): Open {
  return opening(database, sessionOperations);
}
