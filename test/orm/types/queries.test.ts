/** Queries at compile time; this file is checked by `tsc`, and runs to show that it holds. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import {
  alias,
  avg,
  choose,
  coalesce,
  count,
  createTables,
  cte,
  Database,
  excluded,
  integer,
  lag,
  max,
  model,
  now,
  rowNumber,
  sql,
  sum,
  text,
  varchar,
} from "limpid/orm";
import { Article } from "./article.ts";
import { Badge, Wearing } from "./badge.ts";
import { Person } from "./person.ts";
import { compiles, same } from "./same.ts";

const db = await Database.connect("sqlite::memory:");
await createTables(db, Person, Article, Badge, Wearing);
after(() => db.close());

const Ledger = model("ledger", {
  id: integer().primaryKey(),
  amount: integer(),
  note: varchar(50).nullable(),
});

/** The rows that a query gives. */
type RowOf<Q extends { all(): Promise<unknown[]> }> = Awaited<ReturnType<Q["all"]>>[number];

test("what a query gives is what it asks for", async () => {
  const people = db.query(Person);
  same<RowOf<typeof people>, Person>(true);
  same<Awaited<ReturnType<typeof people.first>>, Person | undefined>(true);
  same<Awaited<ReturnType<typeof people.one>>, Person>(true);
  same<Awaited<ReturnType<typeof people.page>>["items"], Person[]>(true);
  compiles(async () => {
    for await (const person of people) same<typeof person, Person>(true);
  });
  await db.insert(Person).values({ name: "Ada", email: null });
  const row = await people.select({ who: Person.name, mail: Person.email, since: Person.createdAt }).one();
  same<typeof row, { who: string; mail: string | null; since: Date }>(true);
  assert.deepEqual([row.who, row.mail, row.since instanceof Date], ["Ada", null, true]);
});

test("functions have the types of their values", () => {
  const rows = db.query(Article).select({
    rows: count(),
    best: max(Article.price),
    total: sum(Article.authorId),
    mean: avg(Article.authorId),
    title: coalesce(Article.replyToId, 0),
    place: rowNumber().over({ orderBy: Article.id }),
    before: lag(Article.title).over({ orderBy: Article.id }),
    word: choose([{ when: Article.state.eq("draft"), result: Article.title }]),
    at: now(),
    tag: Article.meta.at("tags", 0),
    long: sql<boolean>`length(${Article.title}) > ${3}`,
    other: sql`1`,
    kind: Article.state,
  });
  same<
    RowOf<typeof rows>,
    {
      rows: number;
      best: string | null;
      total: number | null;
      mean: number | null;
      title: number;
      place: number;
      before: string | null;
      word: string | null;
      at: Date;
      tag: string | null;
      long: boolean;
      other: unknown;
      kind: "draft" | "published";
    }
  >(true);
});

test("what is compared is of the column's type, nullable or not", () => {
  compiles(() => [
    Person.email.eq("a@b.c"),
    Person.name.eq(Person.email),
    Article.id.eq(Article.replyToId),
    Article.state.in(["draft", "published"]),
    Person.createdAt.between(new Date(0), Person.createdAt),
    Article.replyToId.isNotDistinctFrom(null),
    Article.id.eq(db.query(Article).select({ best: max(Article.id) })),
    Article.authorId.in(db.query(Person).select({ id: Person.id })),
    Article.replyToId.in(db.query(Article).select({ id: Article.replyToId })),
    Article.authorId.plus(Article.id).gt(3),
    Person.email.contains("@"),
    // @ts-expect-error a text is no number
    Article.id.eq("1"),
    // @ts-expect-error nothing equals null
    Person.email.eq(null),
    // @ts-expect-error an object is no text
    Person.name.eq({ $ne: "" }),
    // @ts-expect-error an array is no text
    Person.name.eq(["Ada"]),
    // @ts-expect-error it is none of the values
    Article.state.eq("gone"),
    // @ts-expect-error a text is no number
    Article.id.eq(Article.title),
    // @ts-expect-error the query gives texts
    Article.id.in(db.query(Article).select({ title: Article.title })),
    // @ts-expect-error the query gives texts
    Article.id.eq(db.query(Article).select({ title: Article.title })),
    // @ts-expect-error one of them is no number
    Article.id.in([1, "2"]),
    // @ts-expect-error a number has no letters
    Article.id.like("1%"),
    // @ts-expect-error an object is no query
    Article.id.in({ node: { kind: "select" } }),
    // @ts-expect-error a price is a text
    Article.price.gt(3),
  ]);
});

test("what filters, sorts, groups and cuts is no data", () => {
  const people = db.query(Person);
  compiles(() => [
    people.filter(undefined, Person.id.gt(3)),
    // @ts-expect-error an object is no condition
    people.filter({ id: 1 }),
    // @ts-expect-error a text is no condition
    people.filter("1 = 1"),
    // @ts-expect-error a column that is no truth is no condition
    people.filter(Person.name),
    // @ts-expect-error a name is no order
    people.orderBy("name"),
    // @ts-expect-error a text is no number of rows
    people.limit("10"),
    // @ts-expect-error a name is no expression
    people.groupBy("name"),
    // @ts-expect-error a name is no expression
    people.select({ name: "name" }),
    // @ts-expect-error the tag is not called
    sql("select 1"),
    // @ts-expect-error data are no model
    db.query({ table: "users" }),
  ]);
});

test("joins: the types of the right side are those of its model, also where it may be missing", () => {
  const inner = db.query(Article).join(Article.author).select({ title: Article.title, name: Person.name });
  same<RowOf<typeof inner>, { title: string; name: string }>(true);
  // The types do not know of left joins: a column of the right side may be null all the same.
  const left = db.query(Person).leftJoin(Person.articles).select({ title: Article.title });
  same<RowOf<typeof left>, { title: string }>(true);
  const Boss = alias(Person, "boss");
  same<typeof Boss, typeof Person>(true);
  const pairs = db.query(Person).join(Boss, Boss.id.gt(Person.id)).select({ boss: Boss.email });
  same<RowOf<typeof pairs>, { boss: string | null }>(true);
});

test("queries within queries have their columns", () => {
  const totals = db
    .query(Article)
    .groupBy(Article.authorId)
    .select({ author: Article.authorId, rows: count(), best: max(Article.price) })
    .as("totals");
  const rows = db.from(totals).select({ author: totals.author, best: totals.best });
  same<RowOf<typeof rows>, { author: number; best: string | null }>(true);
  const whole = db.from(totals);
  same<RowOf<typeof whole>, { author: number; rows: number; best: string | null }>(true);
  const named = cte("named", db.query(Person).select({ id: Person.id, mail: Person.email }));
  const mails = db.from(named).select({ mail: named.mail });
  same<RowOf<typeof mails>, { mail: string | null }>(true);
  const inside = db.query(Person).select({
    name: Person.name,
    last: db
      .query(Article)
      .filter(Article.authorId.eq(Person.id))
      .select({ title: max(Article.title) }),
  });
  same<RowOf<typeof inside>, { name: string; last: string | null }>(true);
  const united = db
    .query(Person)
    .select({ name: Person.name })
    .union(db.query(Badge).select({ name: Badge.label }));
  same<RowOf<typeof united>, { name: string }>(true);
  compiles(() => [
    // @ts-expect-error there is no such column
    totals.title,
    // @ts-expect-error the rows differ
    united.union(db.query(Badge).select({ id: Badge.id })),
  ]);
});

test("what is written is of the columns' types", () => {
  compiles(async () => {
    same<Awaited<ReturnType<ReturnType<typeof insertOne>["run"]>>, number>(true);
    const keys = await db.insert(Person).values({ name: "Ada" }).key();
    same<typeof keys, number>(true);
    const all = await db
      .insert(Person)
      .values([{ name: "Ada" }])
      .returning();
    same<typeof all, Person[]>(true);
    const some = await db.update(Article).set({ title: "Tides" }).returning({ id: Article.id });
    same<typeof some, { id: number }[]>(true);
    const gone = await db.delete(Article).filter(Article.id.eq(1));
    same<typeof gone, number>(true);
    await db.update(Article).set({ authorId: Article.authorId.plus(1), editorId: null, meta: null });
    await db.insert(Badge).from(db.query(Person).select({ label: Person.name }));
    await db
      .insert(Person)
      .values({ name: "Ada" })
      .onConflictUpdate(["id"], { name: excluded(Person.name) });
  });
  compiles(() => [
    // @ts-expect-error the name is missing
    db.insert(Person).values({ email: "a@b.c" }),
    // @ts-expect-error the name is a text
    db.insert(Person).values({ name: 1 }),
    // @ts-expect-error the role is guarded
    db.insert(Person).values({ name: "Ada", role: "admin" }),
    // @ts-expect-error the role is guarded
    db.update(Person).set({ role: "admin" }),
    // @ts-expect-error the title cannot be null
    db.update(Article).set({ title: null }),
    // @ts-expect-error the title is a text
    db.update(Article).set({ title: Article.id }),
    // @ts-expect-error there is no such column
    db.update(Article).set({ titel: "Tides" }),
    // @ts-expect-error there is no such column
    db.insert(Person).values({ name: "Ada" }).onConflictDoNothing("nmae"),
    // @ts-expect-error the label is a text
    db.insert(Badge).from(db.query(Person).select({ label: Person.id })),
  ]);
  const insertOne = () => db.insert(Ledger).values({ amount: 1 });
  same<ReturnType<ReturnType<typeof insertOne>["key"]>, Promise<number>>(true);
});

test("hand-written SQL has the types that are stated", async () => {
  const rows = await db.rows(sql`select ${1} as one, ${"a"} as two`, {
    one: integer(),
    two: text().nullable(),
  });
  same<typeof rows, { one: number; two: string | null }[]>(true);
  assert.deepEqual({ ...rows[0] }, { one: 1, two: "a" });
  const bare = await db.rows(sql`select ${1}`);
  same<typeof bare, unknown[][]>(true);
});
