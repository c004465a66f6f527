/** What rows to insert hold in each column, and how many go into one statement. */
import type { Dialect } from "../dialects/dialect.ts";
import type { ColumnDefinition, TableDefinition } from "../model/definition.ts";
import { valueNode } from "./assignments.ts";
import { Expression } from "./expression.ts";
import type { ExpressionNode } from "./nodes.ts";

/** A row as it was given, by the model's columns. */
export type GivenRow = Readonly<Record<string, unknown>>;

/** The values of a row by the columns of a statement; `undefined` is for the database to say. */
export type FilledRow = readonly unknown[];

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
  rows: readonly FilledRow[],
): (ExpressionNode | undefined)[][] {
  return rows.map((row) =>
    row.map((value, index) =>
      value === undefined ? undefined : valueNode(columns[index] as ColumnDefinition, value),
    ),
  );
}

/** The rows with their defaults, which may be made anew each time: to be asked for once. */
export function filledRows({ columns, rows }: Portion): FilledRow[] {
  return rows.map((row) => columns.map((column) => insertedValue(column, row[column.property])));
}

/** Whether the database has to calculate a value. */
export function hasExpression(row: GivenRow): boolean {
  for (const name in row) if (row[name] instanceof Expression) return true;
  return false;
}

/** What a row holds in a column; `undefined` where nothing is given and nothing is the default. */
export function givenValue(row: GivenRow, column: ColumnDefinition): unknown {
  const value = row[column.property];
  if (value !== undefined) return value;
  return column.default === undefined ? undefined : insertedValue(column, undefined);
}

/** What a row holds in a column; `undefined` where that is for the database to say. */
function insertedValue(column: ColumnDefinition, value: unknown): unknown {
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
function portionSize({ features, name }: Dialect, columns: number): number {
  // SQLite has DEFAULT VALUES for one row alone.
  if (columns === 0 && name === "sqlite") return 1;
  return Math.max(1, Math.min(1000, Math.floor(features.maxPlaceholders / Math.max(1, columns))));
}
