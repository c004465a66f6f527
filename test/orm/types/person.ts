/** A model that refers to another file, which refers back. */
import { type Entity, hasMany, hasOne, integer, manyToMany, model, timestamp, varchar } from "limpid/orm";
import { Article } from "./article.ts";
import { Badge, Wearing } from "./badge.ts";

export const Person = model(
  "people",
  {
    id: integer().primaryKey(),
    name: varchar(50),
    email: varchar(100).nullable(),
    role: varchar(20).default("reader").guarded(),
    createdAt: timestamp().default(() => new Date()),
  },
  {
    get articles() {
      return hasMany(Article, "authorId");
    },
    get desk() {
      return hasOne(Article, "editorId");
    },
    get badges() {
      return manyToMany(Badge, Wearing, "personId", "badgeId");
    },
  },
  {
    get handle(): string {
      return `@${this.name}`;
    },
  },
);
export type Person = Entity<typeof Person>;
