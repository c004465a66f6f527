/** Compares the migrations of the folder with those that the database remembers. */
import { LimpidError } from "../../errors/index.ts";
import type { HistoryEntry } from "./history.ts";
import type { Migration } from "./migration.ts";
import type { MigrationGraph } from "./migration-graph.ts";

/** How a migration stands: in the folder, in the database, or in both. */
export type MigrationState =
  | { readonly state: "applied"; readonly migration: Migration; readonly entry: HistoryEntry }
  /** Begun and not finished. Its file may have changed since. */
  | { readonly state: "interrupted"; readonly migration: Migration; readonly entry: HistoryEntry }
  | { readonly state: "pending"; readonly migration: Migration }
  /** Finished, and its file no longer says the same. */
  | { readonly state: "changed"; readonly migration: Migration; readonly entry: HistoryEntry }
  /** In the database alone. */
  | { readonly state: "missing"; readonly entry: HistoryEntry };

/** Every migration once: those of the folder in their order, those without a file behind them. */
export function migrationStates(graph: MigrationGraph, history: readonly HistoryEntry[]): MigrationState[] {
  const byHash = new Map(history.map((entry) => [entry.hash, entry]));
  // A file that was edited has another hash; its name tells which one it was.
  const homeless = history.filter(({ hash }) => !graph.byHash.has(hash));
  const byName = new Map(homeless.map((entry) => [entry.name, entry]));
  const states = graph.order.map((migration): MigrationState => {
    const same = byHash.get(migration.hash);
    if (same !== undefined)
      return { state: same.finished ? "applied" : "interrupted", migration, entry: same };
    const edited = byName.get(migration.name);
    if (edited === undefined) return { state: "pending", migration };
    return { state: edited.finished ? "changed" : "interrupted", migration, entry: edited };
  });
  const names = new Set(graph.order.map(({ name }) => name));
  const missing = homeless.filter(({ name }) => !names.has(name));
  return [...states, ...missing.map((entry): MigrationState => ({ state: "missing", entry }))];
}

/** Throws `LMP_ORM_MIGRATION_CHANGED` and `LMP_ORM_MIGRATION_MISSING` where folder and database do not agree. */
export function assertAgreed(states: readonly MigrationState[]): void {
  for (const one of states) {
    if (one.state === "missing") throw missing(one.entry);
    if (one.state === "changed") throw changed(one.migration, one.entry);
  }
}

function changed({ name, file, hash }: Migration, entry: HistoryEntry): LimpidError {
  return new LimpidError("LMP_ORM_MIGRATION_CHANGED", `${name} has run and is no longer the same.`, {
    expected: `${entry.hash}, as it was when it ran at ${entry.appliedAt}`,
    found: `${hash} in ${file}`,
    fix: "Take the file back from the history of the repository, and write what is new as a migration of its own: limpid db diff",
  });
}

function missing({ name, hash, appliedAt }: HistoryEntry): LimpidError {
  return new LimpidError("LMP_ORM_MIGRATION_MISSING", `${name} has run and is not among the files.`, {
    expected: `the file of ${hash}, which ran at ${appliedAt}`,
    found: "none",
    fix: "Bring the file back, from the branch it came from or from the history of the repository.",
  });
}
