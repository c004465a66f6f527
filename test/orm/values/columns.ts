/** Every column type with its type in each database's SQL, and random values of it with the edges among them. */
import fc from "fast-check";
import type { ColumnType, DialectName } from "../../../src/orm/model/column-type.ts";

export interface TestColumn {
  readonly type: ColumnType;
  /** Absent where the database has no such type. */
  readonly sql: Readonly<Partial<Record<DialectName, string>>>;
  readonly values: fc.Arbitrary<unknown>;
}

const text = fc.string({ unit: "binary", maxLength: 40 }).map((value) => value.replaceAll("\0", ""));
const day = fc
  .date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString().slice(0, 10));
const moment = fc.oneof(
  fc.date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  }),
  fc.constantFrom(new Date(0), new Date("0001-01-01T00:00:00Z"), new Date("9999-12-31T23:59:59.999Z")),
);
const time = fc.integer({ min: 0, max: 86_399_999 }).map((milliseconds) => {
  const written = new Date(milliseconds).toISOString().slice(11, 23);
  return written.endsWith(".000") ? written.slice(0, 8) : written;
});
const integer = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.constantFrom(0, -1, 2 ** 31 - 1, -(2 ** 31)),
);
const bigint = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(0n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)),
);
/** Zero has one sign in SQLite, whose files keep 0.0 as an integer. */
const real = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value));
const cents = fc.bigInt({ min: -(10n ** 20n - 1n), max: 10n ** 20n - 1n });
const json = fc
  .jsonValue({ stringUnit: "binary" })
  .filter((value) => value !== null && !/\\u0000/.test(JSON.stringify(value)))
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const members = ["draft", "published", "it's", "größe"];

/** A decimal of two digits behind the point, from a number of hundredths. */
function decimal(hundredths: bigint): string {
  const digits = String(hundredths < 0n ? -hundredths : hundredths).padStart(3, "0");
  return `${hundredths < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function everywhere(sqlite: string, postgresql: string, mysql: string): TestColumn["sql"] {
  return { sqlite, postgresql, mysql };
}

export const columns: Readonly<Record<string, TestColumn>> = {
  integer: { type: { kind: "integer" }, sql: everywhere("INTEGER", "integer", "int"), values: integer },
  bigint: { type: { kind: "bigint" }, sql: everywhere("INTEGER", "bigint", "bigint"), values: bigint },
  real: { type: { kind: "real" }, sql: everywhere("REAL", "double precision", "double"), values: real },
  numeric: {
    type: { kind: "numeric", precision: 22, scale: 2, as: "string" },
    sql: everywhere("TEXT", "numeric(22, 2)", "decimal(22, 2)"),
    values: cents.map(decimal),
  },
  "numeric as a number": {
    type: { kind: "numeric", precision: 10, scale: 2, as: "number" },
    sql: everywhere("REAL", "numeric(10, 2)", "decimal(10, 2)"),
    values: fc.integer({ min: -9_999_999_999, max: 9_999_999_999 }).map((value) => value / 100 || 0),
  },
  varchar: {
    type: { kind: "varchar", length: 5 },
    sql: everywhere("TEXT", "varchar(5)", "varchar(5)"),
    values: text.map((value) => [...value].slice(0, 5).join("")),
  },
  text: { type: { kind: "text" }, sql: everywhere("TEXT", "text", "longtext"), values: text },
  boolean: {
    type: { kind: "boolean" },
    sql: everywhere("INTEGER", "boolean", "tinyint(1)"),
    values: fc.boolean(),
  },
  timestamp: {
    type: { kind: "timestamp" },
    sql: everywhere("INTEGER", "timestamptz(3)", "datetime(3)"),
    values: moment,
  },
  date: { type: { kind: "date" }, sql: everywhere("TEXT", "date", "date"), values: day },
  time: { type: { kind: "time" }, sql: everywhere("TEXT", "time(3)", "time(3)"), values: time },
  json: { type: { kind: "json" }, sql: everywhere("TEXT", "jsonb", "json"), values: json },
  uuid: { type: { kind: "uuid" }, sql: everywhere("TEXT", "uuid", "char(36)"), values: fc.uuid() },
  bytes: {
    type: { kind: "bytes" },
    sql: everywhere("BLOB", "bytea", "longblob"),
    values: fc.uint8Array({ maxLength: 64 }).map((bytes) => new Uint8Array(bytes)),
  },
  enumeration: {
    type: { kind: "enumeration", values: members },
    sql: everywhere("TEXT", "text", "varchar(20)"),
    values: fc.constantFrom(...members),
  },
  custom: {
    type: {
      kind: "custom",
      name: "point",
      sql: everywhere("TEXT", "text", "longtext"),
      encode: (value) => (value as readonly number[]).join(" "),
      decode: (value) => String(value).split(" ").map(Number),
    },
    sql: everywhere("TEXT", "text", "longtext"),
    values: fc.tuple(fc.integer(), fc.integer()),
  },
  "array of text": {
    type: { kind: "array", element: { kind: "text" } },
    sql: { postgresql: "text[]" },
    values: fc.array(fc.option(fc.oneof(text, fc.constantFrom("NULL", '"', "\\", "{", "a,b", ""))), {
      maxLength: 5,
    }),
  },
  "array of arrays": {
    type: { kind: "array", element: { kind: "array", element: { kind: "integer" } } },
    sql: { postgresql: "integer[][]" },
    values: fc.array(fc.tuple(integer, integer), { maxLength: 4 }),
  },
  "array of bytes": {
    type: { kind: "array", element: { kind: "bytes" } },
    sql: { postgresql: "bytea[]" },
    values: fc.array(
      fc.uint8Array({ maxLength: 8 }).map((bytes) => new Uint8Array(bytes)),
      { maxLength: 3 },
    ),
  },
  "array of timestamps": {
    type: { kind: "array", element: { kind: "timestamp" } },
    sql: { postgresql: "timestamptz(3)[]" },
    values: fc.array(moment, { maxLength: 3 }),
  },
  "array of json": {
    type: { kind: "array", element: { kind: "json" } },
    sql: { postgresql: "jsonb[]" },
    values: fc.array(json, { maxLength: 3 }),
  },
};
