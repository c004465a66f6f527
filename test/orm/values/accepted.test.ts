/** The exact border between what a column takes and what it refuses, and the form in which a value is written. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import type { ColumnType } from "../../../src/orm/model/column-type.ts";
import { valuesOf } from "./databases.ts";

const dialects = ["sqlite", "postgresql", "mysql"] as const;
const price: ColumnType = { kind: "numeric", precision: 5, scale: 2, as: "string" };
const numberPrice: ColumnType = { kind: "numeric", precision: 5, scale: 2, as: "number" };

function takes(type: ColumnType, values: readonly unknown[]): void {
  for (const name of dialects) for (const value of values) valuesOf[name].encoder(type)(value);
}

function refuses(type: ColumnType, values: readonly unknown[]): void {
  for (const name of dialects)
    for (const value of values)
      assert.throws(
        () => valuesOf[name].encoder(type)(value),
        { code: "LMP_ORM_VALUE_INVALID" },
        inspect(value),
      );
}

function writes(type: ColumnType, values: Readonly<Record<string, string>>): void {
  for (const name of dialects)
    for (const [value, written] of Object.entries(values))
      assert.equal(valuesOf[name].encoder(type)(value), written);
}

test("integers have 32 bits and bigints 64, in every database", () => {
  takes({ kind: "integer" }, [0, -0, 2 ** 31 - 1, -(2 ** 31)]);
  refuses({ kind: "integer" }, [2 ** 31, -(2 ** 31) - 1, 1.5, "1", 1n, true, null]);
  takes({ kind: "bigint" }, [0n, 2n ** 63n - 1n, -(2n ** 63n)]);
  refuses({ kind: "bigint" }, [2n ** 63n, -(2n ** 63n) - 1n, 1, "1"]);
});

test("a decimal is written with exactly its scale, and never rounded", () => {
  writes(price, {
    "12.30": "12.30",
    "12.3": "12.30",
    "12": "12.00",
    "-0.00": "0.00",
    "-0.01": "-0.01",
    "0": "0.00",
  });
  refuses(price, [
    "012.30",
    "12.345",
    "12.340",
    "1000.00",
    "1e2",
    ".5",
    "5.",
    "+1",
    "",
    " 1",
    "1 ",
    "٣",
    "NaN",
    12.3,
  ]);
  takes(numberPrice, [0, -0, 999.99, -999.99, 0.1]);
  refuses(numberPrice, [0.125, 1000, -1000, 1e21, Number.NaN, "1.00"]);
  writes({ kind: "numeric", precision: 2, scale: 2, as: "string" }, { "-0.12": "-0.12" });
  writes({ kind: "numeric", precision: 3, scale: 0, as: "string" }, { "-120": "-120", "-0": "0" });
});

test("the length of a varchar is counted in characters", () => {
  takes({ kind: "varchar", length: 3 }, ["", "abc", "😀😀😀"]);
  refuses({ kind: "varchar", length: 3 }, ["abcd", "😀😀😀😀", "😀ab😀"]);
});

test("a day is one of the calendar", () => {
  takes({ kind: "date" }, ["2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"]);
  refuses({ kind: "date" }, [
    "2023-02-29",
    "1900-02-29",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
  ]);
  refuses({ kind: "date" }, [
    "0000-01-01",
    "10000-01-01",
    "2026-1-1",
    "2026-01-01T00:00:00Z",
    "today",
    " 2026-01-01",
  ]);
});

test("a time of day has milliseconds where they are not zero", () => {
  writes(
    { kind: "time" },
    { "00:00:00": "00:00:00", "23:59:59.999": "23:59:59.999", "01:02:03.000": "01:02:03" },
  );
  refuses({ kind: "time" }, [
    "24:00:00",
    "12:60:00",
    "12:00:60",
    "12:00",
    "1:00:00",
    "12:00:00.1",
    "12:00:00Z",
  ]);
});

test("a moment is within the years 1 to 9999", () => {
  takes({ kind: "timestamp" }, [new Date("0001-01-01T00:00:00Z"), new Date("9999-12-31T23:59:59.999Z")]);
  refuses({ kind: "timestamp" }, [new Date("0000-12-31T23:59:59.999Z"), new Date("+010000-01-01T00:00:00Z")]);
  refuses({ kind: "timestamp" }, ["2026-01-01T00:00:00Z", 0, Date.now()]);
});

test("moments are read whatever the zone and the precision of the text", () => {
  const read = (text: string): string =>
    new Date(valuesOf.postgresql.decoder({ kind: "timestamp" })?.(text) as Date).toISOString();
  assert.equal(read("2026-01-02 03:04:05.678+00"), "2026-01-02T03:04:05.678Z");
  assert.equal(read("2026-01-02 03:04:05.6+00"), "2026-01-02T03:04:05.600Z");
  assert.equal(read("2026-01-02 03:04:05.67"), "2026-01-02T03:04:05.670Z");
  assert.equal(read("2026-01-02 03:04:05+00"), "2026-01-02T03:04:05.000Z");
  assert.equal(read("2026-01-02 03:04:05.6+05:30"), "2026-01-01T21:34:05.600Z");
  assert.equal(read("2026-01-02 03:04:05-08"), "2026-01-02T11:04:05.000Z");
  assert.equal(read("1800-01-01 00:53:28+00:53:28"), "1800-01-01T00:00:00.000Z");
  assert.equal(read("0001-01-01 00:00:00"), "0001-01-01T00:00:00.000Z");
  assert.equal(read("2026-01-02 03:04:05.678912+00"), "2026-01-02T03:04:05.678Z");
  for (const wrong of [
    "infinity",
    "0044-03-15 00:00:00 BC",
    "",
    "2026-01-02",
    "10000-01-01 00:00:00+00",
    "2026-01-02 03:04:05.+00",
  ])
    assert.throws(() => read(wrong), { code: "LMP_ORM_VALUE_INVALID" }, wrong);
});

test("a UUID is in lower case", () => {
  takes({ kind: "uuid" }, ["0193b1a2-1111-7222-8333-444455556666"]);
  refuses({ kind: "uuid" }, ["0193B1A2-1111-7222-8333-444455556666", "0193b1a2111172228333444455556666", ""]);
});

test("an enumeration takes its members alone", () => {
  takes({ kind: "enumeration", values: ["a", "b"] }, ["a", "b"]);
  refuses({ kind: "enumeration", values: ["a", "b"] }, ["c", "A", "", "a ", 0, "constructor"]);
});

test("JSON comes back as it was given, or is refused", () => {
  const cycle: unknown[] = [];
  cycle.push({ cycle });
  let deep: unknown = 1;
  for (let level = 0; level < 501; level++) deep = [deep];
  const twice = { a: 1 };
  takes({ kind: "json" }, [
    1,
    "text",
    true,
    [],
    {},
    { a: [null, { b: -1.5 }] },
    [twice, twice],
    { toJSON: 1 },
  ]);
  refuses({ kind: "json" }, [undefined, { a: undefined }, [1n], { a: () => 1 }, [Symbol("a")], cycle, deep]);
  refuses({ kind: "json" }, [
    new Date(),
    { at: new Date() },
    new Map(),
    [Number.NaN],
    ["a\0"],
    { "a\0": 1 },
    new Array(1),
  ]);
  refuses({ kind: "json" }, [{ [Symbol("a")]: 1 }, new (class Point {})(), ["\ud800"]]);
});

test("a key __proto__ in JSON is a key like any other", () => {
  const text = '{"__proto__":{"admin":true}}';
  for (const name of dialects) {
    const { encoder, decoder } = valuesOf[name];
    const read = decoder({ kind: "json" })?.(text) as object;
    assert.equal("admin" in read, false);
    assert.equal(Object.getPrototypeOf(read), Object.prototype);
    assert.equal(encoder({ kind: "json" })(read), text);
    assert.equal("admin" in {}, false);
  }
});

test("a type has one encoder and one decoder", () => {
  for (const name of dialects) {
    const { encoder, decoder } = valuesOf[name];
    assert.equal(encoder(price), encoder(price));
    assert.equal(decoder(numberPrice), decoder(numberPrice));
    assert.equal(encoder({ kind: "text" }), encoder({ kind: "text" }));
  }
});

test("arrays are for PostgreSQL, rectangular, and without empty ones inside", () => {
  const list: ColumnType = { kind: "array", element: { kind: "integer" } };
  const grid: ColumnType = { kind: "array", element: list };
  for (const name of ["sqlite", "mysql"] as const)
    assert.throws(() => valuesOf[name].encoder(list)([1]), { code: "LMP_ORM_VALUE_INVALID" });
  const { encoder } = valuesOf.postgresql;
  assert.equal(encoder(list)([1, null, 3]), '{"1",NULL,"3"}');
  assert.equal(encoder(grid)([[1], [2]]), '{{"1"},{"2"}}');
  assert.equal(encoder(grid)([]), "{}");
  for (const wrong of [[[1], [2, 3]], [[]], [null], [1], [[1], null]])
    assert.throws(() => encoder(grid)(wrong), { code: "LMP_ORM_VALUE_INVALID" });
});
