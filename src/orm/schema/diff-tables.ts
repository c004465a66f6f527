/** The operations between two schemas whose names agree: renames are done, what is called the same is the same. */
import { applyOperations } from "./apply.ts";
import { type ColumnChanges, columnsOfTable } from "./column-changes.ts";
import { foreignKeyDrops } from "./column-drop.ts";
import { constraintChanges, isSame } from "./constraint-changes.ts";
import type { Operation } from "./operations.ts";
import type { ForeignKeySchema, Schema, TableSchema } from "./schema.ts";

/** A table in both schemas, and what happens to its columns. */
interface Pair {
  readonly before: TableSchema;
  readonly after: TableSchema;
  readonly columns: ColumnChanges;
}

/** Foreign keys go first and come last, so that what they hold together can change in between. */
export function diffTables(from: Schema, to: Schema): Operation[] {
  const gone = from.tables.filter((table) => !to.tables.some((other) => other.name === table.name));
  const come = to.tables.filter((table) => !from.tables.some((other) => other.name === table.name));
  const pairs = from.tables.flatMap((before): Pair[] => {
    const after = to.tables.find((table) => table.name === before.name);
    return after === undefined ? [] : [{ before, after, columns: columnsOfTable(before, after, to.dialect) }];
  });
  const goneNames = new Set(gone.map((table) => table.name));
  const isInline = from.dialect === "sqlite";
  const stays = (key: ForeignKeySchema, owner: string) => foreignKeyStays(key, owner, pairs, from);
  const operations = foreignKeyDrops(from, (key, owner) => {
    if (goneNames.has(owner)) return !isInline && key.target !== owner;
    return !stays(key, owner);
  });
  const changes = pairs.map((pair) => constraintChanges(pair.before, pair.after, pair.columns, to.dialect));
  for (const change of changes) operations.push(...change.drops);
  for (const table of gone) operations.push({ kind: "dropTable", table: table.name });
  for (const pair of pairs) operations.push(...pair.columns.drops);
  for (const table of come) {
    operations.push({ kind: "createTable", table: isInline ? table : { ...table, foreignKeys: [] } });
  }
  for (const pair of pairs) operations.push(...pair.columns.changes);
  for (const change of changes) operations.push(...change.adds);
  return [...operations, ...foreignKeyAdditions(applyOperations(from, operations), to)];
}

function foreignKeyAdditions(from: Schema, to: Schema): Operation[] {
  return to.tables.flatMap((table) => {
    const there = from.tables.find((other) => other.name === table.name)?.foreignKeys ?? [];
    return table.foreignKeys
      .filter((key) => !there.some((other) => other.name === key.name))
      .map((foreignKey) => ({ kind: "addForeignKey", table: table.name, foreignKey }) as const);
  });
}

/** Whether a foreign key is in both schemas and nothing it stands on changes. */
function foreignKeyStays(
  key: ForeignKeySchema,
  owner: string,
  pairs: readonly Pair[],
  from: Schema,
): boolean {
  const own = pairs.find((pair) => pair.after.name === owner);
  const target = pairs.find((pair) => pair.after.name === key.target);
  if (own === undefined || target === undefined) return false;
  if (!own.after.foreignKeys.some((other) => isSame(key, other))) return false;
  if (from.dialect === "sqlite") return true; // Foreign keys are off while tables change.
  if (key.columns.some((column) => own.columns.disturbed.has(column))) return false;
  if (key.targetColumns.some((column) => target.columns.disturbed.has(column))) return false;
  const isTarget = (columns: readonly string[]) => isSame([...columns].sort(), [...key.targetColumns].sort());
  if (keysThatGo(target).some(isTarget)) return false;
  if (from.dialect !== "mysql") return true;
  // MySQL needs an index that begins with the columns of the foreign key, and refuses to drop the one it uses.
  const begins = (columns: readonly string[]) => key.columns.every((column, at) => columns[at] === column);
  return !keysThatGo(own).some(begins);
}

/** The columns of the keys and indexes that are dropped or changed. */
function keysThatGo({ before, after }: Pair): (readonly string[])[] {
  const keys: (readonly string[])[] = isSame(before.primaryKey, after.primaryKey) ? [] : [before.primaryKey];
  for (const unique of before.uniques) {
    if (!after.uniques.some((other) => isSame(unique, other))) keys.push(unique.columns);
  }
  for (const index of before.indexes) {
    if (after.indexes.some((other) => isSame(index, other))) continue;
    keys.push(index.columns.map((column) => column.name));
  }
  return keys;
}
