/** Runs a migration in one transaction: all of it happens, or nothing. */
import { LimpidError } from "../../errors/index.ts";
import { deleteHistory, type HistoryEntry, writeHistory } from "./history.ts";
import { LossGuard, type Watched } from "./loss-guard.ts";
import type { MigrationRun } from "./migration-run.ts";
import type { Step, Way } from "./migration-steps.ts";
import { assertReferences, danglingReferences, SqliteRebuilds } from "./sqlite-rebuild.ts";

/**
 * Runs all steps and writes or deletes the entry. Throws `LMP_ORM_MIGRATION_FAILED` and
 * `LMP_ORM_MIGRATION_DATA_LOSS`; the database is then as it was.
 */
export async function runInTransaction(run: MigrationRun, way: Way, entry: HistoryEntry): Promise<void> {
  await transaction(run, async () => {
    await run.lock.renew();
    const sqlite = run.dialect.name === "sqlite";
    const dangling = sqlite ? await danglingReferences(run) : new Set<string>();
    const { migration, steps } = way;
    const guard = await LossGuard.open(run, watchedOf(way));
    const rebuilds = new SqliteRebuilds(run);
    for (const step of steps) {
      await run.tell({ kind: "step", name: migration.name, step: step.number, sql: step.sql });
      try {
        if (step.statement !== undefined) await rebuilds.before(step.statement);
        await step.run(run);
        if (step.statement !== undefined) await rebuilds.after(step.statement);
      } catch (error) {
        throw failedStep(way, step, error, "The database is as it was.");
      }
      guard.ran(step.statement?.sql ?? "");
      await run.tell({ kind: "stepped", name: migration.name, step: step.number, sql: step.sql });
    }
    await guard.check();
    if (sqlite) await assertReferences(run, migration.name, dangling);
    if (way.direction === "up") {
      const checksums = steps.map((step) => step.checksum);
      const done = { stepsDone: steps.length, stepStarted: steps.length, stateBefore: undefined };
      await writeHistory(run, { ...entry, ...done, checksums, finished: true });
    } else await deleteHistory(run, migration.hash);
    await run.lock.renew();
  });
}

/** What the guard against losses has to know of a way. */
export function watchedOf({ migration, steps, loses }: Way): Watched {
  return { name: migration.name, statements: steps.flatMap(({ statement }) => statement ?? []), loses };
}

/** Runs `work` between BEGIN and COMMIT, or rolls back what it did. */
export async function transaction(run: MigrationRun, work: () => Promise<void>): Promise<void> {
  const { connection, dialect } = run;
  await connection.script(dialect.name === "sqlite" ? "BEGIN IMMEDIATE" : "BEGIN");
  try {
    await work();
    await connection.script("COMMIT");
  } catch (error) {
    try {
      await connection.script("ROLLBACK");
    } catch {
      // The connection is gone, and the transaction with it; the first error says why.
    }
    throw error;
  }
}

/** The error for a step that failed. Errors that speak for themselves stay. */
export function failedStep(
  { migration, steps }: Way,
  step: Step,
  error: unknown,
  after: string,
): LimpidError {
  if (error instanceof LimpidError && error.code.startsWith("LMP_ORM_MIGRATION_")) return error;
  const line = step.statement === undefined ? "" : `, line ${step.statement.line}`;
  const message = `${migration.name} failed at step ${step.number} of ${steps.length}. ${after}`;
  return new LimpidError("LMP_ORM_MIGRATION_FAILED", message, {
    expected: `that the database takes ${shortened(step.sql)}`,
    found: error instanceof Error ? error.message : String(error),
    fix: `Mend ${migration.file}${line}, and run the command again.`,
    cause: error,
  });
}

function shortened(sql: string): string {
  const line = sql.replace(/\s+/g, " ").trim();
  return line.length <= 100 ? line : `${line.slice(0, 99)}…`;
}
