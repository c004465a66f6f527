/** Finds what has to change so that one schema becomes another. */
import { applyOperations } from "./apply.ts";
import { columnDrop, foreignKeyDrops } from "./column-drop.ts";
import { diffTables } from "./diff-tables.ts";
import { type Ambiguity, matchNames, type NameMatch } from "./match-names.ts";
import type { Operation } from "./operations.ts";
import { orderedRenames } from "./rename-operations.ts";
import type { Renames } from "./renames.ts";
import type { Schema } from "./schema.ts";

export type { Ambiguity };

export interface SchemaDiff {
  /** In an order that works. Ambiguities are in it as drop and add; do not use it while there are any. */
  readonly operations: readonly Operation[];
  readonly ambiguities: readonly Ambiguity[];
}

/**
 * The operations that make `from` into `to`. The order of columns and constraints does not count. A table (or column)
 * that goes while one of a compatible shape comes is an ambiguity, unless `renames` says what it is.
 *
 * Throws `LMP_ORM_OPTION_INVALID` for a rename of something that is not there.
 */
export function diffSchemas(from: Schema, to: Schema, renames: Renames = {}): SchemaDiff {
  const match = matchNames(from, to, renames);
  const operations: Operation[] = [];
  let schema = from;
  const follow = (next: readonly Operation[]) => {
    operations.push(...next);
    schema = applyOperations(schema, next);
  };
  follow(freeTableNames(schema, match));
  const tableNames = schema.tables.map((table) => table.name);
  follow(orderedRenames(match.tables, tableNames).map((rename) => ({ kind: "renameTable", ...rename })));
  for (const [table, columnRenames] of match.columns) {
    for (const { to: name } of columnRenames) {
      const columns = schema.tables.find((candidate) => candidate.name === table)?.columns ?? [];
      const isTaken = columns.some((column) => column.name === name);
      if (isTaken && !columnRenames.some((rename) => rename.from === name))
        follow(columnDrop(schema, table, name));
    }
    const columns = schema.tables.find((candidate) => candidate.name === table)?.columns ?? [];
    const ordered = orderedRenames(
      columnRenames,
      columns.map((column) => column.name),
    );
    follow(ordered.map((rename) => ({ kind: "renameColumn", table, ...rename })));
  }
  follow(diffTables(schema, to));
  return { operations, ambiguities: match.ambiguities };
}

/** Drops what stands where a renamed table shall go. */
function freeTableNames(schema: Schema, match: NameMatch): Operation[] {
  const inTheWay = match.tables
    .map((rename) => rename.to)
    .filter((name) => schema.tables.some((table) => table.name === name))
    .filter((name) => !match.tables.some((rename) => rename.from === name));
  return inTheWay.flatMap((table) => [
    ...foreignKeyDrops(schema, (key, owner) => key.target === table || owner === table),
    { kind: "dropTable", table } as const,
  ]);
}
