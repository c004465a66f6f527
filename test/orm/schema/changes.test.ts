/** The exact SQL of each change in each dialect, run with a row in the table on the real database, and back. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { diffSchemas } from "../../../src/orm/schema/diff.ts";
import { introspect } from "../../../src/orm/schema/introspect.ts";
import { normalized } from "../../../src/orm/schema/normalize.ts";
import { renderOperations } from "../../../src/orm/schema/render.ts";
import { reverseOperations } from "../../../src/orm/schema/reverse.ts";
import type { Schema } from "../../../src/orm/schema/schema.ts";
import { changeCases } from "./changes.ts";
import { schemaOf } from "./drafts.ts";
import { mysqlChanges } from "./mysql-changes.ts";
import { postgresqlChanges } from "./postgresql-changes.ts";
import { dialects, migrate, type Scratch, scratch, unreachable } from "./scratch.ts";
import { sqliteChanges } from "./sqlite-changes.ts";

const expected = { sqlite: sqliteChanges, postgresql: postgresqlChanges, mysql: mysqlChanges };

describe("renderOperations", () => {
  for (const dialect of dialects) {
    for (const { title, from, to, renames } of changeCases) {
      it(`${title}: ${dialect}`, () => {
        const before = schemaOf(from, dialect);
        const { operations } = diffSchemas(before, schemaOf(to, dialect), renames);
        const steps = renderOperations(operations, before).map(({ sql, guard, loses }) => {
          if (guard !== undefined) return `guard: ${sql}`;
          return loses === undefined ? sql : `loses: ${sql}`;
        });
        assert.deepEqual(steps, expected[dialect][title]);
      });
    }

    it(`makes what was wanted, and back: ${dialect}`, async (t) => {
      const reason = await unreachable(dialect);
      if (reason !== false) return t.skip(reason);
      const database = await scratch(dialect);
      t.after(() => database.close());
      for (const { title, from, to, renames } of changeCases) {
        const before = schemaOf(from, dialect);
        const after = schemaOf(to, dialect);
        const { operations } = diffSchemas(before, after, renames);
        const empty = schemaOf([], dialect);
        await database.clear();
        await migrate(database, renderOperations(diffSchemas(empty, before).operations, empty));
        await migrate(database, renderOperations(operations, before));
        await assertSchema(database, after, title);
        await migrate(database, renderOperations(reverseOperations(operations, before), after));
        await assertSchema(database, before, title);
      }
    });
  }
});

async function assertSchema(
  { connection, dialect }: Scratch,
  declared: Schema,
  title: string,
): Promise<void> {
  const found = await introspect(connection, dialect);
  const actual = dialect === "mysql" ? found : await normalized(found, connection);
  assert.deepEqual(diffSchemas(actual, await normalized(declared, connection)).operations, [], title);
}
