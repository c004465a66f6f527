/** Writes the migration that brings the declared schema from the last snapshot, or from a database, to the models'. */
import { LimpidError } from "../../errors/index.ts";
import type { DialectName } from "../model/column-type.ts";
import { type Ambiguity, diffSchemas } from "../schema/diff.ts";
import { type Finding, lintOperations } from "../schema/lint.ts";
import type { MigrationStep } from "../schema/migration-step.ts";
import type { Operation } from "../schema/operations.ts";
import type { Renames } from "../schema/renames.ts";
import { renderOperations } from "../schema/render.ts";
import { reverseOperations } from "../schema/reverse.ts";
import type { Schema } from "../schema/schema.ts";
import { touches } from "../schema/touches.ts";
import { describeOperations } from "./describe-operation.ts";
import { type DraftSection, formatMigration } from "./format-migration.ts";
import { type Sorted, sortedOut } from "./left-alone.ts";
import type { Destroyed } from "./migration.ts";
import { readMigrations } from "./migration-folder.ts";
import { type MigrationGraph, migrationGraph } from "./migration-graph.ts";
import { shownDestroyed } from "./migration-header.ts";
import { migrationName } from "./migration-name.ts";
import { parseMigration } from "./parse-migration.ts";
import { schemaOfGraph } from "./schema-of-graph.ts";
import { formatSnapshot, SNAPSHOT_ENDING } from "./snapshot.ts";

export interface DraftOptions {
  readonly folder: string;
  /** What the models declare, for each database that the file is for. */
  readonly declared: readonly Schema[];
  /**
   * What to begin from instead of the last snapshot: the schema of a database. Its tables that neither `declared` nor
   * the last snapshot knows are left alone.
   */
  readonly from?: readonly Schema[] | undefined;
  /** What the models declare in the words of `from`, where those differ. Default: `declared`. */
  readonly to?: readonly Schema[] | undefined;
  /** What it is called, behind the time: `add-posts`. Default: made from what it does. */
  readonly name?: string | undefined;
  readonly renames?: Renames | undefined;
  /** Allows to drop columns and tables. Default: false. */
  readonly allowDataLoss?: boolean | undefined;
  /** Default: the time of the call. */
  readonly now?: Date | undefined;
}

/** A migration that is not written yet. */
export interface MigrationDraft {
  readonly name: string;
  readonly hash: string;
  readonly parents: readonly string[];
  /** What the files hold. */
  readonly sql: string;
  readonly snapshot: string;
  /** What it does, in words, by database. */
  readonly changes: readonly {
    readonly dialect: DialectName;
    readonly operations: readonly string[];
    readonly findings: readonly Finding[];
    readonly loses: readonly string[];
  }[];
}

/** A migration as it was written. */
export interface WrittenMigration extends MigrationDraft {
  readonly file: string;
  readonly snapshotFile: string;
}

/**
 * The migration that is due; `undefined` where the models say what the migrations say. Throws
 * `LMP_ORM_MIGRATION_AMBIGUOUS` where it may be a rename, and `LMP_ORM_MIGRATION_DATA_LOSS` where it would drop something.
 */
export async function draftMigration(options: DraftOptions): Promise<MigrationDraft | undefined> {
  const graph = migrationGraph(await readMigrations(options.folder));
  const changes = options.declared.map((declared) => {
    const from = sortedBase(graph, declared, options)?.schema ?? schemaOfGraph(graph, declared.dialect);
    const to = options.to?.find((one) => one.dialect === declared.dialect) ?? declared;
    return changeBetween(from, to, options);
  });
  if (changes.every(({ operations }) => operations.length === 0)) return undefined;
  const parents = graph.heads.map(({ hash }) => hash).sort();
  const sql = formatMigration({
    parents,
    touches: [...new Set(changes.flatMap(({ touched }) => touched))].sort(),
    sections: changes.flatMap(({ up, down }) => [up, down]),
  });
  const name = migrationName(options.name, changes[0]?.operations ?? [], options.now ?? new Date());
  const taken = graph.order.filter((one) => one.name === name || one.name.startsWith(`${name}-`));
  const free = taken.length === 0 ? name : `${name}-${taken.length + 1}`;
  return {
    name: free,
    hash: parseMigration(sql, { name: free, file: `${free}.sql` }).hash,
    parents,
    sql,
    snapshot: formatSnapshot(Object.fromEntries(options.declared.map((schema) => [schema.dialect, schema]))),
    changes: changes.map(({ dialect, from, operations, findings, up }) => ({
      dialect,
      operations: describeOperations(operations, from),
      findings,
      loses: up.loses.map(shownDestroyed),
    })),
  };
}

/** Writes the migration that is due with its snapshot; `undefined` where nothing is. Throws what `draftMigration` throws. */
export async function writeMigration(options: DraftOptions): Promise<WrittenMigration | undefined> {
  const draft = await draftMigration(options);
  if (draft === undefined) return undefined;
  const { mkdir, writeFile } = process.getBuiltinModule("node:fs/promises");
  const { join } = process.getBuiltinModule("node:path");
  const file = join(options.folder, `${draft.name}.sql`);
  const snapshotFile = join(options.folder, draft.name + SNAPSHOT_ENDING);
  await mkdir(options.folder, { recursive: true });
  // The snapshot first: one without its migration is nothing, a migration without its snapshot would change nothing.
  await writeFile(snapshotFile, draft.snapshot);
  await writeFile(file, draft.sql, { flag: "wx" });
  return { ...draft, file, snapshotFile };
}

/** The names of the tables in `from` that the migration leaves alone. */
export async function tablesLeftAlone(options: DraftOptions): Promise<string[]> {
  const graph = migrationGraph(await readMigrations(options.folder));
  return options.declared.flatMap((declared) => sortedBase(graph, declared, options)?.leftAlone ?? []);
}

/** What to begin from, sorted; `undefined` where that is the last snapshot. */
function sortedBase(
  graph: MigrationGraph,
  declared: Schema,
  { from, renames }: DraftOptions,
): Sorted | undefined {
  const { dialect } = declared;
  const base = from?.find((one) => one.dialect === dialect);
  return base === undefined ? undefined : sortedOut(base, [declared, schemaOfGraph(graph, dialect)], renames);
}

interface Change {
  readonly dialect: DialectName;
  readonly from: Schema;
  readonly operations: readonly Operation[];
  readonly touched: readonly string[];
  readonly findings: readonly Finding[];
  readonly up: DraftSection;
  readonly down: DraftSection;
}

function changeBetween(from: Schema, to: Schema, options: DraftOptions): Change {
  const { renames, allowDataLoss = false } = options;
  const { dialect } = to;
  const { operations, ambiguities } = diffSchemas(from, to, renames);
  const [ambiguity] = ambiguities;
  if (ambiguity !== undefined) throw ambiguous(ambiguity, options.from !== undefined);
  const steps = renderOperations(operations, from);
  const loses = lossesOf(steps);
  if (loses.length > 0 && !allowDataLoss) throw losing(loses);
  // Consent takes the place of the guards against what would be lost.
  const kept = allowDataLoss ? steps.filter(({ guard, loses }) => guard === undefined || !loses) : steps;
  const declared = allowDataLoss ? distinct(steps.flatMap((step) => step.loses ?? [])) : [];
  const back = renderOperations(reverseOperations(operations, from), to);
  return {
    dialect,
    from,
    operations,
    touched: touches(operations, from),
    findings: lintOperations(operations, from, dialect),
    up: { direction: "up", dialect, steps: kept, loses: declared },
    down: { direction: "down", dialect, steps: back, loses: lossesOf(back) },
  };
}

/** What the steps destroy for certain; what stands at a guard is lost only where the guard is left out. */
function lossesOf(steps: readonly MigrationStep[]): Destroyed[] {
  return distinct(steps.flatMap(({ loses, guard }) => (guard === undefined ? (loses ?? []) : [])));
}

function distinct(losses: readonly Destroyed[]): Destroyed[] {
  return [...new Map(losses.map((loss) => [shownDestroyed(loss), loss])).values()];
}

function ambiguous({ kind, from, candidates }: Ambiguity, isDatabase: boolean): LimpidError {
  const renames = candidates.map((to) => `--rename ${from}:${to}`).join(", ");
  const other = candidates.length === 1 ? candidates[0] : `one of ${candidates.join(", ")}`;
  return new LimpidError("LMP_ORM_MIGRATION_AMBIGUOUS", `The ${kind} ${from} is gone from the models.`, {
    expected: "to know whether it was renamed or dropped",
    found: `${other}, which could be the same under a new name`,
    fix: `Say which: ${renames}, or --drop ${from}${isDatabase ? "; or call it so in the model" : ""}`,
  });
}

function losing(losses: readonly Destroyed[]): LimpidError {
  const what = losses.map(shownDestroyed).join(", ");
  return new LimpidError("LMP_ORM_MIGRATION_DATA_LOSS", `The change would drop ${what}.`, {
    expected: "a change that keeps all data",
    found: `models without ${what}`,
    fix: "If it shall go with what it holds, allow it: --allow-data-loss",
  });
}
