/**
 * Changes that ALTER TABLE of SQLite cannot do: the table is made anew under another name, the rows are copied, the old
 * one goes and the new one takes its name. Foreign keys are off meanwhile, or dropping the old table would delete, by
 * ON DELETE CASCADE, the rows of every table that refers to it.
 */
import { duplicatesGuard, lossGuard, newColumnGuard, nullsGuard } from "../../schema/guards.ts";
import { textLiteral } from "../../schema/literal.ts";
import type { Loss, MigrationStep } from "../../schema/migration-step.ts";
import type { ColumnSchema, TableSchema } from "../../schema/schema.ts";
import { indexSteps, q, tableSql } from "./create-table.ts";
import { copiedSql, cutValuesSql } from "./type-change.ts";

export interface Rebuild {
  /** The table as it is in the database. */
  readonly before: TableSchema;
  /** The same, as it shall be. Columns of one name are the same, but for those in `fresh`. */
  readonly after: TableSchema;
  /** New columns, with the SQL of what rows get that are there already. */
  readonly fresh: ReadonlyMap<string, string | undefined>;
  /** Columns that go and hold values of their own. */
  readonly lost: readonly string[];
}

export function rebuildSteps(rebuild: Rebuild): MigrationStep[] {
  const { before, after } = rebuild;
  const table = after.name;
  const temporary = `limpid_rebuild_${table}`;
  const steps: MigrationStep[] = [
    { sql: tableSql(after, temporary), rebuild: { table, stage: "begin" }, note: `${table} is made anew.` },
    { sql: copySql(rebuild, temporary) },
  ];
  const isCounted = (side: TableSchema) => side.columns.some((column) => column.identity);
  // The highest number ever given stays known, so that no deleted row's number comes again.
  if (isCounted(before) && isCounted(after)) {
    const [from, to] = [textLiteral(table), textLiteral(temporary)];
    steps.push({ sql: `DELETE FROM sqlite_sequence WHERE name = ${to}` });
    steps.push({
      sql: `INSERT INTO sqlite_sequence (name, seq) SELECT ${to}, seq FROM sqlite_sequence WHERE name = ${from}`,
    });
  }
  steps.push({ sql: `DROP TABLE ${q(table)}` });
  // The legacy way leaves views, triggers and foreign keys of others alone: they mean the table by its name.
  steps.push({ sql: "PRAGMA legacy_alter_table = ON" });
  steps.push({ sql: `ALTER TABLE ${q(temporary)} RENAME TO ${q(table)}` });
  steps.push({ sql: "PRAGMA legacy_alter_table = OFF" });
  steps.push(...guardedIndexes(before, after));
  const last = steps.length - 1;
  const ended = steps.map((step, at) =>
    at === last ? { ...step, rebuild: { table, stage: "end" as const } } : step,
  );
  return [...guards(rebuild), ...withLosses(ended, table, rebuild.lost)];
}

/** Where rows could not be copied, or only with a loss. */
function guards({ before, after, fresh }: Rebuild): MigrationStep[] {
  const steps: MigrationStep[] = [];
  for (const column of after.columns) {
    if (fresh.has(column.name)) {
      const fill = fresh.get(column.name);
      steps.push(...newColumnGuard({ kind: "addColumn", table: after.name, column, fill }, "sqlite"));
      continue;
    }
    const from = before.columns.find((other) => other.name === column.name);
    if (from === undefined || column.generated !== undefined) continue;
    if (from.nullable && !column.nullable) steps.push(nullsGuard(after.name, column.name, "sqlite"));
    const cut = cutValuesSql(q(column.name), from.type, column.type);
    if (cut !== undefined) steps.push(lossGuard(after.name, column.name, column.type, cut, "sqlite"));
  }
  return steps;
}

/** Column by column: never `SELECT *`, whose order is that of the old table. */
function copySql({ before, after, fresh }: Rebuild, temporary: string): string {
  const targets: string[] = [];
  const sources: string[] = [];
  for (const column of after.columns) {
    const source = sourceOf(column, before, fresh);
    if (source === undefined) continue;
    targets.push(q(column.name));
    sources.push(source);
  }
  // Rows of nothing but new columns are as many as before.
  if (targets.length === 0) return `INSERT INTO ${q(temporary)} (rowid) SELECT rowid FROM ${q(after.name)}`;
  return `INSERT INTO ${q(temporary)} (${targets.join(", ")}) SELECT ${sources.join(", ")} FROM ${q(after.name)}`;
}

function sourceOf(
  column: ColumnSchema,
  before: TableSchema,
  fresh: ReadonlyMap<string, string | undefined>,
): string | undefined {
  if (column.generated !== undefined) return undefined;
  if (fresh.has(column.name)) return fresh.get(column.name);
  const from = before.columns.find((other) => other.name === column.name);
  return from && copiedSql(q(column.name), from.type, column.type);
}

function guardedIndexes(before: TableSchema, after: TableSchema): MigrationStep[] {
  const isNew = ({ name }: { name: string }) =>
    ![...before.uniques, ...before.indexes].some((other) => other.name === name);
  const keys = [
    ...after.uniques,
    ...after.indexes
      .filter((index) => index.unique)
      .map((index) => ({ ...index, columns: index.columns.map((column) => column.name) })),
  ];
  return [
    ...keys.filter(isNew).map((key) => duplicatesGuard(after.name, key, "sqlite")),
    ...indexSteps(after),
  ];
}

/** A step says one loss; a rebuild has several, and steps enough for most. */
function withLosses(
  steps: readonly MigrationStep[],
  table: string,
  lost: readonly string[],
): MigrationStep[] {
  const losses: Loss[] = lost.map((column) => ({ table, column }));
  const rest = losses.slice(steps.length).map((loses) => ({ sql: "SELECT 1", loses }));
  const marked = steps.map((step, at) => {
    const loses = losses[at];
    return loses === undefined || step.guard !== undefined ? step : { ...step, loses };
  });
  return [...rest, ...marked];
}
