/**
 * CVE-2026-39356, CVE-2026-34220, CVE-2026-30951, CVE-2019-10748. Names, aliases and the steps of JSON paths may be
 * anything: the statement that runs is the one with a harmless name in their place, or it is refused.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { alias, cte, type Database, type DialectName, type Expression, type Order, sql } from "limpid/orm";
import { countRows, onDatabases, type TestDatabase } from "../databases.ts";
import { refusedUnheard } from "./refusal.ts";
import { Account, shop } from "./shop.ts";

const benign = "harmless";

/** Pieces by which names have ended early elsewhere. */
const piece = fc.constantFrom(
  '"',
  '""',
  "`",
  "]",
  "[",
  "\\",
  "'",
  ".",
  "*",
  ";",
  "--",
  "/*",
  "*/",
  ")",
  "(",
  ",",
  " from accounts",
  "\n",
  "\t",
  "$1",
  "?",
  ":a",
  "$.",
  "::text",
  "😀",
  "ſ",
  "select",
  "drop table accounts",
);
const hostileName = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(""));

/** Names that are none anywhere. */
const impossible: readonly string[] = [
  "",
  "\0",
  "a\0b",
  "\ud800",
  "x".repeat(65_536),
  '"'.repeat(300),
  "é".repeat(256),
];

/** Queries with a name in them, which give one row with one value, "Ada". */
const named: Readonly<
  Record<string, (db: Database, name: string) => { sql(): { sql: string }; all(): Promise<unknown[]> }>
> = {
  "an alias of select": (db, name) => db.query(Account).select({ [name]: Account.name }),
  "a selected query": (db, name) =>
    db.query(Account).select({
      [name]: db
        .query(Account)
        .select({ [name]: Account.name })
        .limit(1),
    }),
  "an order by an alias": (db, name) => {
    const people = db.query(Account).select({ [name]: Account.name });
    return people.union(people).orderBy(Account.name);
  },
  "a derived table": (db, name) => db.from(db.query(Account).select({ name: Account.name }).as(name)),
  "a column of a derived table": (db, name) =>
    db.from(
      db
        .query(Account)
        .select({ [name]: Account.name })
        .as("people"),
    ),
  "a common table expression": (db, name) =>
    db.from(cte(name, db.query(Account).select({ [name]: Account.name }))),
  "an alias of a model": (db, name) => {
    const Other = alias(Account, name);
    return db.query(Other).orderBy(Other.name).select({ name: Other.name });
  },
};

const quotes: Readonly<Record<DialectName, (name: string) => string>> = {
  sqlite: (name) => `"${name.replaceAll('"', '""')}"`,
  postgresql: (name) => `"${name.replaceAll('"', '""')}"`,
  mysql: (name) => `\`${name.replaceAll("`", "``")}\``,
};

onDatabases(shop, (given) => {
  const filled = async (): Promise<TestDatabase> => {
    await given().db.insert(Account).values({ name: "Ada", password: "hunter2" });
    return given();
  };

  for (const [place, query] of Object.entries(named))
    test(`CVE-2026-39356, CVE-2026-30951: the name of ${place} is a name`, async () => {
      const { db, dialect } = await filled();
      const quote = quotes[dialect];
      const expected = query(db, benign).sql().sql;
      assert.ok(expected.includes(quote(benign)), expected);
      await fc.assert(
        fc.asyncProperty(hostileName, async (name) => {
          let made: ReturnType<typeof query>;
          try {
            made = query(db, name);
            assert.equal(
              made.sql().sql,
              expected.replaceAll(quote(benign), () => quote(name)),
            );
          } catch (error) {
            assert.equal((error as { code?: string }).code, "LMP_ORM_IDENTIFIER_INVALID");
            return;
          }
          const rows = await made.all().catch((error: unknown) => unnameable(dialect, name, error));
          if (rows === undefined) return;
          assert.equal(rows.length, 1);
          assert.deepEqual(Object.values(rows[0] as object), ["Ada"]);
        }),
        { numRuns: 60 },
      );
      assert.equal(await countRows(db, "accounts"), 1);
    });

  test("CVE-2026-34220: what is no name is refused before anything is sent", async () => {
    const { db } = await filled();
    for (const name of impossible) {
      const shown = JSON.stringify(name.slice(0, 20));
      for (const [place, query] of Object.entries(named))
        await refusedUnheard(given(), () => query(db, name).all(), `${place}: ${shown}`);
      await refusedUnheard(given(), () => db.rows(sql`select ${sql.id(name)} from accounts`), shown);
      await refusedUnheard(given(), () => db.rows(sql`select ${sql.id("accounts", name)}`), shown);
    }
    await refusedUnheard(given(), () => db.query(Account).select({ ["__proto__"]: Account.id }), "__proto__");
  });

  test("CVE-2026-34220: sql.id is a name, whatever it is", async () => {
    const { db, dialect } = await filled();
    const quote = quotes[dialect];
    await fc.assert(
      fc.asyncProperty(hostileName, async (name) => {
        const statement = sql`select name as ${sql.id(name)} from accounts order by ${sql.id(name)}`;
        const { sent } = given();
        sent.length = 0;
        const rows = await db.rows(statement).catch((error: unknown) => unnameable(dialect, name, error));
        if (rows === undefined) return;
        assert.deepEqual(sent, [`select name as ${quote(name)} from accounts order by ${quote(name)}`]);
        assert.deepEqual(
          rows.map(([value]) => value),
          ["Ada"],
        );
      }),
      { numRuns: 60 },
    );
    assert.equal(await countRows(db, "accounts"), 1);
  });

  test("CVE-2019-10748: a step of a JSON path is a key of its own, and stands in no statement", async () => {
    const { db, dialect, sent } = given();
    await fc.assert(
      fc.asyncProperty(hostileName, fc.string({ unit: "grapheme" }), async (step, inner) => {
        await db.delete(Account);
        const key = `${step}${inner.replaceAll("\0", "")}`;
        await db.insert(Account).values({
          name: "Ada",
          preferences: { [key]: { [inner === key ? `${inner}2` : "in"]: "found" }, other: "secret" },
        });
        sent.length = 0;
        const path = inner === key ? `${inner}2` : "in";
        const row = db.query(Account).select({ found: Account.preferences.at(key, path) });
        if (dialect === "mysql" && key.startsWith("-")) {
          await assert.rejects(row.one(), { code: "LMP_ORM_VALUE_INVALID" });
          return;
        }
        assert.equal((await row.one()).found, "found", JSON.stringify(key));
        assert.ok(!sent.some((text) => text.includes("secret") || (key.length > 6 && text.includes(key))));
      }),
      { numRuns: 60 },
    );
  });

  test("CVE-2019-10748: what is neither a key nor a position is refused", async () => {
    const { db } = await filled();
    const wrong: readonly unknown[] = [
      {},
      { $ne: 1 },
      ["a"],
      null,
      undefined,
      true,
      0.5,
      Number.NaN,
      "\ud800",
      "a\0",
    ];
    for (const step of wrong)
      await refusedUnheard(
        given(),
        () =>
          db
            .query(Account)
            .filter(Account.preferences.at("a", step as never).eq("x"))
            .all(),
        JSON.stringify(step) ?? "undefined",
      );
  });

  test("class: SQL injection: an order that comes from a query string is one of those that are permitted", async () => {
    const { db } = await filled();
    const orders = new Map<string, Expression<string> | Order>([
      ["name", Account.name],
      ["newest", Account.id.desc()],
    ]);
    for (const sent of ["name", "newest", "password", "name desc; drop table accounts", "__proto__", "1"]) {
      const order = orders.get(new URLSearchParams({ sort: sent }).get("sort") ?? "");
      if (order === undefined) {
        await refusedUnheard(given(), () => db.query(Account).orderBy(sent as never), sent);
        const column = (Account as unknown as Record<string, never>)[sent] as never;
        if (sent !== "password")
          await refusedUnheard(given(), () => db.query(Account).orderBy(column).all(), `Account["${sent}"]`);
      } else assert.equal((await db.query(Account).orderBy(order).all()).length, 1);
    }
  });
});

/** MariaDB and MySQL have no characters beyond U+FFFF in names, and no white space at their ends. */
function unnameable(dialect: DialectName, name: string, error: unknown): undefined {
  const { code } = error as { code?: string };
  assert.equal(dialect, "mysql", String(error));
  if (code === "LMP_ORM_IDENTIFIER_INVALID") assert.match(name, /[\u{10000}-\u{10ffff}]/u);
  else assert.notEqual(name, name.trim(), String(error));
}
