/** The reference of the random units of work: tables as maps, what is pending, and what a flush makes of both. */
import { columns, foreignKeys, keys, type ModelName, models, uniques } from "./shelf.ts";

export type Row = Readonly<Record<string, unknown>>;
export type Tables = Readonly<Record<ModelName, ReadonlyMap<string, Row>>>;

/** An entity under test and what it should hold. A column may refer to an item whose key is not known yet. */
export interface Item {
  readonly table: ModelName;
  readonly entity: Record<string, unknown>;
  values: Record<string, unknown>;
  /** Under what it is stored; `undefined` where it has not been written. */
  stored: string | undefined;
  /** Whether the database is to count its key. */
  readonly counted: boolean;
  deleted: boolean;
}

/** A link between a book and a tag that is to be made or taken away. */
export interface Link {
  readonly book: Item;
  readonly tag: Item;
  /** `undefined`: away. */
  readonly weight: number | undefined;
  /** The key of the row at that time. */
  readonly key: string;
}

export interface Pending {
  readonly items: readonly Item[];
  readonly links: readonly Link[];
}

/** How a flush may end: well, by all means badly, or badly because of the order of its statements. */
export type Outcome = "well" | "badly" | "either";

export const noRows: Tables = Object.fromEntries(
  Object.keys(models).map((name) => [name, new Map()]),
) as unknown as Tables;

export function keyOf(table: ModelName, row: Row): string {
  return keys[table].map((column) => String(row[column])).join("/");
}

let temporary = 0;

/** The key of an item; one that nobody else has while it is not known. */
const temporaries = new WeakMap<Item, string>();

export function valueIn(item: Item, column: string): unknown {
  const value = item.values[column];
  if (isItem(value)) return valueIn(value, keys[value.table][0] ?? "");
  if (value !== undefined || column !== keys[item.table][0]) return value;
  const known = temporaries.get(item) ?? `new ${++temporary}`;
  temporaries.set(item, known);
  return known;
}

export function isItem(value: unknown): value is Item {
  return typeof value === "object" && value !== null && "entity" in value && "stored" in value;
}

export function rowOf(item: Item): Row {
  return Object.fromEntries(columns[item.table].map((column) => [column, valueIn(item, column) ?? null]));
}

/** The row of an update, which counts the versions. */
function updatedRow(item: Item): Row {
  const row = rowOf(item);
  return typeof row.version === "number" ? { ...row, version: row.version + 1 } : row;
}

function isSameRow(one: Row | undefined, other: Row): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

export function isDirty(item: Item, tables: Tables): boolean {
  if (item.stored === undefined || item.deleted) return false;
  const row = tables[item.table].get(item.stored);
  return row !== undefined && !isSameRow(row, rowOf(item));
}

/** What the tables hold after a flush, and whether it can end well. */
export function flushed(tables: Tables, { items, links }: Pending): { after: Tables; outcome: Outcome } {
  const after = copied(tables);
  let bad = false;
  const put = (table: ModelName, row: Row): void => {
    const key = keyOf(table, row);
    if (after[table].has(key)) bad = true;
    after[table].set(key, row);
  };
  const live = items.filter(({ deleted }) => !deleted);
  const dirty = live.filter((item) => isDirty(item, tables));
  const gone = items.filter(({ deleted, stored }) => deleted && stored !== undefined);
  const gain = live.filter(({ stored }) => stored === undefined);
  for (const { key, weight } of links) if (weight === undefined) after.book_tags.delete(key);
  for (const item of dirty) after[item.table].delete(item.stored ?? "");
  for (const item of gone) after[item.table].delete(item.stored ?? "");
  for (const item of dirty) put(item.table, updatedRow(item));
  for (const item of gain) put(item.table, rowOf(item));
  for (const { book, tag, weight } of links)
    if (weight !== undefined)
      put("book_tags", { bookId: valueIn(book, "id"), tagCode: valueIn(tag, "code"), weight });
  cascade(after, gone);
  if (bad || isBroken(after)) return { after, outcome: "badly" };
  return { after, outcome: isTransient(tables, { dirty, gone, gain, links }) ? "either" : "well" };
}

export function linkKey(book: Item, tag: Item): string {
  return `${String(valueIn(book, "id"))}/${String(valueIn(tag, "code"))}`;
}

type Mutable = Record<ModelName, Map<string, Row>>;

export function copied(tables: Tables): Mutable {
  return Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, new Map(rows)])) as Mutable;
}

function cascade(after: Mutable, gone: readonly Item[]): void {
  for (const { stored, table } of gone) {
    const falling = foreignKeys.filter(({ cascade: falls, to }) => falls && to === table);
    for (const { column, from } of falling)
      for (const [key, row] of after[from]) if (String(row[column]) === stored) after[from].delete(key);
  }
}

/** Whether a constraint is broken in the end. */
function isBroken(after: Tables): boolean {
  const missing = foreignKeys.some(({ column, from, to }) =>
    [...after[from].values()].some((row) => row[column] != null && !after[to].has(String(row[column]))),
  );
  const twice = uniques.some(({ column, table }) => {
    const values = [...after[table].values()].map((row) => row[column]).filter((value) => value != null);
    return new Set(values).size < values.length;
  });
  return missing || twice;
}

interface Changes {
  readonly dirty: readonly Item[];
  readonly gone: readonly Item[];
  readonly gain: readonly Item[];
  readonly links: readonly Link[];
}

/** Whether a constraint may be broken on the way: rows are inserted, then updated, then deleted. */
function isTransient(before: Tables, { dirty, gain, gone, links }: Changes): boolean {
  const freed = uniques.some(({ column, table }) => {
    const owners = new Map<unknown, string>();
    for (const [key, row] of before[table]) owners.set(row[column], key);
    return [...gain, ...dirty].some((item) => {
      const value = valueIn(item, column);
      if (item.table !== table || value == null) return false;
      const key = item.stored ?? keyOf(table, rowOf(item));
      const owner = owners.get(value);
      owners.set(value, key);
      return owner !== undefined && owner !== key;
    });
  });
  const again = [...gain, ...dirty].some((item) => {
    const key = keyOf(item.table, rowOf(item));
    return key !== item.stored && before[item.table].has(key);
  });
  const moved = dirty.some((item) => keyOf(item.table, rowOf(item)) !== item.stored);
  const linked = links.length > 0 || gain.some(({ table }) => table === "book_tags");
  const relinked = links.some(
    ({ book, tag, weight }) => weight !== undefined && before.book_tags.has(linkKey(book, tag)),
  );
  return freed || again || relinked || (moved && (linked || gone.length > 0 || before.book_tags.size > 0));
}
