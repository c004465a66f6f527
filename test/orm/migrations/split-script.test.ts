/** Scripts are cut into statements where SQL ends them, and nowhere else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { splitScript } from "../../../src/orm/migrations/split-script.ts";
import type { DialectName } from "../../../src/orm/model/column-type.ts";

const dialects: readonly DialectName[] = ["sqlite", "postgresql", "mysql"];

function cut(text: string, dialect: DialectName): string[] {
  return splitScript(text, dialect).map(({ sql }) => sql);
}

const pieces: Record<DialectName, readonly string[]> = {
  sqlite: [
    "SELECT 1",
    "SELECT ';'",
    "SELECT 'it''s; ' || \"a;\"\"b\"",
    "SELECT [a;b], `c;d`",
    "SELECT 1 -- no; end\n + 2",
    "SELECT /* ; */ 1",
    "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET x = CASE WHEN 1 THEN ';' ELSE 2 END; DELETE FROM b; END",
    'CREATE TABLE "trigger" (a)',
    "INSERT INTO t VALUES (x'00;')",
    "SELECT '\\'",
  ],
  postgresql: [
    "SELECT $$ ; $$",
    "SELECT $a$ $$ ; $a$",
    "SELECT E'\\';'",
    "SELECT '\\'",
    "SELECT /* /* ; */ ; */ 1",
    "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $f$ BEGIN RETURN 1; END; $f$",
    "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END",
    'SELECT ";" AS "a"";b"',
    "SELECT a$1 FROM b",
  ],
  mysql: [
    "SELECT '\\'",
    "SELECT 'it''s;'",
    'SELECT "a;""b;\\"',
    "SELECT 1 # ; \n + 1",
    "SELECT 1--1",
    "SELECT `a;``b`",
    "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.b = 1",
    "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN IF 1 THEN SET @a = 1; END IF; CASE 1 WHEN 1 THEN SET @b = 2; END CASE; END",
    "/*!40101 SET NAMES utf8 */",
    "SELECT 1 /*! + /* ; */ 2; */",
  ],
};

for (const dialect of dialects) {
  test(`${dialect}: statements that are joined and split are as they were`, () => {
    const statement = fc.constantFrom(...pieces[dialect]);
    fc.assert(
      fc.property(fc.array(statement), fc.constantFrom(";", ";\n", " ;\n\n-- next; one\n"), (list, join) => {
        assert.deepEqual(cut(list.join(join) + (list.length > 0 ? ";" : ""), dialect), list);
      }),
    );
  });
}

test("the comments on lines before a statement come with it, and its line counts from 1", () => {
  const [first, second] = splitScript("-- one\n-- two\nSELECT 1;\n\n/* three */ SELECT 2", "sqlite");
  assert.deepEqual([first?.line, first?.comments], [3, ["one", "two"]]);
  assert.deepEqual([second?.line, second?.comments], [5, []]);
});

for (const [dialect, sql, what, missing] of [
  ["sqlite", "SELECT 'a;\n", "string", "'"],
  ["sqlite", "SELECT [a;\n", "name in quotes", "]"],
  ["sqlite", "SELECT /* a;\n", "comment", "*/"],
  ["postgresql", "SELECT $a$ $$;\n", "string", "$a$"],
  ["mysql", 'SELECT "a;\n', "string", '"'],
  ["mysql", "SELECT /*! a;\n", "comment", "*/"],
] as const) {
  test(`${dialect}: what does not end is refused with its line: ${sql.trim()}`, () => {
    assert.throws(() => splitScript(`SELECT 1;\n${sql}`, dialect), {
      code: "LMP_ORM_MIGRATION_INVALID",
      message: new RegExp(`A ${what} in the SQL does not end`),
      expected: `${missing} somewhere behind line 2`,
    });
  });
}
