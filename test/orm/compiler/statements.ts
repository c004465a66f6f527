/** Tells of a statement what each dialect writes, and that each database gives the same for it. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { LimpidError } from "limpid/errors";
import type { DialectName } from "../../../src/orm/model/column-type.ts";
import type { StatementNode } from "../../../src/orm/query/nodes.ts";
import { unreachable } from "../../databases/servers.ts";
import { openMysql, openPostgresql, openSqlite, type TestDatabase } from "./databases.ts";
import { dialects } from "./dialects.ts";

/** The SQL of a statement in each dialect; a code where it refuses. */
export interface StatementCase {
  readonly statement: StatementNode;
  readonly sqlite: string;
  readonly postgresql: string;
  readonly mysql: string;
  /** The rows of every database, as texts; `undefined` where it is enough that it runs. */
  readonly rows?: readonly (readonly (string | null)[])[];
}

const opens: Readonly<Record<DialectName, () => TestDatabase | Promise<TestDatabase>>> = {
  sqlite: openSqlite,
  postgresql: openPostgresql,
  mysql: openMysql,
};

/** A test for each case and dialect. */
export function statements(cases: Readonly<Record<string, StatementCase>>): void {
  for (const dialect of ["sqlite", "postgresql", "mysql"] as const) {
    describe(dialect, () => {
      let database: TestDatabase | undefined;
      let absence: string | false = false;
      before(async () => {
        absence = await unreachable(dialect);
        if (absence === false) database = await opens[dialect]();
      });
      after(() => database?.close());
      for (const [name, one] of Object.entries(cases)) {
        test(name, (context) => check(dialect, one, database, () => context.skip(String(absence))));
      }
    });
  }
}

async function check(
  dialect: DialectName,
  { rows, statement, ...expected }: StatementCase,
  database: TestDatabase | undefined,
  skip: () => void,
): Promise<void> {
  const { compile } = dialects[dialect];
  if (expected[dialect].startsWith("LMP_")) {
    assert.throws(
      () => compile(statement),
      (error) => error instanceof LimpidError && error.code === expected[dialect] && error.fix !== undefined,
    );
    return;
  }
  assert.equal(compile(statement).sql, expected[dialect]);
  if (database === undefined) return skip();
  const found = await database.run(statement);
  if (rows !== undefined) assert.deepEqual(found, rows);
}
