/** The steps of a migration in one direction: its statements, or the one function of a module. */
import { LimpidError } from "../../errors/index.ts";
import { checksum } from "./content-hash.ts";
import type { Destroyed, Direction, Migration, MigrationStatement } from "./migration.ts";
import type { MigrationRun } from "./migration-run.ts";
import { moduleDatabase } from "./module-database.ts";
import { rowsOf } from "./plain-sql.ts";

export interface Step {
  /** From 1. */
  readonly number: number;
  readonly checksum: string;
  /** As it is shown. */
  readonly sql: string;
  readonly statement: MigrationStatement | undefined;
  run(run: MigrationRun): Promise<void>;
}

/** One way of one migration in one database. */
export interface Way {
  readonly migration: Migration;
  readonly direction: Direction;
  readonly steps: readonly Step[];
  readonly transaction: boolean;
  readonly loses: readonly Destroyed[];
}

/** What a migration does. One without a section for the dialect does nothing there. */
export function wayOf(migration: Migration, direction: Direction, run: MigrationRun): Way {
  if (migration.kind === "module") return wayOfModule(migration, direction);
  const section = migration.sections[direction].get(run.dialect.name);
  const { statements = [], transaction = true, loses = [] } = section ?? {};
  const steps = statements.map((statement, index) => ({
    number: index + 1,
    checksum: checksum(statement, run.dialect.name),
    sql: statement.sql,
    statement,
    run: (current: MigrationRun) => runStatement(statement, migration.name, current),
  }));
  if (!transaction) assertNoRebuild(migration, statements);
  return { migration, direction, steps, transaction, loses };
}

/** Throws `LMP_ORM_MIGRATION_IRREVERSIBLE` for one that cannot be undone in this database. */
export function assertReversible(migration: Migration, run: MigrationRun): void {
  if (migration.kind === "module" ? migration.down !== undefined : hasWayBack(migration, run)) return;
  const where =
    migration.kind === "module" ? "an export `down`" : `a section \`-- down ${run.dialect.name}\``;
  throw new LimpidError("LMP_ORM_MIGRATION_IRREVERSIBLE", `${migration.name} cannot be rolled back.`, {
    expected: where,
    found: "none",
    fix: `Write ${where} into ${migration.file}, or write a new migration that mends what this one did.`,
  });
}

function hasWayBack(migration: Extract<Migration, { kind: "sql" }>, { dialect }: MigrationRun): boolean {
  return migration.sections.down.has(dialect.name) || !migration.sections.up.has(dialect.name);
}

async function runStatement(statement: MigrationStatement, name: string, run: MigrationRun): Promise<void> {
  if (statement.guard === undefined) {
    await run.connection.script(statement.sql);
    return;
  }
  if ((await rowsOf(run, statement.sql)).length === 0) return;
  throw new LimpidError("LMP_ORM_MIGRATION_FAILED", `${name} stops at a guard: ${statement.guard}`, {
    expected: "that the query of the guard finds nothing",
    found: `at least one row, by the query in line ${statement.line}`,
    fix: "Mend the rows, and run the migration again.",
  });
}

function wayOfModule(migration: Extract<Migration, { kind: "module" }>, direction: Direction): Way {
  const work = direction === "up" ? migration.up : migration.down;
  const loses = migration.loses;
  if (work === undefined) return { migration, direction, steps: [], transaction: true, loses };
  const step: Step = {
    number: 1,
    checksum: migration.hash.slice(0, 12),
    sql: `${direction}(db)`,
    statement: undefined,
    run: async (run) => work(moduleDatabase(run)),
  };
  return { migration, direction, steps: [step], transaction: true, loses };
}

/** Half a rebuild would be a table without its triggers. */
function assertNoRebuild({ file }: Migration, statements: readonly MigrationStatement[]): void {
  const rebuild = statements.find((statement) => statement.rebuild !== undefined);
  if (rebuild === undefined) return;
  throw new LimpidError("LMP_ORM_MIGRATION_INVALID", `${file} rebuilds a table outside of a transaction.`, {
    expected: "a section without `-- no transaction`",
    found: `-- rebuild before line ${rebuild.line}`,
    fix: "Put what needs no transaction into a migration of its own.",
  });
}
