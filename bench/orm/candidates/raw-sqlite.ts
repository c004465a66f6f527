/** What the raw drivers of SQLite have in common: the SQL, and the conversion of rows by hand. */
import type { EntryRow, NewEntry, PostRow, UserRow } from "../data.ts";
import { type LinkedTag, withPosts, withTags } from "./grouped.ts";

const userColumns = "id, name, email, age, balance, active, created_at";
const postColumns = "id, author_id, title, body, published, created_at";

/** A value that SQLite takes and gives. */
type Value = string | number;
type Raw = Record<string, Value>;

/** A statement prepared once; both drivers have this much in common. */
interface Statement {
  get(...values: Value[]): unknown;
  all(...values: Value[]): unknown[];
  run(...values: Value[]): { lastInsertRowid: number | bigint };
}

type Prepare = (sql: string) => Statement;

function user(row: Raw): UserRow {
  return {
    id: row.id as number,
    name: row.name as string,
    email: row.email as string,
    age: row.age as number,
    balance: row.balance as number,
    active: row.active === 1,
    createdAt: new Date(row.created_at as number),
  };
}

function post(row: Raw): PostRow {
  return {
    id: row.id as number,
    authorId: row.author_id as number,
    title: row.title as string,
    body: row.body as string,
    published: row.published === 1,
    createdAt: new Date(row.created_at as number),
  };
}

function marks(count: number): string {
  return Array.from({ length: count }, () => "?").join(", ");
}

/** Every statement, prepared by the driver. */
export function statements(prepare: Prepare) {
  const postsOf = (count: number) =>
    prepare(`SELECT ${postColumns} FROM posts WHERE author_id IN (${marks(count)})`);
  return {
    userByKey: prepare(`SELECT ${userColumns} FROM users WHERE id = ?`),
    list: prepare(`SELECT ${userColumns} FROM users WHERE id > ? ORDER BY id LIMIT ?`),
    postsOf20: postsOf(20),
    postsOf100: postsOf(100),
    tagsOf100: prepare(
      `SELECT user_tags.user_id AS userId, tags.id, tags.name FROM user_tags JOIN tags ON tags.id = user_tags.tag_id
       WHERE user_tags.user_id IN (${marks(100)})`,
    ),
    page: prepare(
      `SELECT ${userColumns} FROM users WHERE active = 1 AND age >= ?
       ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?`,
    ),
    pageTotal: prepare("SELECT count(*) AS total FROM users WHERE active = 1 AND age >= ?"),
    insert: prepare("INSERT INTO entries (kind, message, important, created_at) VALUES (?, ?, ?, ?)"),
    rename: prepare("UPDATE users SET name = ? WHERE id = ?"),
    setBalance: prepare("UPDATE users SET balance = ? WHERE id = ?"),
    begin: prepare("BEGIN IMMEDIATE"),
    commit: prepare("COMMIT"),
  };
}

type Statements = ReturnType<typeof statements>;

/** The operations with statements that were prepared beforehand. */
export function rawOperations(prepared: Statements) {
  const list = (after: number, limit: number) =>
    prepared.list.all(after, limit).map((row) => user(row as Raw));
  const insert = ({ kind, message, important, createdAt }: NewEntry) =>
    prepared.insert.run(kind, message, important ? 1 : 0, createdAt.getTime());
  const byKey = (id: number) => user(prepared.userByKey.get(id) as Raw);
  const posts = (rows: unknown[]) => rows.map((row) => post(row as Raw));
  const keys = (users: UserRow[]) => users.map(({ id }) => id);
  return {
    findByKey: byKey,
    list: (after: number) => list(after, 100),
    listWithPosts(after: number) {
      const users = list(after, 20);
      return withPosts(users, posts(prepared.postsOf20.all(...keys(users))));
    },
    listWithRelations(after: number) {
      const users = list(after, 100);
      const links = prepared.tagsOf100.all(...keys(users)) as LinkedTag[];
      return withTags(withPosts(users, posts(prepared.postsOf100.all(...keys(users)))), links);
    },
    page({ minimumAge, limit, offset }: { minimumAge: number; limit: number; offset: number }) {
      const rows = prepared.page.all(minimumAge, limit, offset).map((row) => user(row as Raw));
      return { rows, total: (prepared.pageTotal.get(minimumAge) as Raw).total };
    },
    insert(entry: NewEntry): EntryRow {
      return { ...entry, id: Number(insert(entry).lastInsertRowid) };
    },
    insertMany(entries: NewEntry[]) {
      prepared.begin.run();
      for (const entry of entries) insert(entry);
      prepared.commit.run();
    },
    update(id: number, name: string) {
      const found = byKey(id);
      found.name = name;
      prepared.rename.run(found.name, found.id);
    },
    transfer(from: number, to: number, amount: number, entry: NewEntry) {
      prepared.begin.run();
      const [payer, payee] = [byKey(from), byKey(to)];
      prepared.setBalance.run(payer.balance - amount, payer.id);
      prepared.setBalance.run(payee.balance + amount, payee.id);
      insert(entry);
      prepared.commit.run();
    },
  };
}
