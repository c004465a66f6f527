/** What a model's rows are at compile time; this file is checked by `tsc`, and runs to show that it holds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  array,
  bigint,
  boolean,
  bytes,
  customType,
  date,
  type Entity,
  enumeration,
  type Insert,
  integer,
  json,
  model,
  numeric,
  type Patch,
  real,
  text,
  time,
  timestamp,
  uuid,
  varchar,
  version,
  withMethods,
} from "limpid/orm";
import { Article } from "./article.ts";
import type { Wearing } from "./badge.ts";
import { Person } from "./person.ts";
import { compiles, type IsAny, same } from "./same.ts";

type Columns<E, Name extends keyof E> = Pick<E, Name>;

test("an entity has the values of its columns, and the database's own cannot be set", () => {
  same<
    Columns<Article, "id" | "authorId" | "editorId" | "replyToId" | "title" | "state" | "price" | "meta">,
    {
      id: number;
      authorId: number;
      editorId: number | null;
      replyToId: number | null;
      title: string;
      state: "draft" | "published";
      price: string;
      meta: { tags: string[] } | null;
    }
  >(true);
  same<Columns<Article, "slug">, { readonly slug: string }>(true);
  same<Columns<Person, "handle">, { readonly handle: string }>(true);
  same<
    keyof Person,
    "id" | "name" | "email" | "role" | "createdAt" | "articles" | "desk" | "badges" | "handle"
  >(true);
  const ada = new Person({ name: "Ada" });
  same<typeof ada, Person>(true);
  same<Entity<typeof Person>, Person>(true);
  assert.equal(ada.handle, "@Ada");
  ada.role = "admin";
  const article = new Article({ authorId: 1, title: "Tides", price: "1.00" });
  // @ts-expect-error it is computed by the database
  article.slug = "tides";
  // @ts-expect-error there is no such column
  assert.equal(article.titel, undefined);
  // @ts-expect-error the column cannot be null
  article.title = null;
  // @ts-expect-error it is none of the values
  article.state = "gone";
});

test("an insertion names what must be given, and nothing that may not", () => {
  same<
    Insert<typeof Article>,
    {
      authorId: number;
      title: string;
      price: string;
      id?: number | undefined;
      editorId?: number | null | undefined;
      replyToId?: number | null | undefined;
      state?: "draft" | "published" | undefined;
      meta?: { tags: string[] } | null | undefined;
    }
  >(true);
  same<
    Insert<typeof Person>,
    { name: string; id?: number | undefined; email?: string | null | undefined; createdAt?: Date | undefined }
  >(true);
  // Of a key of several columns the types cannot tell that the database counts none of them.
  same<
    Insert<typeof Wearing>,
    { personId?: number | undefined; badgeId?: number | undefined; proudly?: boolean | undefined }
  >(true);
  // @ts-expect-error the name is missing
  assert.equal(new Person({}).name, undefined);
  // @ts-expect-error the role is guarded
  assert.throws(() => new Person({ name: "Ada", role: "admin" }));
  // @ts-expect-error there is no such column
  assert.throws(() => new Person({ name: "Ada", nmae: "Ada" }));
  // @ts-expect-error it is computed by the database
  assert.throws(() => new Article({ authorId: 1, title: "Tides", price: "1.00", slug: "tides" }));
});

test("a change names any column that may be set", () => {
  same<
    Patch<typeof Article>,
    {
      id?: number | undefined;
      authorId?: number | undefined;
      editorId?: number | null | undefined;
      replyToId?: number | null | undefined;
      title?: string | undefined;
      state?: "draft" | "published" | undefined;
      price?: string | undefined;
      meta?: { tags: string[] } | null | undefined;
    }
  >(true);
  same<keyof Patch<typeof Person>, "id" | "name" | "email" | "createdAt">(true);
});

test("each kind of column has its type", () => {
  const point = customType<{ x: number }>({
    name: "point",
    sql: { sqlite: "TEXT" },
    encode: ({ x }) => String(x),
    decode: (value) => ({ x: Number(value) }),
  });
  const Everything = model("everything", {
    id: bigint().primaryKey(),
    amount: numeric(10, 2),
    rough: numeric(10, 2).asNumber(),
    ratio: real(),
    body: text(),
    on: boolean(),
    at: timestamp(),
    day: date(),
    hour: time(),
    any: json(),
    key: uuid(),
    data: bytes(),
    kind: enumeration(["a", "b"]).nullable(),
    list: array(integer()),
    place: point(),
    counted: version(),
  });
  same<
    Insert<typeof Everything>,
    {
      id?: bigint | undefined;
      amount: string;
      rough: number;
      ratio: number;
      body: string;
      on: boolean;
      at: Date;
      day: string;
      hour: string;
      any: unknown;
      key: string;
      data: Uint8Array;
      kind?: "a" | "b" | null | undefined;
      list: number[];
      place: { x: number };
      counted?: number | undefined;
    }
  >(true);
  same<Entity<typeof Everything>["id"], bigint>(true);
  same<Entity<typeof Everything>["kind"], "a" | "b" | null>(true);
  compiles(() => [
    // @ts-expect-error a default is of the column's type
    varchar(10).default(1),
    // @ts-expect-error an enumeration has values
    enumeration([]),
    // @ts-expect-error a decimal is a text
    numeric(10, 2).default(1),
  ]);
});

test("methods see the entity, wherever they are put on", () => {
  const Loud = withMethods(model("loud", { id: integer().primaryKey(), name: varchar(20) }), {
    shout(times: number): string {
      same<typeof this.name, string>(true);
      return this.name.toUpperCase().repeat(times);
    },
  });
  same<Parameters<Entity<typeof Loud>["shout"]>, [times: number]>(true);
  assert.equal(new Loud({ name: "a" }).shout(2), "AA");
  compiles(() =>
    model(
      "wrong",
      { id: integer().primaryKey() },
      {},
      {
        get label(): string {
          // @ts-expect-error there is no such column
          return this.name;
        },
      },
    ),
  );
});

test("nothing in public is `any`", () => {
  same<IsAny<Person["articles"]>, false>(true);
  same<IsAny<Insert<typeof Person>>, false>(true);
  same<IsAny<(typeof Person)["name"]>, false>(true);
  same<IsAny<Awaited<Article["author"]>>, false>(true);
  same<IsAny<Entity<typeof Wearing>["proudly"]>, false>(true);
});
