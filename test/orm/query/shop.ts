/** A shop whose rows the tests of queries read. */
import {
  type AnyModel,
  belongsTo,
  boolean,
  type Database,
  hasMany,
  integer,
  json,
  model,
  numeric,
  timestamp,
  varchar,
} from "limpid/orm";

export const Customer = model(
  "customers",
  {
    id: integer().primaryKey(),
    name: varchar(50),
    city: varchar(50).nullable(),
    active: boolean().default(true),
    profile: json<{ langs: string[]; age?: number }>().nullable(),
  },
  {
    get orders() {
      return hasMany(Order, "customerId");
    },
  },
);

export const Order = model(
  "orders",
  {
    id: integer().primaryKey(),
    customerId: integer().references(() => Customer.id),
    total: numeric(10, 2),
    items: integer(),
    placedAt: timestamp(),
  },
  {
    get customer() {
      return belongsTo(Customer, "customerId");
    },
  },
);

export const Category = model("categories", {
  id: integer().primaryKey(),
  parentId: integer().nullable(),
  name: varchar(50).unique(),
  hits: integer().default(0),
});

export const shop: readonly AnyModel[] = [Customer, Order, Category];

export const day = (number: number): Date => new Date(Date.UTC(2026, 0, number, 12, 30, 15, 250));

/** Fills the tables, with the same keys everywhere. */
export async function filled(db: Database): Promise<Database> {
  await db.insert(Customer).values([
    { name: "Ada", city: "Oslo", profile: { langs: ["no", "en"], age: 36 } },
    { name: "Bob", city: "Rome", active: false },
    { name: "cid", city: null, profile: { langs: [] } },
    { name: "Dee_%", city: "Oslo" },
  ]);
  await db.insert(Order).values([
    { customerId: 1, total: "10.50", items: 1, placedAt: day(1) },
    { customerId: 1, total: "20.00", items: 3, placedAt: day(2) },
    { customerId: 2, total: "5.25", items: 2, placedAt: day(3) },
    { customerId: 4, total: "100.00", items: 10, placedAt: day(4) },
    { customerId: 1, total: "7.75", items: 1, placedAt: day(5) },
  ]);
  await db.insert(Category).values([
    { name: "all", parentId: null },
    { name: "books", parentId: 1 },
    { name: "comics", parentId: 2 },
    { name: "music", parentId: 1 },
  ]);
  return db;
}
