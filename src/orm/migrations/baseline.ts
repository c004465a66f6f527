/** Marks migrations as applied without running them: for a database that was there before them. */
import { LimpidError } from "../../errors/index.ts";
import type { ConnectionSource } from "../driver/driver.ts";
import { diffSchemas } from "../schema/diff.ts";
import { introspect } from "../schema/introspect.ts";
import { normalized } from "../schema/normalize.ts";
import { describeOperations } from "./describe-operation.ts";
import { deleteHistory, type HistoryEntry, nextOrdinal, readHistory, writeHistory } from "./history.ts";
import { sortedOut } from "./left-alone.ts";
import { dueStates } from "./migrate.ts";
import type { Migration } from "./migration.ts";
import { readMigrations } from "./migration-folder.ts";
import { type MigrationGraph, migrationGraph } from "./migration-graph.ts";
import type { MigrationRun } from "./migration-run.ts";
import { assertAgreed, migrationStates } from "./migration-state.ts";
import { wayOf } from "./migration-steps.ts";
import { openRun, type RunOptions } from "./open-run.ts";
import { transaction } from "./run-in-transaction.ts";
import { schemaOfGraph } from "./schema-of-graph.ts";

export interface BaselineOptions extends Pick<RunOptions, "folder" | "lockTimeout" | "onEvent"> {
  /** The name or the hash of the last migration to mark, with all it builds upon. Default: all. */
  readonly to?: string | undefined;
  /** Marks them though the database differs from what they make; not one that lacks a table. Default: false. */
  readonly allowDifferences?: boolean | undefined;
  /** Forgets the migrations in the history of the database that are not in the folder. Default: false. */
  readonly replaceHistory?: boolean | undefined;
}

export interface BaselineResult {
  /** What was marked, in order; empty where the database has every migration. */
  readonly done: readonly { readonly name: string; readonly hash: string }[];
  /** The names of those that were taken out of the history; empty unless it was to be replaced. */
  readonly forgotten: readonly string[];
  /** What would make the database into what the migrations make; empty unless differences were allowed. */
  readonly differences: readonly string[];
  /** The tables that no migration knows. */
  readonly leftAlone: readonly string[];
}

/**
 * Marks the migrations of a folder as applied, once the schema of the database has been compared with what they make.
 *
 * Throws `LMP_ORM_MIGRATION_DIFFERS` where it is another, `LMP_ORM_MIGRATION_MISSING` where the database has a history
 * of other migrations, `LMP_ORM_MIGRATION_CHANGED`, `LMP_ORM_MIGRATION_INTERRUPTED`, `LMP_ORM_MIGRATION_LOCKED`,
 * `LMP_ORM_MIGRATION_CONFLICT`, `LMP_ORM_MIGRATION_INVALID`, and `LMP_ORM_OPTION_INVALID` where the folder has none.
 */
export async function baseline(source: ConnectionSource, options: BaselineOptions): Promise<BaselineResult> {
  const graph = migrationGraph(await readMigrations(options.folder));
  if (graph.order.length === 0) throw noneThere(options.folder);
  return openRun(source, options, async (run) => {
    const history = await readHistory(run);
    const { ours, others } = partsOf(history, graph, options.replaceHistory === true);
    const states = migrationStates(graph, ours);
    assertAgreed(states);
    const due = dueStates(graph, states, options.to).map(({ migration }) => migration);
    if (due.length + others.length === 0) return { done: [], forgotten: [], differences: [], leftAlone: [] };
    const applied = states.flatMap((one) => (one.state === "applied" ? one.migration : []));
    const { differences, lacking, leftAlone } = await compared(run, graph, applied, due);
    if (lacking.length > 0) throw lacks(lacking);
    if (differences.length > 0 && options.allowDifferences !== true) throw differs(differences);
    await rewrite(run, others, due, nextOrdinal(history));
    const done = due.map(({ name, hash }) => ({ name, hash }));
    return { done, forgotten: others.map(({ name }) => name), differences, leftAlone };
  });
}

/** The history in two parts: migrations of the folder, and others that are to be forgotten. Throws where they are not. */
function partsOf(history: readonly HistoryEntry[], { byHash, order }: MigrationGraph, replace: boolean) {
  const half = history.find(({ finished }) => !finished);
  if (half !== undefined) throw halfDone(half.name);
  const others = history.filter(({ hash }) => !byHash.has(hash));
  const names = new Set(order.map(({ name }) => name));
  // One of the same name is a file that was changed, which has an error of its own.
  const strange = others.filter(({ name }) => !names.has(name));
  if (replace) return { ours: history.filter(({ hash }) => byHash.has(hash)), others };
  if (strange.length > 0) throw otherHistory(strange.map(({ name }) => name));
  return { ours: history, others: [] };
}

interface Comparison {
  readonly differences: readonly string[];
  /** The tables that migrations make and the database does not have. */
  readonly lacking: readonly string[];
  readonly leftAlone: readonly string[];
}

async function compared(
  run: MigrationRun,
  graph: MigrationGraph,
  applied: readonly Migration[],
  due: readonly Migration[],
): Promise<Comparison> {
  const { connection, dialect } = run;
  const made = schemaOfGraph(migrationGraph([...applied, ...due]), dialect.name);
  const known = [made, schemaOfGraph(graph, dialect.name)];
  const { schema, leftAlone } = sortedOut(await introspect(connection, dialect.name), known);
  const { operations } = diffSchemas(schema, await normalized(made, connection));
  const unseen = due.filter(
    (migration) =>
      migration.snapshot?.[dialect.name] === undefined && wayOf(migration, "up", run).steps.length > 0,
  );
  return {
    differences: [
      ...describeOperations(operations, schema),
      ...unseen.map(({ name }) => `whatever ${name} does, which has no snapshot to compare with`),
    ],
    lacking: operations.flatMap((one) => (one.kind === "createTable" ? one.table.name : [])),
    leftAlone,
  };
}

/** All of it or nothing. */
async function rewrite(
  run: MigrationRun,
  forgotten: readonly HistoryEntry[],
  marked: readonly Migration[],
  first: number,
): Promise<void> {
  const appliedAt = new Date().toISOString();
  await transaction(run, async () => {
    await run.lock.renew();
    for (const { hash } of forgotten) await deleteHistory(run, hash);
    for (const [index, migration] of marked.entries()) {
      const { hash, name } = migration;
      const { steps } = wayOf(migration, "up", run);
      await writeHistory(run, {
        hash,
        name,
        ordinal: first + index,
        appliedAt,
        direction: "up",
        finished: true,
        stepsDone: steps.length,
        stepStarted: steps.length,
        checksums: steps.map(({ checksum }) => checksum),
        stateBefore: undefined,
      });
    }
  });
}

function differs(differences: readonly string[]): LimpidError {
  return new LimpidError("LMP_ORM_MIGRATION_DIFFERS", "The database is not what these migrations make.", {
    expected: "no difference",
    found: `a database that still needs\n${differences.map((one) => `    ${one}`).join("\n")}`,
    fix: "Change the models and write the migration anew, or the database: `limpid db diff --from-database` writes the way there. What is to stay as it is: --allow-differences",
  });
}

function lacks(tables: readonly string[]): LimpidError {
  return new LimpidError(
    "LMP_ORM_MIGRATION_DIFFERS",
    "The database lacks tables that these migrations make.",
    {
      expected: "a database that has them all",
      found: `none called ${tables.join(", ")}`,
      fix: "Check the address of the database. Where it is the right one, name the last migration that it has with --to; an empty database wants `limpid db migrate`.",
    },
  );
}

function otherHistory(names: readonly string[]): LimpidError {
  return new LimpidError("LMP_ORM_MIGRATION_MISSING", "The database has a history of other migrations.", {
    expected: "no history, or one of these migrations",
    found: names.join(", "),
    fix: "Name their folder with --migrations. Where these files take their place: --replace-history",
  });
}

function noneThere(folder: string): LimpidError {
  return new LimpidError("LMP_ORM_OPTION_INVALID", "There are no migrations to mark as applied.", {
    expected: "a folder with the migrations that would make this database",
    found: `none in ${folder}`,
    fix: "Write the first one from the models, limpid db diff, or name their folder with --migrations.",
  });
}

function halfDone(name: string): LimpidError {
  return new LimpidError("LMP_ORM_MIGRATION_INTERRUPTED", `${name} is half done.`, {
    expected: "migrations that have run to their end, or not at all",
    found: "one that was interrupted",
    fix: "Carry it through first: limpid db migrate",
  });
}
