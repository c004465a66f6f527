/**
 * What is not of a column's type is refused before a driver sees it. The values are those by which others let SQL in
 * through objects and arrays (CVE-2025-60542, CVE-2016-20018).
 */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { ColumnType, DialectName } from "../../../src/orm/model/column-type.ts";
import { columns } from "./columns.ts";
import { openDatabase, type ValueDatabase, valuesOf } from "./databases.ts";

interface Hostile {
  readonly [label: string]: readonly [value: unknown, taken?: readonly ColumnType["kind"][]];
}

/** Values that some column may take, with the kinds of those columns. */
const hostile: Hostile = {
  object: [{ role: "admin" }, ["json"]],
  "nested object": [{ city: { role: "admin' OR 1=1 --" } }, ["json"]],
  array: [
    ["a", "b"],
    ["json", "array"],
  ],
  "array of an object": [[{ role: "admin" }], ["json", "array"]],
  "empty array": [[], ["json", "array"]],
  Buffer: [Buffer.from("abc"), ["bytes"]],
  DataView: [new DataView(new ArrayBuffer(2))],
  Date: [new Date(5), ["timestamp"]],
  "invalid Date": [new Date(Number.NaN)],
  NaN: [Number.NaN],
  Infinity: [Number.POSITIVE_INFINITY],
  "half a number": [0.5, ["real", "numeric", "json"]],
  bigint: [5n, ["bigint"]],
  "bigint of 65 bits": [2n ** 64n],
  symbol: [Symbol("role")],
  function: [() => "admin"],
  undefined: [undefined],
  ownToJSON: [{ toJSON: () => "admin" }],
  ownToString: [{ toString: () => "admin" }],
  ownValueOf: [{ valueOf: () => 1 }],
  toSqlString: [{ toSqlString: () => "1 OR 1=1" }],
  toPostgres: [{ toPostgres: () => "1 OR 1=1" }],
  "boxed string": [new String("admin")],
  "boxed number": [new Number(1)],
  "boxed boolean": [new Boolean(false)],
  Map: [new Map([["role", "admin"]])],
  "pretended Date": [Object.create(Date.prototype)],
  "pretended bytes": [Object.create(Uint8Array.prototype)],
  "text with NUL": ["a\0b"],
  "text with half a pair": ["a\ud800b"],
};

const { custom: _, ...checked } = columns;

for (const name of ["sqlite", "postgresql", "mysql"] as const satisfies readonly DialectName[])
  suite(`${name} refuses`, () => {
    let database: ValueDatabase | undefined;
    before(async () => {
      database = await openDatabase(name);
    });
    after(() => database?.close());

    for (const [title, { type, sql }] of Object.entries(checked))
      test(`what is no ${title}`, async (t) => {
        if (database === undefined) return t.skip(`no ${name} server`);
        const columnType = sql[name];
        if (columnType !== undefined) await database.table(title, columnType);
        const encode = valuesOf[name].encoder(type);
        for (const [label, [value, taken]] of Object.entries(hostile)) {
          if (columnType !== undefined && taken?.includes(type.kind) === true && fits(type, value)) {
            const [found] = await database.roundTrip(
              title,
              [encode(value)],
              valuesOf[name].needsBigInts(type),
            );
            const decode = valuesOf[name].decoder(type);
            assert.equal(String(decode?.(found) ?? found), String(sameBytes(value)), label);
          } else assert.throws(() => encode(value), { code: "LMP_ORM_VALUE_INVALID" }, label);
        }
      });

    test("what raw SQL cannot bind", () => {
      const encode = valuesOf[name].encoder(undefined);
      const bound = new Set(["Buffer", "Date", "half a number", "bigint"]);
      for (const [label, [value]] of Object.entries(hostile)) {
        if (bound.has(label)) encode(value);
        else assert.throws(() => encode(value), { code: "LMP_ORM_VALUE_INVALID" }, label);
      }
    });
  });

/** Whether the details of the type take the value too: an array is bound where its items are of the element's type. */
function fits(type: ColumnType, value: unknown): boolean {
  if (type.kind === "numeric") return type.as === "number";
  if (type.kind !== "array" || !Array.isArray(value) || value.length === 0) return true;
  return type.element.kind === "json" || (type.element.kind === "text" && typeof value[0] === "string");
}

function sameBytes(value: unknown): unknown {
  return value instanceof Uint8Array ? new Uint8Array(value) : value;
}

test("what a custom type gives is bound by its JavaScript type, or refused", () => {
  for (const name of ["sqlite", "postgresql", "mysql"] as const) {
    const custom = (encode: (value: unknown) => unknown) =>
      valuesOf[name].encoder({ kind: "custom", name: "odd", sql: {}, encode, decode: String } as ColumnType);
    assert.equal(custom(() => "text")(1), "text");
    for (const wrong of [{ a: 1 }, ["a"], null, undefined, new Date(), Number.NaN, "a\0"])
      assert.throws(() => custom(() => wrong)(1), { code: "LMP_ORM_VALUE_INVALID" });
    const failing = custom(() => {
      throw new RangeError("no such point");
    });
    assert.throws(
      () => failing(1),
      (error: Error) =>
        error.cause instanceof RangeError && "code" in error && error.code === "LMP_ORM_VALUE_INVALID",
    );
  }
});

test("an error names what was expected and gives no text away", () => {
  const encode = valuesOf.sqlite.encoder({ kind: "varchar", length: 5 });
  assert.throws(() => encode("correct horse"), {
    code: "LMP_ORM_VALUE_INVALID",
    message: "A value is not of its column's type.",
    expected: "a string of at most 5 characters",
    found: "a string of 13 characters",
    fix: "Shorten the text.",
  });
});
