/** What happens to the columns of a table that is in both schemas, and to its primary key. */
import type { DialectName } from "../model/column-type.ts";
import { isSame } from "./constraint-changes.ts";
import { mentions } from "./expression-names.ts";
import type { Operation } from "./operations.ts";
import type { ColumnSchema, TableSchema } from "./schema.ts";

export interface ColumnChanges {
  readonly drops: readonly Operation[];
  /** Additions, alterations and the primary key. */
  readonly changes: readonly Operation[];
  /** Columns that go, come anew, or get another type: what stands on them is made anew. */
  readonly disturbed: ReadonlySet<string>;
  /** Of these, the ones that are dropped: what stands on them has to go before. */
  readonly dropped: ReadonlySet<string>;
}

export function columnsOfTable(before: TableSchema, after: TableSchema, dialect: DialectName): ColumnChanges {
  const pairs = before.columns.flatMap((from) => {
    const to = after.columns.find((column) => column.name === from.name);
    return to === undefined ? [] : [{ from, to }];
  });
  const dropped = new Set(before.columns.map(nameOf).filter((name) => !after.columns.some(isNamed(name))));
  const disturbed = new Set(dropped);
  for (const { from, to } of pairs) {
    if (!isSame(from.generated, to.generated)) dropped.add(to.name);
    // MySQL refuses to touch more than the default of a column with a foreign key.
    const isAltered = dialect === "mysql" && (from.nullable !== to.nullable || from.identity !== to.identity);
    if (from.type !== to.type || isAltered) disturbed.add(to.name);
  }
  addDependentColumns(before, disturbed, dropped, dialect);
  const kept = pairs.filter(({ to }) => !dropped.has(to.name));
  const added = after.columns.filter(
    (column) => dropped.has(column.name) || !before.columns.some(isNamed(column.name)),
  );
  return { ...orderedChanges(before, after, kept, added, dropped), disturbed, dropped };
}

/** Generated columns go and come with a column that they are computed from. */
function addDependentColumns(
  table: TableSchema,
  disturbed: Set<string>,
  dropped: Set<string>,
  dialect: DialectName,
): void {
  for (const name of dropped) disturbed.add(name);
  for (const { name, generated } of table.columns) {
    if (generated === undefined || dropped.has(name)) continue;
    if ([...disturbed].some((column) => mentions(generated.sql, column, dialect))) dropped.add(name);
  }
  for (const name of dropped) disturbed.add(name);
}

/**
 * A column stops being counted before the key changes and begins after; it has no nulls before it becomes part of the
 * key, and may have some after it has left.
 */
function orderedChanges(
  before: TableSchema,
  after: TableSchema,
  kept: readonly { readonly from: ColumnSchema; readonly to: ColumnSchema }[],
  added: readonly ColumnSchema[],
  dropped: ReadonlySet<string>,
): { drops: Operation[]; changes: Operation[] } {
  const table = after.name;
  const drops: Operation[] = [];
  const changes: Operation[] = [];
  const keyChanges = !isSame(before.primaryKey, after.primaryKey);
  const losesKey = before.primaryKey.some((name) => dropped.has(name));
  const restoresKey = losesKey && after.primaryKey.length > 0;
  if (losesKey) {
    const counted = before.columns.find((column) => column.identity);
    if (counted !== undefined)
      drops.push({ kind: "alterColumn", table, to: { ...counted, identity: false } });
    drops.push({ kind: "changePrimaryKey", table, columns: [] });
  }
  // What others are computed from goes last and comes first.
  const droppedColumns = before.columns.filter((column) => dropped.has(column.name)).sort(generatedFirst);
  for (const { name: column } of droppedColumns) drops.push({ kind: "dropColumn", table, column });
  for (const column of [...added].sort(generatedFirst).reverse())
    changes.push({ kind: "addColumn", table, column });
  for (const { from, to } of kept) {
    const current = losesKey ? { ...from, identity: false } : from;
    const first = keyChanges || losesKey ? cautious(current, to) : to;
    if (!isSame(current, first)) changes.push({ kind: "alterColumn", table, to: first });
  }
  if (restoresKey || (keyChanges && !losesKey)) {
    changes.push({ kind: "changePrimaryKey", table, columns: after.primaryKey });
  }
  if (!keyChanges && !losesKey) return { drops, changes };
  for (const { from, to } of kept) {
    const current = cautious(losesKey ? { ...from, identity: false } : from, to);
    if (!isSame(current, to)) changes.push({ kind: "alterColumn", table, to });
  }
  return { drops, changes };
}

function cautious(from: ColumnSchema, to: ColumnSchema): ColumnSchema {
  return { ...to, identity: from.identity && to.identity, nullable: from.nullable && to.nullable };
}

function generatedFirst(left: ColumnSchema, right: ColumnSchema): number {
  return Number(right.generated !== undefined) - Number(left.generated !== undefined);
}

function nameOf(column: ColumnSchema): string {
  return column.name;
}

function isNamed(name: string): (column: ColumnSchema) => boolean {
  return (column) => column.name === name;
}
