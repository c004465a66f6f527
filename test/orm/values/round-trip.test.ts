/** What is written is read back the same: every column type, on every database. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import fc from "fast-check";
import type { DialectName } from "../../../src/orm/model/column-type.ts";
import { columns } from "./columns.ts";
import { openDatabase, type ValueDatabase, valuesOf } from "./databases.ts";

const runs = 12;

for (const name of ["sqlite", "postgresql", "mysql"] as const satisfies readonly DialectName[])
  suite(`values of ${name}`, () => {
    let database: ValueDatabase | undefined;
    before(async () => {
      database = await openDatabase(name);
    });
    after(() => database?.close());

    for (const [title, { type, sql, values }] of Object.entries(columns)) {
      const columnType = sql[name];
      if (columnType === undefined) continue;
      test(`${title} as ${columnType}`, async (t) => {
        if (database === undefined) return t.skip(`no ${name} server`);
        const { encoder, decoder, needsBigInts } = valuesOf[name];
        const encode = encoder(type);
        const decode = decoder(type) ?? ((value: unknown) => value);
        const open = database;
        await open.table(title, columnType);
        const property = fc.asyncProperty(
          fc.array(values, { minLength: 1, maxLength: 20 }),
          async (written) => {
            const found = await open.roundTrip(title, written.map(encode), needsBigInts(type));
            const read = found.map((value) => (value === null ? null : decode(value)));
            assert.deepEqual(plain(read), plain(written));
          },
        );
        await fc.assert(property, { numRuns: runs });
      });
    }
  });

test("SQLite: a bigint beside them makes bigints of all whole numbers, which are read the same", () => {
  const { decoder } = valuesOf.sqlite;
  assert.equal(decoder({ kind: "integer" })?.(7n), 7);
  assert.equal(decoder({ kind: "boolean" })?.(1n), true);
  assert.deepEqual(decoder({ kind: "timestamp" })?.(5n), new Date(5));
  assert.equal(decoder({ kind: "real" })?.(3n), 3);
  assert.equal(decoder({ kind: "numeric", precision: 5, scale: 2, as: "string" })?.(3), "3.00");
});

/** Prototypes matter: bytes must not come back as a Buffer. Objects made by JSON may have any. */
function plain(values: readonly unknown[]): unknown[] {
  return values.map((value) => (value instanceof Uint8Array ? [value.constructor.name, ...value] : value));
}
