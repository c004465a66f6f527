/** By what the rows of two tables find each other in a Map: two values that are equal in SQL give one key. */

import type { DriverRow } from "../driver/driver.ts";
import type { ColumnType } from "../model/column-type.ts";
import type { ColumnDefinition } from "../model/definition.ts";
import type { EntityRecord } from "../model/entity-record.ts";
import type { Plan } from "../query/statements.ts";

/** The key of a value of a column; null where there is no value. */
export function rowKey(value: unknown, type: ColumnType): unknown {
  switch (typeof value) {
    case "number":
      return value;
    case "string":
      return type.kind === "uuid"
        ? value.toLowerCase()
        : type.kind === "custom"
          ? encoded(value, type)
          : value;
    case "bigint":
      // A column of type bigint may refer to one of type integer.
      return BigInt.asIntN(54, value) === value ? Number(value) : value;
    case "undefined":
      return null;
    default:
      return value === null ? null : encoded(value, type);
  }
}

/** Objects are not equal to each other, what is stored of them is. */
function encoded(value: unknown, type: ColumnType): unknown {
  const stored = type.kind === "custom" ? type.encode(value) : value;
  if (stored instanceof Uint8Array) return Buffer.from(stored).toString("hex");
  if (stored instanceof Date) return stored.getTime();
  return typeof stored === "object" ? JSON.stringify(stored) : stored;
}

/** What an entity holds in a column. */
export function valueIn(entity: EntityRecord, column: ColumnDefinition): unknown {
  return (entity as unknown as Readonly<Record<string, unknown>>)[column.property];
}

/** Changes what an entity holds in a column. */
export function assign(entity: EntityRecord, column: ColumnDefinition, value: unknown): void {
  (entity as unknown as Record<string, unknown>)[column.property] = value;
}

/** The key that an entity has in a column; null where it has none. */
export function keyIn(entity: EntityRecord, column: ColumnDefinition): unknown {
  return rowKey(valueIn(entity, column), column.type);
}

/** The key at a position of a row as the driver gave it. */
export function keyAt(row: DriverRow, position: number, plan: Plan, type: ColumnType): unknown {
  const value = row[position];
  if (value === null) return null;
  const decode = plan.decoders[position];
  return rowKey(decode === undefined ? value : decode(value), type);
}
