/** Tables of somebody else in the same database: neither models nor migrations know them, so they are left alone. */
import type { Renames } from "../schema/renames.ts";
import type { Schema } from "../schema/schema.ts";

/** The schema of a database in two parts. */
export interface Sorted {
  /** With the tables that somebody knows. */
  readonly schema: Schema;
  /** The names of the others. */
  readonly leftAlone: readonly string[];
}

/**
 * Sorts the tables of a database by whether one of the schemas `known` has them, or somebody speaks of them in
 * `renames`. Names that differ in capitals alone count as known, so that a slip is asked about instead of passed over.
 */
export function sortedOut(live: Schema, known: readonly Schema[], renames: Renames = {}): Sorted {
  const names = new Set(
    [
      ...known.flatMap(({ tables }) => tables.map(({ name }) => name)),
      ...(renames.renamed ?? []).map(({ from }) => from),
      ...(renames.dropped ?? []),
    ].map((name) => name.toLowerCase()),
  );
  const isKnown = ({ name }: { readonly name: string }): boolean => names.has(name.toLowerCase());
  return {
    schema: { ...live, tables: live.tables.filter(isKnown) },
    leftAlone: live.tables.filter((table) => !isKnown(table)).map(({ name }) => name),
  };
}
