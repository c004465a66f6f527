/** Applies migrations to a database. */
import { LimpidError, nearest } from "../../errors/index.ts";
import type { ConnectionSource } from "../driver/driver.ts";
import { type HistoryEntry, nextOrdinal, readHistory } from "./history.ts";
import type { Direction, Migration } from "./migration.ts";
import { readMigrations } from "./migration-folder.ts";
import { type MigrationGraph, migrationGraph } from "./migration-graph.ts";
import type { MigrationRun } from "./migration-run.ts";
import { assertAgreed, type MigrationState, migrationStates } from "./migration-state.ts";
import { type Way, wayOf } from "./migration-steps.ts";
import { openRun, type RunOptions } from "./open-run.ts";
import { runInTransaction } from "./run-in-transaction.ts";
import { runStepwise } from "./run-stepwise.ts";

export interface MigrateOptions extends RunOptions {
  /** The name or the hash of the last migration to apply, with all it builds upon. Default: all. */
  readonly to?: string | undefined;
}

/** One migration that a run has applied or undone. */
export interface MigrationDone {
  readonly name: string;
  readonly hash: string;
  readonly direction: Direction;
  readonly steps: number;
  /** The step at which an interrupted run was taken up again. */
  readonly resumedAt: number | undefined;
  readonly milliseconds: number;
}

export interface MigrateResult {
  /** In the order in which they ran; empty where there was nothing to do. */
  readonly done: readonly MigrationDone[];
}

/**
 * Applies the migrations of a folder that the database does not have yet, each in a transaction where the database can,
 * otherwise step by step, and takes up what was interrupted.
 *
 * Throws `LMP_ORM_MIGRATION_FAILED`, `LMP_ORM_MIGRATION_DATA_LOSS`, `LMP_ORM_MIGRATION_LOCKED`,
 * `LMP_ORM_MIGRATION_CONFLICT`, `LMP_ORM_MIGRATION_CHANGED`, `LMP_ORM_MIGRATION_MISSING`, `LMP_ORM_MIGRATION_INVALID` and
 * `LMP_ORM_MIGRATION_INTERRUPTED`. What ran before a failing one stays.
 */
export async function migrate(source: ConnectionSource, options: MigrateOptions): Promise<MigrateResult> {
  const graph = migrationGraph(await readMigrations(options.folder));
  return openRun(source, options, async (run) => {
    const done = await finishRollback(run, graph);
    for (const state of dueStates(graph, await agreedStates(run, graph), options.to)) {
      done.push(await apply(run, state));
    }
    return { done };
  });
}

/** The states of all migrations. Throws where folder and database do not agree. */
export async function agreedStates(run: MigrationRun, graph: MigrationGraph): Promise<MigrationState[]> {
  const states = migrationStates(graph, await readHistory(run));
  assertAgreed(states);
  return states;
}

/** What is to be applied, in order; an interrupted one comes first, or nothing could build upon it. */
export function dueStates(
  graph: MigrationGraph,
  states: readonly MigrationState[],
  to: string | undefined,
): DueState[] {
  const due = states.filter((one): one is DueState => one.state === "pending" || one.state === "interrupted");
  if (to === undefined) return due;
  const last = migrationNamed(graph, to);
  return due.filter(({ migration }) => migration === last || graph.buildsUpon(last, migration));
}

export type DueState = Extract<MigrationState, { readonly state: "pending" | "interrupted" }>;

/** The migration of a name, or of the beginning of a hash. Throws `LMP_ORM_OPTION_INVALID`. */
export function migrationNamed(graph: MigrationGraph, named: string): Migration {
  const bare = named.replace(/\.(?:sql|[cm]?[jt]s)$/, "");
  const found = graph.order.find(({ name }) => name === bare || name.replace(/^[\d-]+-/, "") === bare);
  const byHash = graph.order.filter(({ hash }) => named.length >= 6 && hash.startsWith(named));
  const migration = found ?? (byHash.length === 1 ? byHash[0] : undefined);
  if (migration !== undefined) return migration;
  const names = graph.order.map(({ name }) => name);
  const close = nearest(named, names);
  throw new LimpidError("LMP_ORM_OPTION_INVALID", `There is no migration ${named}.`, {
    expected: "the name or the hash of a migration",
    found: named,
    fix: close === undefined ? "See them with `limpid db status`." : `Did you mean ${close}?`,
  });
}

async function apply(run: MigrationRun, state: DueState): Promise<MigrationDone> {
  const way = wayOf(state.migration, "up", run);
  if (state.state === "pending") {
    const ordinal = nextOrdinal(await readHistory(run));
    return runWay(run, way, freshEntry(state.migration, "up", ordinal), !isTransactional(run, way));
  }
  assertSameBeginning(way, state.entry);
  return runWay(run, way, state.entry, true);
}

function freshEntry({ hash, name }: Migration, direction: Direction, ordinal: number): HistoryEntry {
  const appliedAt = new Date().toISOString();
  const steps = { stepsDone: 0, stepStarted: 0, checksums: [], stateBefore: undefined };
  return { hash, name, ordinal, appliedAt, direction, finished: false, ...steps };
}

/** Undoes a migration that has run; goes on where that was interrupted. */
export function undo(run: MigrationRun, migration: Migration, entry: HistoryEntry): Promise<MigrationDone> {
  const way = wayOf(migration, "down", run);
  if (entry.direction === "down") {
    assertSameBeginning(way, entry);
    return runWay(run, way, entry, true);
  }
  return runWay(run, way, freshEntry(migration, "down", entry.ordinal), !isTransactional(run, way));
}

/** A rollback that was interrupted is carried through before anything else runs. */
async function finishRollback(run: MigrationRun, graph: MigrationGraph): Promise<MigrationDone[]> {
  const done: MigrationDone[] = [];
  for (const one of migrationStates(graph, await readHistory(run))) {
    if (one.state !== "interrupted" || one.entry.direction !== "down") continue;
    done.push(await undo(run, one.migration, one.entry));
  }
  return done;
}

function isTransactional(run: MigrationRun, way: Way): boolean {
  return way.transaction && run.dialect.features.transactionalDdl;
}

async function runWay(
  run: MigrationRun,
  way: Way,
  entry: HistoryEntry,
  stepwise: boolean,
): Promise<MigrationDone> {
  const begin = performance.now();
  const { migration, direction, steps } = way;
  const { name, hash } = migration;
  await run.tell({ kind: "begin", name, direction, steps: steps.length, done: entry.stepsDone });
  await (stepwise ? runStepwise(run, way, entry) : runInTransaction(run, way, entry));
  const milliseconds = Math.round(performance.now() - begin);
  await run.tell({ kind: "end", name, direction, milliseconds });
  const resumedAt = entry.stepsDone > 0 || entry.stepStarted > 0 ? entry.stepsDone + 1 : undefined;
  return { name, hash, direction, steps: steps.length, resumedAt, milliseconds };
}

/** What has run of an interrupted migration must still stand in its file; the rest may have been mended. */
function assertSameBeginning({ migration, steps }: Way, entry: HistoryEntry): void {
  const differs = entry.checksums.findIndex((checksum, index) => steps[index]?.checksum !== checksum);
  if (differs < 0) return;
  throw new LimpidError(
    "LMP_ORM_MIGRATION_CHANGED",
    `${migration.name} was interrupted, and a step that has run is no longer the same.`,
    {
      expected: `step ${differs + 1} as it ran`,
      found: steps[differs]?.sql.replace(/\s+/g, " ").slice(0, 100) ?? "no such step",
      fix: `Put the first ${entry.checksums.length} steps back as they were; those behind them may change.`,
    },
  );
}
