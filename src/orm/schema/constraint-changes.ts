/** Which indexes, unique constraints and checks of a table go, and which come. */
import type { DialectName } from "../model/column-type.ts";
import { mentions } from "./expression-names.ts";
import type { Operation } from "./operations.ts";
import type { CheckSchema, IndexSchema, TableSchema, UniqueSchema } from "./schema.ts";

export interface ConstraintChanges {
  readonly drops: readonly Operation[];
  readonly adds: readonly Operation[];
}

/** What is the same on both sides stays, unless a column that it stands on is made anew. */
export function constraintChanges(
  before: TableSchema,
  after: TableSchema,
  columns: { readonly disturbed: ReadonlySet<string>; readonly dropped: ReadonlySet<string> },
  dialect: DialectName,
): ConstraintChanges {
  const table = after.name;
  const isDisturbed = (sql: string) =>
    [...columns.disturbed].some((column) => mentions(sql, column, dialect));
  const isDropped = (names: readonly string[]) => names.some((name) => columns.dropped.has(name));
  const checkIsHit = (check: CheckSchema) => isDisturbed(check.sql);
  const uniqueIsHit = (unique: UniqueSchema) => isDropped(unique.columns);
  const indexIsHit = (index: IndexSchema) =>
    isDropped(index.columns.map((column) => column.name)) ||
    (index.where !== undefined && isDisturbed(index.where));
  const checks = changed(before.checks, after.checks, checkIsHit);
  const uniques = changed(before.uniques, after.uniques, uniqueIsHit);
  const indexes = changed(before.indexes, after.indexes, indexIsHit);
  return {
    drops: [
      ...checks.gone.map(({ name }) => ({ kind: "dropCheck", table, name }) as const),
      ...uniques.gone.map(({ name }) => ({ kind: "dropUnique", table, name }) as const),
      ...indexes.gone.map(({ name }) => ({ kind: "dropIndex", table, name }) as const),
    ],
    adds: [
      ...uniques.come.map((unique) => ({ kind: "addUnique", table, unique }) as const),
      ...indexes.come.map((index) => ({ kind: "addIndex", table, index }) as const),
      ...checks.come.map((check) => ({ kind: "addCheck", table, check }) as const),
    ],
  };
}

function changed<Item>(before: readonly Item[], after: readonly Item[], isHit: (item: Item) => boolean) {
  const stays = (item: Item) => !isHit(item) && after.some((other) => isSame(item, other));
  return {
    gone: before.filter((item) => !stays(item)),
    come: after.filter((item) => !before.some((other) => isSame(item, other) && stays(other))),
  };
}

/** Whether two pieces of a schema say the same. */
export function isSame(left: unknown, right: unknown): boolean {
  return canonical(left) === canonical(right);
}

/** Text of a value in which the order of keys does not count; `undefined` is like absent. */
function canonical(value: unknown): string | undefined {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${entries.sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, item]) => `${key}:${canonical(item)}`)}}`;
}
