/** The columns of an entity as values: what they are, what they were, and whether they differ. */
import type { Decode } from "../dialects/dialect.ts";
import type { ColumnType } from "../model/column-type.ts";
import type { ColumnDefinition, TableDefinition } from "../model/definition.ts";
import type { EntityRecord, Row } from "../model/entity-record.ts";

/** The values that were written, in the place of a row that was read. */
export class WrittenRow extends Array<unknown> {}

/** A value of an application's own type as it was written: nobody else can copy it, but it can be encoded again. */
class WrittenCustom {
  readonly value: unknown;
  readonly encoded: unknown;

  constructor(value: unknown, encoded: unknown) {
    this.value = value;
    this.encoded = encoded;
  }
}

type Values = Record<string, unknown>;

/** What a column of an entity holds now. */
export function columnValue(entity: EntityRecord, column: ColumnDefinition): unknown {
  return (entity as EntityRecord & Values)[column.property];
}

export function setValue(entity: EntityRecord, column: ColumnDefinition, value: unknown): void {
  (entity as EntityRecord & Values)[column.property] = value;
}

/** What a column held when the entity was read or last written. */
export function originalOf(row: Row, index: number, decode: Decode | undefined): unknown {
  const value = row[index];
  if (value instanceof WrittenCustom) return value.value;
  return row instanceof WrittenRow || decode === undefined || value === null ? value : decode(value);
}

/** The columns of an entity as they are now, kept apart from it: changing a Date in place must be seen later. */
export function written(entity: EntityRecord, table: TableDefinition): WrittenRow {
  const { columns } = table;
  const row = new WrittenRow(columns.length);
  for (let index = 0; index < columns.length; index++) {
    const column = columns[index] as ColumnDefinition;
    row[index] = copied(columnValue(entity, column), column.type);
  }
  return row;
}

function copied(value: unknown, type: ColumnType): unknown {
  if (value === null || value === undefined) return value;
  if (type.kind === "custom") return new WrittenCustom(value, type.encode(value));
  return typeof value === "object" ? clone(value) : value;
}

/** `structuredClone`, which takes long for the two kinds of objects that columns hold most. */
function clone(value: object): unknown {
  if (value instanceof Date) return new Date(value);
  if (value instanceof Uint8Array) return value.slice();
  return structuredClone(value);
}

/** Gives an entity the values of its row again. */
export function restore(
  entity: EntityRecord,
  table: TableDefinition,
  row: Row,
  decoders: readonly (Decode | undefined)[],
): void {
  table.columns.forEach((column, index) => {
    const value = originalOf(row, index, decoders[index]);
    const isKept = row instanceof WrittenRow && column.type.kind !== "custom" && typeof value === "object";
    setValue(entity, column, isKept && value !== null ? clone(value) : value);
  });
}

/** The columns whose values differ from what the row held. */
export function changedColumns(
  entity: EntityRecord,
  table: TableDefinition,
  row: Row,
  decoders: readonly (Decode | undefined)[],
): ColumnDefinition[] | undefined {
  let changed: ColumnDefinition[] | undefined;
  const { columns } = table;
  for (let index = 0; index < columns.length; index++) {
    const column = columns[index] as ColumnDefinition;
    const value = columnValue(entity, column);
    const kept = row[index];
    if (value === kept) continue;
    if (kept instanceof WrittenCustom) {
      if (isEncodedAs(column.type, value, kept.encoded)) continue;
    } else {
      const original = originalOf(row, index, decoders[index]);
      if (value === original || isSame(column.type, value, original)) continue;
    }
    if (column.generated === undefined) (changed ??= []).push(column);
  }
  return changed;
}

function isSame(type: ColumnType, value: unknown, original: unknown): boolean {
  if (value === undefined || value === null || original === null || original === undefined) return false;
  switch (type.kind) {
    case "timestamp":
      return value instanceof Date && original instanceof Date && value.getTime() === original.getTime();
    case "bytes":
      return (
        value instanceof Uint8Array && original instanceof Uint8Array && Buffer.compare(value, original) === 0
      );
    case "json":
    case "array":
      return JSON.stringify(value) === JSON.stringify(original);
    case "custom":
      return isEncodedAs(type, value, type.encode(original));
    case "real":
      return Object.is(value, original);
    default:
      return false;
  }
}

function isEncodedAs(type: ColumnType, value: unknown, original: unknown): boolean {
  if (type.kind !== "custom" || value === null || value === undefined) return false;
  const encoded: unknown = type.encode(value);
  if (encoded instanceof Uint8Array && original instanceof Uint8Array)
    return Buffer.compare(encoded, original) === 0;
  return Object.is(encoded, original);
}

/** The key of an entity for a `Map`: its value where it is one column that can be compared, else text. */
export function keyOf(table: TableDefinition, read: (column: ColumnDefinition) => unknown): unknown {
  const [column] = table.primaryKey;
  if (table.primaryKey.length === 1 && column !== undefined) return comparableKey(read(column));
  const parts = table.primaryKey.map((part) => comparableKey(read(part)));
  return parts.some((part) => part === null || part === undefined)
    ? undefined
    : JSON.stringify(parts.map((part) => [typeof part, String(part)]));
}

/** The key a row has. */
export function keyOfRow(
  row: Row,
  table: TableDefinition,
  decoders: readonly (Decode | undefined)[],
): unknown {
  return keyOf(table, (column) => {
    const index = table.columns.indexOf(column);
    return originalOf(row, index, decoders[index]);
  });
}

export function comparableKey(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex");
  return value;
}

/** The key an entity has now; `undefined` where the database has still to give it. */
export function keyOfEntity(entity: EntityRecord, table: TableDefinition): unknown {
  return keyOf(table, (column) => columnValue(entity, column));
}
