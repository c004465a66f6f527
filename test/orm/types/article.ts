/** A model that refers to another file, which refers back, and to itself. */
import {
  belongsTo,
  type Entity,
  enumeration,
  hasMany,
  integer,
  json,
  model,
  numeric,
  sql,
  varchar,
} from "limpid/orm";
import { Person } from "./person.ts";

export const Article = model(
  "articles",
  {
    id: integer().primaryKey(),
    authorId: integer().references(() => Person.id),
    editorId: integer()
      .nullable()
      .references(() => Person.id),
    replyToId: integer().nullable(),
    title: varchar(80),
    state: enumeration(["draft", "published"]).default("draft"),
    price: numeric(10, 2),
    meta: json<{ tags: string[] }>().nullable(),
    slug: varchar(80).generated(sql`lower(title)`),
  },
  {
    get author() {
      return belongsTo(Person, "authorId");
    },
    get editor() {
      return belongsTo(Person, "editorId");
    },
    get replies() {
      return hasMany(Article, "replyToId");
    },
  },
);
export type Article = Entity<typeof Article>;
