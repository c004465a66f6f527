/** What the attacks are on: people with secrets, what they sell, and who likes it. */
import {
  type AnyModel,
  belongsTo,
  boolean,
  hasMany,
  integer,
  json,
  manyToMany,
  model,
  sql,
  text,
  timestamp,
  varchar,
} from "limpid/orm";

export const Account = model(
  "accounts",
  {
    id: integer().primaryKey(),
    name: varchar(80).unique(),
    password: varchar(80).default("none"),
    role: varchar(20).default("reader").guarded(),
    active: boolean().default(true),
    age: integer().nullable(),
    preferences: json().nullable(),
    since: timestamp().nullable(),
    initial: varchar(80).generated(sql`lower(name)`),
  },
  {
    get offers() {
      return hasMany(Offer, "accountId");
    },
    get liked() {
      return manyToMany(Offer, Like, "accountId", "offerId");
    },
  },
);

export const Offer = model(
  "offers",
  {
    id: integer().primaryKey(),
    accountId: integer().references(() => Account.id),
    title: varchar(80),
    body: text().default(""),
  },
  {
    get account() {
      return belongsTo(Account, "accountId");
    },
  },
);

export const Like = model("likes", {
  accountId: integer()
    .primaryKey()
    .references(() => Account.id),
  offerId: integer()
    .primaryKey()
    .references(() => Offer.id),
  stars: integer().default(1),
});

export const shop: readonly AnyModel[] = [Account, Offer, Like];
