/** Undoes migrations. */
import { LimpidError } from "../../errors/index.ts";
import type { ConnectionSource } from "../driver/driver.ts";
import { agreedStates, type MigrateResult, type MigrationDone, migrationNamed, undo } from "./migrate.ts";
import { readMigrations } from "./migration-folder.ts";
import { type MigrationGraph, migrationGraph } from "./migration-graph.ts";
import type { MigrationState } from "./migration-state.ts";
import { assertReversible } from "./migration-steps.ts";
import { openRun, type RunOptions } from "./open-run.ts";

export interface RollbackOptions extends RunOptions {
  /** How many migrations to undo, the last one first. Default: 1. */
  readonly steps?: number | undefined;
  /** The name or the hash of the migration to go back to; it stays, and what was applied after it goes. */
  readonly to?: string | undefined;
}

/**
 * Undoes the migrations that were applied last.
 *
 * Throws `LMP_ORM_MIGRATION_IRREVERSIBLE` before anything runs where one of them has no way back, and what `migrate` throws.
 */
export async function rollback(source: ConnectionSource, options: RollbackOptions): Promise<MigrateResult> {
  const graph = migrationGraph(await readMigrations(options.folder));
  return openRun(source, options, async (run) => {
    const going = statesToUndo(graph, await agreedStates(run, graph), options);
    for (const { migration } of going) assertReversible(migration, run);
    const done: MigrationDone[] = [];
    for (const { migration, entry } of going) done.push(await undo(run, migration, entry));
    return { done };
  });
}

export type UndoableState = Extract<MigrationState, { readonly state: "applied" | "interrupted" }>;

/** What is to be undone, the last one first. */
export function statesToUndo(
  graph: MigrationGraph,
  states: readonly MigrationState[],
  { steps = 1, to }: { readonly steps?: number | undefined; readonly to?: string | undefined },
): UndoableState[] {
  const half = states.find((one) => one.state === "interrupted" && one.entry.direction === "up");
  if (half?.state === "interrupted") throw halfDone(half.migration.name);
  const applied = states
    .filter((one): one is UndoableState => one.state === "applied" || one.state === "interrupted")
    .sort((left, right) => right.entry.ordinal - left.entry.ordinal);
  if (to === undefined) return applied.slice(0, steps);
  const target = migrationNamed(graph, to);
  const at = applied.findIndex(({ migration }) => migration === target);
  if (at >= 0) return applied.slice(0, at);
  throw new LimpidError("LMP_ORM_OPTION_INVALID", `${target.name} has not run in this database.`, {
    expected: "the name of a migration that has run",
    found: `${target.name}, which is pending`,
    fix: "See with `limpid db status` which have run.",
  });
}

function halfDone(name: string): LimpidError {
  return new LimpidError("LMP_ORM_MIGRATION_INTERRUPTED", `${name} is half done, so it cannot be undone.`, {
    expected: "migrations that have run to their end",
    found: "one that was interrupted",
    fix: "Carry it through first: limpid db migrate",
  });
}
