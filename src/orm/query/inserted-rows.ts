/** What rows to insert hold in each column, and how many go into one statement. */
import type { Dialect } from "../dialects/dialect.ts";
import type { ColumnDefinition, TableDefinition } from "../model/definition.ts";
import { valueNode } from "./assignments.ts";
import type { InsertNode } from "./nodes.ts";

/** A row as it was given, by the model's columns. */
export type GivenRow = Readonly<Record<string, unknown>>;

/** Rows of one statement. */
export interface Portion {
  readonly columns: readonly ColumnDefinition[];
  readonly rows: readonly GivenRow[];
}

/** The columns of an insertion: those that any row names, and those that have their default here. */
export function insertedColumns(
  table: TableDefinition,
  rows: readonly GivenRow[],
): readonly ColumnDefinition[] {
  return table.columns.filter(
    (column) =>
      column.default?.from === "value" ||
      column.default?.from === "function" ||
      rows.some((row) => row[column.property] !== undefined),
  );
}

/** The rows as the tree of a statement holds them. */
export function rowNodes(
  columns: readonly ColumnDefinition[],
  rows: readonly GivenRow[],
): InsertNode["rows"] {
  return rows.map((row) =>
    columns.map((column) => {
      const value = insertedValue(column, row[column.property]);
      return value === undefined ? undefined : valueNode(column, value);
    }),
  );
}

/** What a row holds in a column; `undefined` where nothing is given and nothing is the default. */
export function givenValue(row: GivenRow, column: ColumnDefinition): unknown {
  const value = row[column.property];
  if (value !== undefined) return value;
  return column.default === undefined ? undefined : insertedValue(column, undefined);
}

/** What a row holds in a column; `undefined` where that is for the database to say. */
export function insertedValue(column: ColumnDefinition, value: unknown): unknown {
  if (value !== undefined) return value;
  if (column.default?.from === "value") return column.default.value;
  if (column.default?.from === "function") return column.default.make();
  return column.nullable && column.default === undefined ? null : undefined;
}

/** Rows that go into one statement: as many as it takes, and on SQLite, which has no DEFAULT there, of the same columns. */
export function portionsOf(table: TableDefinition, rows: readonly GivenRow[], dialect: Dialect): Portion[] {
  const runs = dialect.name === "sqlite" ? runsOfSameColumns(table, rows) : [rows];
  return runs.flatMap((run) => {
    const columns = insertedColumns(table, run);
    const size = portionSize(dialect, columns.length);
    const count = Math.ceil(run.length / size);
    return Array.from({ length: count }, (_, index) => ({
      columns,
      rows: run.slice(index * size, (index + 1) * size),
    }));
  });
}

/** Rows one behind the other that leave the same columns to the database. */
function runsOfSameColumns(table: TableDefinition, rows: readonly GivenRow[]): GivenRow[][] {
  const open = table.columns.filter(
    ({ default: fallback, nullable }) => fallback?.from === "sql" || (fallback === undefined && !nullable),
  );
  const runs: GivenRow[][] = [];
  let previous: GivenRow | undefined;
  for (const row of rows) {
    const before = previous;
    const isAlike =
      before !== undefined &&
      open.every(({ property }) => (row[property] === undefined) === (before[property] === undefined));
    if (isAlike) runs.at(-1)?.push(row);
    else runs.push([row]);
    previous = row;
  }
  return runs;
}

/** As many rows as a statement takes, and no more than make a statement worth preparing. */
function portionSize({ features }: Dialect, columns: number): number {
  return Math.max(1, Math.min(1000, Math.floor(features.maxPlaceholders / Math.max(1, columns))));
}
