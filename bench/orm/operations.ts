/** What a candidate does, one function for each scenario, in the way its documentation recommends. */
import type { NewEntry } from "./data.ts";

/** Connections of each candidate: all together they fit into a server that takes 100. */
export const MOST_CONNECTIONS = 8;

/** The filtered and paged list: active users of at least an age, the newest first. */
export interface PageRequest {
  readonly minimumAge: number;
  readonly limit: number;
  readonly offset: number;
}

/** Answers may be promises; what can be answered at once need not be one. */
export interface Operations {
  /** One user. */
  findByKey(id: number): unknown;
  /** 100 users with keys above `after`, by key. */
  list(after: number): unknown;
  /** The same with the posts and the tags of each. */
  listWithRelations(after: number): unknown;
  /** 20 users with keys above `after`, by key, with the posts of each. */
  listWithPosts(after: number): unknown;
  /** `{ rows, total }`, sorted by creation and key, both descending. */
  page(request: PageRequest): unknown;
  /** Inserts one entry and gives it with its key. */
  insert(entry: NewEntry): unknown;
  /** Inserts all of them in one transaction; what it gives is not looked at. */
  insertMany(entries: NewEntry[]): unknown;
  /** Loads a user, changes the name, saves it; what it gives is not looked at. */
  update(id: number, name: string): unknown;
  /**
   * In one transaction: loads two users, takes the amount from the balance of the first, adds it to that of the
   * second, inserts the entry; what it gives is not looked at.
   */
  transfer(from: number, to: number, amount: number, entry: NewEntry): unknown;
}

/** A candidate that has connected. */
export interface Opened {
  /** Asked for once, when the tables are there. */
  operations(): Operations;
  /** Runs one statement without values. */
  run(sql: string): unknown;
  /** The rows of a statement without values, as objects; `columns` names what it selects. */
  read(sql: string, columns: readonly string[]): readonly object[] | Promise<readonly object[]>;
}

/** Connects to `:memory:`, or to a PostgreSQL whose search path is in the URL. */
export type Open = (connection: Connection) => Opened | Promise<Opened>;

/** Where the tables are. */
export interface Connection {
  /** PostgreSQL's URL; empty for SQLite. */
  readonly url: string;
  /** PostgreSQL's schema, for those that write it into their SQL. */
  readonly schema: string;
}
