/** The database as a migration in TypeScript sees it: SQL of the tag `sql`, or the dialect's own with its placeholders. */
import type { DriverValue } from "../dialects/dialect.ts";
import type { RawStatementNode } from "../query/nodes.ts";
import type { Sql } from "../query/sql.ts";
import { type Parameters, Statements } from "../query/statements.ts";
import type { MigrationDatabase, MigrationValue } from "./migration.ts";
import type { MigrationRun } from "./migration-run.ts";
import { execute, rowsOf } from "./plain-sql.ts";

interface Bound {
  readonly text: string;
  readonly values: readonly DriverValue[];
}

export function moduleDatabase(run: MigrationRun): MigrationDatabase {
  const statements = new Statements(run.dialect);
  const bound = (sql: string | Sql, values: readonly MigrationValue[]): Bound =>
    typeof sql === "string" ? { text: sql, values } : boundBy(statements, sql);
  return {
    dialect: run.dialect.name,
    execute: async (sql: string | Sql, given: readonly MigrationValue[] = []) => {
      const { text, values } = bound(sql, given);
      return execute(run, text, values);
    },
    rows: async (sql: string | Sql, given: readonly MigrationValue[] = []) => {
      const { text, values } = bound(sql, given);
      return rowsOf(run, text, values);
    },
  };
}

function boundBy(statements: Statements, { texts, parts }: Sql): Bound {
  const node: RawStatementNode = {
    kind: "raw-statement",
    raw: { kind: "raw", texts, parts, type: undefined },
  };
  const parameters: Parameters = [];
  const plan = statements.plan(node, parameters);
  return { text: plan.statement.sql, values: statements.bind(plan, parameters) };
}
