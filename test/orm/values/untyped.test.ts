/** Values in raw SQL are bound by their JavaScript type, and mean in the database what they mean here. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { DialectName } from "../../../src/orm/model/column-type.ts";
import { openDatabase, type ValueDatabase, valuesOf } from "./databases.ts";

/** A query with the place of its value, and what it gives as text. */
const queries: Readonly<
  Record<DialectName, readonly (readonly [sql: string, value: unknown, text: string])[]>
> = {
  sqlite: [
    ["select ? / 2", 7, "3"],
    ["select typeof(?)", 7, "integer"],
    ["select typeof(?)", 7.5, "real"],
    ["select ? + 1", 2n ** 40n, String(2 ** 40 + 1)],
    ["select ? || '!'", "it's", "it's!"],
    ["select typeof(?)", true, "integer"],
    ["select ? + 0", new Date(86_400_000), "86400000"],
    ["select hex(?)", new Uint8Array([1, 255]), "01FF"],
    ["select coalesce(?, 'none')", null, "none"],
    ["select value from json_each('[1,2]') limit ?", 1, "1"],
  ],
  postgresql: [
    ["select $1::int / 2", 7, "3"],
    ["select $1::bigint + 1", 2n ** 40n, String(2 ** 40 + 1)],
    ["select $1::text || '!'", "it's", "it's!"],
    ["select $1::boolean", true, "t"],
    ["select $1::timestamptz", new Date(86_400_000), "1970-01-02 00:00:00+00"],
    ["select $1::bytea", new Uint8Array([1, 255]), "\\x01ff"],
    ["select coalesce($1::text, 'none')", null, "none"],
    ["select $1::float8", -0, "-0"],
    ["select n from generate_series(1, 2) as n limit $1", 1, "1"],
  ],
  mysql: [
    ["select ? div 2", 7, "3"],
    ["select cast(? as signed) + 1", 2n ** 40n, String(2 ** 40 + 1)],
    ["select concat(?, '!')", "it's", "it's!"],
    ["select cast(? as signed)", true, "1"],
    ["select date_format(?, '%Y-%m-%d %H:%i')", new Date(86_400_000), "1970-01-02 00:00"],
    ["select hex(?)", new Uint8Array([1, 255]), "01FF"],
    ["select coalesce(?, 'none')", null, "none"],
    ["select 1 limit ?", 1, "1"],
  ],
};

for (const name of ["sqlite", "postgresql", "mysql"] as const)
  suite(`${name} binds`, () => {
    let database: ValueDatabase | undefined;
    before(async () => {
      database = await openDatabase(name);
    });
    after(() => database?.close());

    for (const [sql, value, text] of queries[name])
      test(`${String(value)} in ${sql}`, async (t) => {
        if (database === undefined) return t.skip(`no ${name} server`);
        const bound = valuesOf[name].encoder(undefined)(value);
        assert.equal(String(await database.select(sql, bound)), text);
      });
  });
