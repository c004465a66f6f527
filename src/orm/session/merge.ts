/** Brings the values of an entity from elsewhere over into the entity of a row; `Session.merge` finds or makes that one. */
import { isDeepStrictEqual } from "node:util";
import type { ColumnDefinition } from "../model/definition.ts";
import { initialOf } from "../model/entity-class.ts";
import { EntityRecord } from "../model/entity-record.ts";
import type { ModelDefinition } from "../model/registry.ts";
import { columnValue, setValue } from "./entity-values.ts";
import { stale } from "./flush/stored-row.ts";

/**
 * Assigns what an entity from elsewhere holds: all of one that was read, of one that was made what it was made of.
 * Throws `LMP_ORM_STALE` (409) where the row has another version than the one that was seen.
 */
export function bringOver(
  from: EntityRecord,
  { table }: ModelDefinition,
  to: EntityRecord,
  isWritten: boolean,
): void {
  for (const column of table.columns) {
    const value = columnValue(from, column);
    if (column.generated !== undefined || value === undefined) continue;
    if (!isWritten) setValue(to, column, value);
    else if (!isOwn(from, column, value)) continue;
    else if (!column.version) setValue(to, column, value);
    else if (value !== columnValue(to, column)) throw stale(to, table);
  }
}

/** Whether a value is the entity's own, and not what a new one holds where nothing was given. */
function isOwn(entity: EntityRecord, column: ColumnDefinition, value: unknown): boolean {
  const given = EntityRecord.given(entity) as Readonly<Record<string, unknown>> | undefined;
  if (given === undefined || EntityRecord.row(entity) !== undefined) return true;
  if (given[column.property] !== undefined) return true;
  if (column.default?.from === "function") return false;
  return !isDeepStrictEqual(value, initialOf(column));
}
