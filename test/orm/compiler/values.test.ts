/** What comes from outside is bound, or refused, and never changes a statement: keys, patterns, lists, names. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import { LimpidError } from "limpid/errors";
import { jsonPath as mysqlJsonPath } from "../../../src/orm/dialects/mysql/json-path.ts";
import { globPattern } from "../../../src/orm/dialects/sqlite/glob-pattern.ts";
import { jsonPath } from "../../../src/orm/dialects/sqlite/json-path.ts";
import type { ExpressionNode, LikeNode, StatementNode } from "../../../src/orm/query/nodes.ts";
import { unreachable } from "../../databases/servers.ts";
import { openMysql, openPostgresql, openSqlite } from "./databases.ts";
import { dialects } from "./dialects.ts";
import { as, compare, from, integer, list, raw, select, text, user, users, value, within } from "./tables.ts";

const names = ["sqlite", "postgresql", "mysql"] as const;
const sqlite = openSqlite();
after(() => sqlite.close());

/** Text of the characters that have a meaning somewhere. */
const hostile = fc.oneof(
  fc.string({
    unit: fc.constantFrom(
      '"',
      "`",
      "]",
      "[",
      "\\",
      "'",
      "$",
      ".",
      "%",
      "_",
      "*",
      "?",
      ";",
      "-",
      "\0",
      "a",
      "É",
      "😀",
      "\n",
    ),
  }),
  fc.string({ unit: "binary", maxLength: 20 }),
);

function where(condition: ExpressionNode): StatementNode {
  return select({ where: condition });
}

test("values never change the SQL", () => {
  const statement = (one: string, other: string): StatementNode => {
    const pattern: LikeNode = {
      kind: "like",
      operand: user("name"),
      pattern: value(one, text),
      insensitive: false,
      negated: false,
    };
    const found: ExpressionNode = {
      kind: "json-path",
      operand: user("data"),
      path: value([one, other]),
      type: undefined,
    };
    return where({
      kind: "logical",
      operator: "and",
      operands: [
        compare(found, "=", value(other, text)),
        pattern,
        within(user("name"), list([one, other], text)),
        raw(["", " = 1"], value(one)),
      ],
    });
  };
  fc.assert(
    fc.property(hostile, hostile, (one, other) => {
      for (const name of names) {
        const { compile } = dialects[name];
        assert.equal(compile(statement(one, other)).sql, compile(statement("a", "b")).sql);
      }
    }),
  );
});

test("a name is quoted whole, or refused", () => {
  fc.assert(
    fc.property(hostile, (name) => {
      for (const dialect of names) {
        const { compile } = dialects[dialect];
        const quote = dialect === "mysql" ? "`" : '"';
        const statement = select({ columns: [as(user("id"), name)] });
        try {
          const { sql } = compile(statement);
          const alias = sql.slice(sql.indexOf(" as ") + 4, sql.lastIndexOf(" from "));
          assert.equal(alias, quote + name.replaceAll(quote, quote + quote) + quote);
        } catch (error) {
          assert.ok(error instanceof LimpidError && error.code === "LMP_ORM_IDENTIFIER_INVALID");
        }
      }
    }),
  );
});

test("SQLite gives a column the name it was told", () => {
  fc.assert(
    fc.property(hostile, (name) => {
      const statement = select({ columns: [as(value(1, integer), name)], from: undefined });
      let sql: string;
      try {
        ({ sql } = dialects.sqlite.compile(statement));
      } catch {
        return;
      }
      assert.deepEqual(Object.keys(sqlite.database.prepare(sql).get(1) ?? {}), [name]);
    }),
  );
});

test("names that are too long, empty or have a NUL are refused", () => {
  const limits = { sqlite: 255, postgresql: 63, mysql: 64 } as const;
  for (const dialect of names) {
    const { compile } = dialects[dialect];
    const named = (name: string): StatementNode => select({ columns: [as(user("id"), name)] });
    compile(named("x".repeat(limits[dialect])));
    for (const name of ["", "a\0b", "\ud800", "x".repeat(limits[dialect] + 1), "x".repeat(65_536)]) {
      assert.throws(() => compile(named(name)), { code: "LMP_ORM_IDENTIFIER_INVALID" });
    }
  }
  assert.throws(() => dialects.postgresql.compile(select({ from: from(users, "é".repeat(32)) })), {
    code: "LMP_ORM_IDENTIFIER_INVALID",
  });
});

test("a path finds the key it names, whatever the key is", async () => {
  const property = fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 3 }), async (keys) => {
    if (!keys.every((key) => key.isWellFormed())) {
      assert.throws(() => jsonPath(keys), { code: "LMP_ORM_VALUE_INVALID" });
      return;
    }
    const document = JSON.stringify(
      keys.reduceRight<unknown>((inner, key) => ({ decoy: 1, [key]: inner }), "found"),
    );
    const row = sqlite.database.prepare("select ? ->> ? as found").get(document, jsonPath(keys));
    assert.equal(row?.found, "found");
  });
  await fc.assert(property);
});

for (const [dialect, open] of [
  ["postgresql", openPostgresql],
  ["mysql", openMysql],
] as const) {
  test(`hostile keys, patterns and lists on ${dialect}`, async (context) => {
    const absence = await unreachable(dialect);
    if (absence !== false) return context.skip(absence);
    const database = await open();
    const sample = fc.array(
      hostile.map((one) => one.toWellFormed().replaceAll("\0", "")),
      { minLength: 1, maxLength: 3 },
    );
    try {
      const property = fc.asyncProperty(sample, async (keys) => {
        fc.pre(dialect !== "mysql" || !keys.some((key) => key.startsWith("-")));
        const document = keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), "found");
        const operand = value(document, { kind: "json" });
        const columns = [
          as({ kind: "json-path", operand, path: value(keys), type: undefined }),
          as(within(value(keys[0], text), list([...keys, "x"], text))),
          as({
            kind: "like",
            operand: value(keys[0], text),
            pattern: value((keys[0] ?? "").replace(/[\\%_]/g, "\\$&"), text),
            insensitive: false,
            negated: false,
          }),
        ] as const;
        assert.deepEqual(await database.run(select({ columns, from: undefined })), [["found", "1", "1"]]);
      });
      await fc.assert(property, { numRuns: 60 });
    } finally {
      await database.close();
    }
  });
}

test("a pattern for GLOB matches what the pattern of LIKE matches", () => {
  const characters = fc.string({
    unit: fc.constantFrom("%", "_", "\\", "*", "?", "[", "]", "a", "A", "^", "-", "😀"),
    maxLength: 8,
  });
  const match = sqlite.database.prepare("select ? glob ? as matches");
  fc.assert(
    fc.property(characters, characters, (pattern, subject) => {
      assert.equal(match.get(subject, globPattern(pattern))?.matches, matchesLike(pattern, subject) ? 1 : 0);
    }),
    { numRuns: 2000 },
  );
});

test("what is escaped in a pattern matches itself", () => {
  const match = sqlite.database.prepare("select ? glob ? as matches");
  fc.assert(
    fc.property(hostile, (any) => {
      const subject = any.toWellFormed().replaceAll("\0", "");
      assert.equal(match.get(subject, globPattern(subject.replace(/[\\%_]/g, "\\$&")))?.matches, 1);
    }),
  );
});

/** LIKE by its definition, by code points. */
function matchesLike(pattern: string, subject: string): boolean {
  let source = "";
  for (const [token] of pattern.matchAll(/\\?./gsu)) {
    if (token === "%") source += ".*";
    else if (token === "_") source += ".";
    else source += RegExp.escape(token.length > 1 && token.startsWith("\\") ? token.slice(1) : token);
  }
  return new RegExp(`^${source}$`, "su").test(subject);
}

test("MySQL refuses the steps of a path that MariaDB gets wrong", () => {
  for (const step of ["-", -1, 0.5, "\ud800"]) {
    assert.throws(() => mysqlJsonPath([step]), { code: "LMP_ORM_VALUE_INVALID" });
  }
});

test("a list of any values is found as JSON", async () => {
  const statement = (values: readonly unknown[], type: "text" | "real" | "bigint"): StatementNode =>
    select({
      columns: [as(within(value(values[0], { kind: type }), list(values, { kind: type })))],
      from: undefined,
    });
  const texts = fc.array(
    hostile.map((one) => one.replaceAll("\0", "").toWellFormed()),
    { minLength: 2 },
  );
  const reals = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 2 });
  const integers = fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { minLength: 2 });
  const holds = (type: "text" | "real" | "bigint") => async (values: readonly unknown[]) => {
    assert.deepEqual(await sqlite.run(statement(values, type)), [["1"]]);
  };
  await fc.assert(fc.asyncProperty(texts, holds("text")));
  await fc.assert(fc.asyncProperty(reals, holds("real")));
  await fc.assert(fc.asyncProperty(integers, holds("bigint")));
});

test("a large number in a list is the number it is, not its shortest digits", async () => {
  const values = [130064140202719780, 0];
  const type = { kind: "real" } as const;
  const statement = select({
    columns: [as(within(value(values[0], type), list(values, type)))],
    from: undefined,
  });
  assert.deepEqual(await sqlite.run(statement), [["1"]]);
});

test("too many values are refused before the database sees them", () => {
  const rows = Array.from({ length: 33_000 }, (_, index) => [index, index]);
  const statement = where(within({ kind: "tuple", items: [user("id"), user("age")] }, list(rows)));
  for (const dialect of names) {
    assert.throws(() => dialects[dialect].compile(statement), { code: "LMP_ORM_QUERY_INVALID" });
  }
});
