/** SQL is cut into tokens as its database cuts it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { DialectName } from "../../../src/orm/model/column-type.ts";
import { codeTokens } from "../../../src/orm/schema/code-token.ts";
import { quoted } from "../../../src/orm/schema/identifier.ts";
import { textLiteral } from "../../../src/orm/schema/literal.ts";
import { sqlTokens } from "../../../src/orm/schema/sql-token.ts";

const dialects: readonly DialectName[] = ["sqlite", "postgresql", "mysql"];

/** The SQL with a bar between its tokens, comments left out. */
const cuts: Readonly<Record<DialectName, readonly string[]>> = {
  sqlite: [
    "a¦->¦1¦->>¦b¦<<¦2¦<>¦3¦!=¦4¦==¦5",
    "x'00'¦X'0f'",
    "n¦'a'",
    "e¦'\\'¦a",
    '[a\'b]¦`c``d`¦"e""f"',
    "a¦#¦b",
    "a¦-¦1",
    "a\u00a0b¦+¦😀",
    "1.5¦+¦.5¦+¦1e+5¦-¦0xE¦-¦1_000",
    "$¦1",
  ],
  postgresql: [
    "a¦::¦text¦[¦1¦]¦||¦'x'",
    "E'it\\'s'¦+¦e'\\\\'¦+¦'\\'",
    "N'a'¦b'01'¦X'0f'",
    "U¦&¦'\\'",
    "$$ ' $$¦+¦$a$ $$ $a$",
    "a$1$¦+¦$¦1",
    "0xE¦'\\'",
    "1e¦'\\'",
    "`¦a¦`",
    "a¦#¦b",
    "1.5¦+¦.5¦+¦1e-5¦-¦0xE¦-¦1",
  ],
  mysql: [
    "a¦<=>¦b¦:=¦c",
    '"a`""b"¦\'\\\'',
    "`a``b`¦.¦`c`",
    "N'a'¦b'01'¦x'0f'¦_utf8mb4¦'a'",
    "e¦'\\'",
    "1¦-¦-¦1",
    "1¦-¦-¦\u00a0a",
    "/*! a */¦/*M!100000 /* b */ c */¦+¦1",
    "[¦a¦]",
    "1.5¦+¦.5¦+¦1e+5¦-¦0xE¦-¦1",
  ],
};

describe("codeTokens", () => {
  for (const dialect of dialects) {
    for (const cut of cuts[dialect]) {
      test(`${dialect}: ${cut}`, () => {
        const texts = cut.split("¦");
        const tight = codeTokens(texts.join(""), dialect).map((token) => token.text);
        assert.deepEqual(tight, texts);
      });
    }

    test(`${dialect}: texts and names that were quoted are read back`, () => {
      fc.assert(
        fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
          const [token, ...rest] = codeTokens(textLiteral(text), dialect);
          assert.deepEqual([token?.kind, token?.value, rest], ["string", text, []]);
          const [name, ...more] = codeTokens(quoted(text, dialect), dialect);
          assert.deepEqual([name?.kind, name?.value, more], ["quoted", text, []]);
        }),
      );
    });
  }

  test("comments are left out as far as each database reads them", () => {
    const texts = (sql: string, dialect: DialectName) => codeTokens(sql, dialect).map(({ text }) => text);
    assert.deepEqual(texts("1 -- '\n /* ' */ + 2 /* '", "sqlite"), ["1", "+", "2"]);
    assert.deepEqual(texts("1 -- '\r + /* /* ' */ ' */ 2", "postgresql"), ["1", "+", "2"]);
    assert.deepEqual(texts("1 # '\n + --\t'\n 2 --", "mysql"), ["1", "+", "2"]);
    assert.deepEqual(texts("1 -- '\r + 2", "mysql"), ["1"]);
    assert.deepEqual(texts("/* /* */ 2", "sqlite"), ["2"]);
  });

  test("a backslash takes the next character along only where catalogs write so", () => {
    const values = (sql: string, escapes: boolean) =>
      codeTokens(sql, "mysql", { escapes }).map(({ value }) => value);
    assert.deepEqual(values("'a\\'b\\n''\\\\'", true), ["a'b\n'\\"]);
    assert.deepEqual(values("'a\\'+'\\n'", false), ["a\\", "+", "\\n"]);
  });

  for (const sql of ["'a", '"a', "/* a", "E'\\'", "$a$ $$"]) {
    test(`an expression that does not end is refused: ${sql}`, () => {
      assert.throws(() => codeTokens(`1 + ${sql}`, "postgresql"), { code: "LMP_ORM_SCHEMA_UNREADABLE" });
    });
  }
});

describe("sqlTokens", () => {
  const signs = [
    "'",
    '"',
    "`",
    "$",
    "$$",
    "--",
    "/*",
    "*/",
    "/*!",
    ";",
    "\\",
    "[",
    "]",
    "\n",
    "#",
    "E'",
    "é",
    "0x",
  ];

  for (const dialect of dialects) {
    test(`${dialect}: the tokens of any text are the text, and only the last may lack its end`, () => {
      const part = fc.oneof(fc.constantFrom(...signs), fc.string({ unit: "binary" }));
      fc.assert(
        fc.property(fc.array(part), fc.boolean(), (parts, escapes) => {
          const text = parts.join("");
          const tokens = [...sqlTokens(text, dialect, { escapes })];
          assert.equal(tokens.map((token) => token.text).join(""), text);
          assert.ok(tokens.every((token) => text.startsWith(token.text, token.start)));
          assert.ok(tokens.slice(0, -1).every((token) => token.missing === undefined));
        }),
      );
    });

    test(`${dialect}: a long text takes no longer than its length`, () => {
      const began = performance.now();
      for (const unit of [
        "/*",
        "*/",
        "/**/",
        "1",
        "1.",
        "e+",
        "$a",
        "a$",
        "''",
        "-",
        "- ",
        "\\",
        " ",
        "--\n",
      ]) {
        let count = 0;
        for (const { text } of sqlTokens(unit.repeat(50_000), dialect)) count += text.length;
        assert.equal(count, unit.length * 50_000);
        for (const { text } of sqlTokens("/*".repeat(50_000) + "*/".repeat(50_000), dialect))
          count += text.length;
      }
      assert.ok(performance.now() - began < 5_000);
    });
  }
});
