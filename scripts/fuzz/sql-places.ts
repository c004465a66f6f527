/** Every place of the database layer that a text or a value from outside can reach; each takes it or refuses it with an error of its own. */
import {
  alias,
  array,
  bigint,
  boolean,
  bytes,
  cast,
  choose,
  coalesce,
  concat,
  createTables,
  cte,
  type Database,
  date,
  dialectOfUrl,
  enumeration,
  integer,
  json,
  length,
  maskedUrl,
  model,
  numeric,
  parseRename,
  real,
  type SqlText,
  sql,
  text,
  time,
  timestamp,
  uuid,
  varchar,
} from "limpid/orm";
import { parseServerAddress } from "../../src/orm/driver/network/server-address.ts";
import { parseMigration } from "../../src/orm/migrations/parse-migration.ts";
import { splitScript } from "../../src/orm/migrations/split-script.ts";
import { sqlTokens } from "../../src/orm/schema/sql-token.ts";

export const Target = model("target", {
  id: integer().primaryKey(),
  whole: integer().nullable(),
  large: bigint().nullable(),
  part: real().nullable(),
  price: numeric(10, 2).nullable(),
  count: numeric(10, 2).asNumber().nullable(),
  name: varchar(50).nullable(),
  note: text().nullable(),
  yes: boolean().nullable(),
  at: timestamp().nullable(),
  day: date().nullable(),
  clock: time().nullable(),
  data: json().nullable(),
  code: uuid().nullable(),
  raw: bytes().nullable(),
  mood: enumeration(["calm", "wild"]).nullable(),
});

/** A row that nothing may touch. */
export const Canary = model("canary", { id: integer().primaryKey(), name: text() });

const Arrays = model("arrays", { id: integer().primaryKey(), words: array(text()) });

const columns = ["id", "whole", "large", "part", "price", "count", "name", "note", "yes"] as const;
const others = ["at", "day", "clock", "data", "code", "raw", "mood"] as const;
const dialects = ["sqlite", "postgresql", "mysql"] as const;

type Column = typeof Target.note;

/** Statements that a value becomes part of; whatever the value is, they have one text. */
export function statementsWith(db: Database, value: unknown): Record<string, () => SqlText> {
  const query = db.query(Target);
  const given = value as never;
  const places: Record<string, () => SqlText> = {
    limit: () => query.limit(given).sql(),
    offset: () => query.offset(given).sql(),
    like: () => query.filter(Target.note.like(given)).sql(),
    contains: () => query.filter(Target.note.contains(given)).sql(),
    ilike: () => query.filter(Target.note.ilike(given)).sql(),
    coalesce: () => query.select({ x: coalesce(Target.note, given) }).sql(),
    choose: () => query.select({ x: choose([{ when: Target.yes, result: Target.note }], given) }).sql(),
    concat: () => query.select({ x: concat(Target.note, given), y: length(given) }).sql(),
    raw: () => query.filter(sql<boolean>`${Target.note} = ${given}`).sql(),
    path: () => query.select({ x: Target.data.at(...(Array.isArray(value) ? given : [given])) }).sql(),
    update: () => db.update(Target).set({ note: given, data: given }).sql(),
    insert: () => db.insert(Target).values({ note: given, data: given }).sql(),
    words: () => db.insert(Arrays).values({ words: given }).sql(),
  };
  for (const name of [...columns, ...others]) {
    const column = Target[name] as unknown as Column;
    places[`eq ${name}`] = () => query.filter(column.eq(given)).sql();
    places[`in ${name}`] = () => query.filter(column.in([given])).sql();
    places[`set ${name}`] = () =>
      db
        .update(Target)
        .set({ [name]: given })
        .sql();
  }
  return places;
}

/** What takes no value, but expressions, queries, models or names that the program has written. */
export function forgeries(db: Database, value: unknown): Record<string, () => unknown> {
  const given = value as never;
  const query = db.query(Target);
  return {
    filter: () => query.filter(given),
    orderBy: () => query.orderBy(given),
    groupBy: () => query.groupBy(given),
    having: () => query.having(given),
    select: () => query.select(given),
    selected: () => query.select({ x: given }),
    join: () => query.join(given, Target.yes),
    union: () => query.select({ x: Target.id }).union(given),
    in: () => query.filter(Target.id.in(given)),
    eq: () => query.filter(Target.id.eq(given)).sql(),
    from: () => db.from(given),
    query: () => db.query(given),
    include: () => query.include(given),
    wait: () => query.forUpdate({ wait: given }),
    cast: () => query.select({ x: cast(Target.id, given) }).sql(),
    tag: () => sql(given),
    id: () => query.select({ x: sql`${sql.id(given)}` }).sql(),
    alias: () => db.query(alias(Target, given)).sql(),
    as: () => db.from(query.as(given)).sql(),
    cte: () => db.from(cte(given, query)).sql(),
    values: () => db.insert(Target).values(given).sql(),
    set: () => db.update(Target).set(given).sql(),
    entity: () => new Target(given),
    conflict: () => db.insert(Target).values({ id: 1 }).onConflictUpdate([given]).sql(),
    returning: () => db.delete(Target).returning(given).sql(),
    page: () => query.page(given),
    url: () => dialectOfUrl(given),
  };
}

/** What reads texts; gives what is wrong with what was read. */
export const readers: Readonly<Record<string, (text: string) => string | undefined>> = {
  rename: (text) => {
    const { from, to } = parseRename(text);
    return `${from}:${to}` === text ? undefined : `read as ${from} and ${to}`;
  },
  url: (text) => {
    dialectOfUrl(text);
    return undefined;
  },
  mask: (text) => {
    const masked = maskedUrl(text);
    return isSecret(URL.parse(text)?.password, text) && masked.includes("pa55word")
      ? `shown as ${masked}`
      : undefined;
  },
  address: (text) => {
    const form = { schemes: ["postgres", "mysql"], port: 1, example: "postgres://host" };
    const { label, password } = parseServerAddress(text, form);
    return isSecret(password, text) && label.includes("pa55word") ? `shown as ${label}` : undefined;
  },
  migration: (text) => {
    const { sections } = parseMigration(text, { name: "fuzz", file: "fuzz.sql" });
    for (const section of Object.values(sections))
      for (const [dialect, { statements }] of section)
        for (const { sql } of statements)
          if (splitScript(sql, dialect).length !== 1) return `not one: ${sql}`;
    return undefined;
  },
  script: (text) => dialects.map((dialect) => readScript(text, dialect)).find((found) => found !== undefined),
  tokens: (text) => {
    for (const dialect of dialects)
      if ([...sqlTokens(text, dialect)].map((token) => token.text).join("") !== text)
        return "tokens are not the text";
    return undefined;
  },
};

/** Whether the word is the password, and stands nowhere else; a URL is read without tabs and line ends. */
function isSecret(password: string | undefined, text: string): boolean {
  return (
    password?.includes("pa55word") === true && text.replace(/[\t\n\r]/g, "").split("pa55word").length === 2
  );
}

/** Each statement of a script is one statement by itself. */
function readScript(text: string, dialect: (typeof dialects)[number]): string | undefined {
  let statements: ReturnType<typeof splitScript>;
  try {
    statements = splitScript(text, dialect);
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
  for (const { sql } of statements) {
    if (splitScript(`${sql};`, dialect).length !== 1) return `${dialect}: not one statement: ${sql}`;
  }
  return undefined;
}

/** Names and texts in tables: what is declared is what is there. Gives what is not. */
export async function declared(db: Database, name: string): Promise<string | undefined> {
  const Named = model(name, {
    id: integer().primaryKey(),
    [/^[A-Za-z_]\w*$/.test(name) && name !== "id" ? name : "column"]: text().nullable(),
    named: text().named(`${name} x`).nullable(),
    mood: enumeration([name, "other"]).default(name),
    note: text().default(`${name}'`),
  });
  await createTables(db, Named);
  try {
    await db.execute(sql`insert into ${sql.id(name)} (id) values (1)`);
    const [row] = await db.query(Named).all();
    if (row?.mood !== name || row.note !== `${name}'`) return `stored as ${JSON.stringify(row)}`;
    const [table] = await db.rows(
      sql`select count(*) from sqlite_schema where type = 'table' and name = ${name}`,
    );
    return Number(table?.[0]) === 1 ? undefined : "the table has another name";
  } finally {
    await db.execute(sql`drop table ${sql.id(name)}`);
  }
}
