/** A database that was there before Limpid, written as its own people would have written it. */
import { integer, model, varchar } from "limpid/orm";
import type { Schema } from "../../../src/orm/index.ts";
import { declaredSchemas, tablesOfModule } from "../../../src/orm/migrations/schemas-of.ts";
import type { DialectName } from "../../../src/orm/model/column-type.ts";
import { dialects, type OpenDatabase } from "./databases.ts";

/** What is in it: one table that has a model, one that has none, a view, and a trigger. */
const statements: Readonly<Record<DialectName, readonly string[]>> = {
  sqlite: [
    "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE CHECK (length(name) <= 50))",
    "CREATE TABLE legacy (code text)",
    "CREATE VIEW names AS SELECT name FROM users",
    "CREATE TRIGGER users_added AFTER INSERT ON users BEGIN INSERT INTO legacy VALUES (NEW.name); END",
  ],
  postgresql: [
    "CREATE TABLE users (id serial PRIMARY KEY, name character varying(50) NOT NULL UNIQUE)",
    "CREATE TABLE legacy (code text)",
    "CREATE VIEW names AS SELECT name FROM users",
    "CREATE FUNCTION added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO legacy VALUES (NEW.name); RETURN NULL; END $$",
    "CREATE TRIGGER users_added AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION added()",
  ],
  mysql: [
    `CREATE TABLE users (id int AUTO_INCREMENT PRIMARY KEY,
      name varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, CONSTRAINT users_name_key UNIQUE (name))`,
    "CREATE TABLE legacy (code varchar(50))",
    "CREATE VIEW names AS SELECT name FROM users",
    "CREATE TRIGGER users_added AFTER INSERT ON users FOR EACH ROW INSERT INTO legacy VALUES (NEW.name)",
  ],
};

export const User = model("users", { id: integer().primaryKey(), name: varchar(50).unique() });
export const Post = model("posts", { id: integer().primaryKey(), year: integer() });

/** Makes it, with a row. */
export async function makeOldDatabase({ run, source }: OpenDatabase): Promise<void> {
  for (const sql of statements[source.dialect.name]) await run(sql);
  await run("INSERT INTO users (name) VALUES ('ada')");
}

/** What models declare, for all databases. */
export function declared(...models: unknown[]): Schema[] {
  return declaredSchemas(tablesOfModule({ ...models }), dialects);
}
