/** Tells what `migrate` would do, without doing it. */
import type { ConnectionSource } from "../driver/driver.ts";
import { type Finding, lintOperations } from "../schema/lint.ts";
import { readHistory } from "./history.ts";
import { dueStates } from "./migrate.ts";
import type { Direction, Migration } from "./migration.ts";
import { readMigrations } from "./migration-folder.ts";
import { type MigrationGraph, migrationGraph } from "./migration-graph.ts";
import { shownDestroyed } from "./migration-header.ts";
import { assertAgreed, migrationStates } from "./migration-state.ts";
import { peek } from "./open-run.ts";
import { type RollbackOptions, statesToUndo } from "./rollback.ts";
import { changeOf } from "./schema-of-graph.ts";

export interface PlanOptions {
  readonly folder: string;
  /** The last migration to apply. Default: all. */
  readonly to?: string | undefined;
}

export interface PlannedMigration {
  readonly name: string;
  readonly hash: string;
  readonly direction: Direction;
  readonly statements: readonly string[];
  /** Whether all of it happens or nothing. */
  readonly transaction: boolean;
  /** What it is declared to destroy. */
  readonly loses: readonly string[];
  /** What is dangerous on a database in use. */
  readonly findings: readonly Finding[];
}

/** The migrations that `migrate` would apply, in order. Throws what `migrate` throws before it begins. */
export async function planMigrations(
  source: ConnectionSource,
  { folder, to }: PlanOptions,
): Promise<PlannedMigration[]> {
  const graph = migrationGraph(await readMigrations(folder));
  const states = migrationStates(graph, await peek(source, readHistory));
  assertAgreed(states);
  return dueStates(graph, states, to).map(({ migration }) => planned(graph, migration, "up", source));
}

/** The migrations that `rollback` would undo, the last one first. */
export async function planRollback(
  source: ConnectionSource,
  { folder, steps, to }: RollbackOptions,
): Promise<PlannedMigration[]> {
  const graph = migrationGraph(await readMigrations(folder));
  const states = migrationStates(graph, await peek(source, readHistory));
  assertAgreed(states);
  return statesToUndo(graph, states, { steps, to }).map(({ migration }) =>
    planned(graph, migration, "down", source),
  );
}

function planned(
  graph: MigrationGraph,
  migration: Migration,
  direction: Direction,
  { dialect }: ConnectionSource,
): PlannedMigration {
  const { name, hash } = migration;
  const transactional = dialect.features.transactionalDdl;
  if (migration.kind === "module") {
    const loses = migration.loses.map(shownDestroyed);
    const statements = [`-- ${direction}(db) of ${migration.file}`];
    return { name, hash, direction, statements, transaction: transactional, loses, findings: [] };
  }
  const section = migration.sections[direction].get(dialect.name);
  const { from, operations, ambiguities } = changeOf(graph, migration, dialect.name);
  const linted = direction === "up" && ambiguities.length === 0;
  return {
    name,
    hash,
    direction,
    statements: section?.statements.map(({ sql }) => sql) ?? [],
    transaction: transactional && section?.transaction !== false,
    loses: section?.loses.map(shownDestroyed) ?? [],
    findings: linted ? lintOperations(operations, from, dialect.name) : [],
  };
}
