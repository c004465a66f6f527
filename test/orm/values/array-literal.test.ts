/** The text of PostgreSQL's arrays: examples from its manual, the round trip of anything, and malformed texts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readArrayLiteral, writeArrayLiteral } from "../../../src/orm/dialects/postgresql/array-literal.ts";

test("reads quotes, escapes, NULL, nesting and bounds", () => {
  assert.deepEqual(readArrayLiteral("{}"), []);
  assert.deepEqual(readArrayLiteral('{1,NULL,"NULL",null}'), ["1", null, "NULL", "null"]);
  assert.deepEqual(readArrayLiteral('{"a\\"b","c\\\\d","{,}",""}'), ['a"b', "c\\d", "{,}", ""]);
  assert.deepEqual(readArrayLiteral("{{1,2},{3,NULL}}"), [
    ["1", "2"],
    ["3", null],
  ]);
  assert.deepEqual(readArrayLiteral("[0:1][-2:-1]={{1,2},{3,4}}"), [
    ["1", "2"],
    ["3", "4"],
  ]);
  assert.deepEqual(readArrayLiteral("{2026-01-02 03:04:05+00}"), ["2026-01-02 03:04:05+00"]);
});

test("reads what it has written", () => {
  const { items } = fc.letrec<{ items: ReturnType<typeof readArrayLiteral>; item: string | null }>((tie) => ({
    items: fc.array(fc.oneof({ maxDepth: 3 }, tie("item"), tie("items")), { maxLength: 3 }) as never,
    item: fc.option(fc.string({ unit: "binary", maxLength: 6 })),
  }));
  fc.assert(
    fc.property(items, (written) => assert.deepEqual(readArrayLiteral(writeArrayLiteral(written)), written)),
  );
});

test("refuses what is no array, and never runs on", () => {
  for (const text of [
    "",
    "1",
    "{",
    "{1",
    "{1,}",
    "{,1}",
    '{"a}',
    '{"a\\',
    "{1}x",
    "{{1}",
    "[0:1]",
    '{a"b}',
    "{}}",
  ])
    assert.throws(() => readArrayLiteral(text), { code: "LMP_ORM_VALUE_INVALID" }, text);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("{", "}", '"', ",", "\\", "a", "[", "=") }), (text) => {
      try {
        readArrayLiteral(text);
      } catch (error) {
        assert.equal((error as { code?: unknown }).code, "LMP_ORM_VALUE_INVALID");
      }
    }),
  );
});
