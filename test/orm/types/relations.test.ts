/** Relations at compile time, in circles across files; this file is checked by `tsc`, and runs to show that it holds. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createTables, Database, type Insert, type Session } from "limpid/orm";
import { Article } from "./article.ts";
import { Badge, Wearing } from "./badge.ts";
import { Person } from "./person.ts";
import { compiles, same } from "./same.ts";

const db = await Database.connect("sqlite::memory:");
await createTables(db, Person, Article, Badge, Wearing);
after(() => db.close());

declare const person: Person;
declare const article: Article;
declare const session: Session;

test("what is awaited of a relation is the other model's entity, there and back", async () => {
  compiles(async () => {
    const articles = await person.articles;
    same<typeof articles, Article[]>(true);
    const author = await article.author;
    same<typeof author, Person>(true);
    const editor = await article.editor;
    same<typeof editor, Person | null>(true);
    const desk = await person.desk;
    same<typeof desk, Article | null>(true);
    const badges = await person.badges;
    same<(typeof badges)[number]["label"], string>(true);
    const far = await (await article.replies)[0]?.author.then(({ articles }) => articles);
    same<typeof far, Article[] | undefined>(true);
    for await (const reply of article.replies) same<typeof reply, Article>(true);
  });
  await db.session(async (session) => {
    const ada = new Person({ name: "Ada" });
    ada.articles.add({ title: "Tides", price: "1.00" });
    session.add(ada);
    await session.commit();
    const [found] = await ada.articles;
    assert.equal((await found?.author)?.handle, "@Ada");
  });
});

test("parts of a relation keep its type", () => {
  compiles(async () => {
    const some = person.articles.filter(Article.state.eq("draft")).orderBy(Article.id.desc()).limit(3);
    same<Awaited<typeof some>, Article[]>(true);
    const first = await some.first();
    same<typeof first, Article | undefined>(true);
    const count = await some.count();
    same<typeof count, number>(true);
    same<typeof some.loaded, readonly Article[] | undefined>(true);
    same<typeof article.editor.loaded, Person | null | undefined>(true);
    const links = await person.badges.links();
    same<(typeof links)[number]["proudly"], boolean>(true);
  });
});

test("what is related is an entity or values of the other model; its own column need not be named", () => {
  compiles(() => {
    const added = person.articles.add({ title: "Tides", price: "1.00" }, article);
    same<typeof added, Article[]>(true);
    person.badges.add({ label: "helper" }, { proudly: false });
    article.author.set(person);
    article.editor.set(null);
    // @ts-expect-error the title is missing
    person.articles.add({ price: "1.00" });
    // @ts-expect-error it leads to articles
    person.articles.add(person);
    // @ts-expect-error the table of the link has no such column
    person.badges.add({ label: "helper" }, { loudly: true });
    // @ts-expect-error an article has an author
    article.author.set(null);
    // @ts-expect-error relations are asked, not assigned
    person.articles = [];
    // @ts-expect-error one is not many
    article.author.filter(Person.id.eq(1));
  });
});

test("include takes the paths there are", async () => {
  const rows = await db.query(Person).include("articles.editor", "articles.replies.author", "badges").all();
  same<typeof rows, Person[]>(true);
  assert.equal(rows[0]?.articles.loaded?.[0]?.title, "Tides");
  compiles(() => [
    // @ts-expect-error there is no such relation
    db.query(Person).include("artciles"),
    // @ts-expect-error nor behind one that there is
    db.query(Person).include("articles.badges"),
    // @ts-expect-error nor further away
    db.query(Person).include("articles.replies.title"),
    // @ts-expect-error a column is no relation
    db.query(Person).include("name"),
    // @ts-expect-error each path is looked at
    db.query(Person).include("badges", "articles", "labels"),
  ]);
});

test("a relation of a model asks about related rows", () => {
  compiles(() => {
    const rows = db
      .query(Person)
      .filter(Person.articles.some(Article.state.eq("draft")), Person.badges.none())
      .select({ name: Person.name, articles: Person.articles.count() })
      .all();
    same<Awaited<typeof rows>, { name: string; articles: number }[]>(true);
    // @ts-expect-error a text is no condition
    Person.articles.some(Article.title);
    // @ts-expect-error there is no such relation
    Person.drafts;
  });
});

test("a relation is declared with columns that there are", () => {
  compiles(async () => {
    const { belongsTo, hasMany, manyToMany } = await import("limpid/orm");
    // @ts-expect-error articles have no such column
    hasMany(Article, "writerId");
    // @ts-expect-error the link has no such column
    manyToMany(Badge, Wearing, "personId", "labelId");
    belongsTo(Person, "anyColumnOfTheModelAround");
  });
});

test("a session finds by key and takes entities", () => {
  compiles(async () => {
    const found = await session.get(Person, 7);
    same<typeof found, Person | undefined>(true);
    const one = await session.get(Wearing, { personId: 1, badgeId: 2 });
    same<NonNullable<typeof one>["proudly"], boolean>(true);
    const merged = await session.merge(person);
    same<typeof merged, Person>(true);
    // @ts-expect-error the link has no such column
    session.get(Wearing, { person: 1 });
    // @ts-expect-error a condition is no key
    session.get(Person, Person.id.eq(1));
    // @ts-expect-error a text is no entity
    session.add("Ada");
  });
  same<Insert<typeof Badge>, { label: string; id?: number | undefined }>(true);
});
