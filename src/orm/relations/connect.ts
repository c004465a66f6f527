/** Lets a row refer to another, now or as soon as the other has its key. */
import type { ColumnDefinition } from "../model/definition.ts";
import { EntityRecord } from "../model/entity-record.ts";
import type { Changes } from "../query/executor.ts";
import { assign, valueIn } from "./row-key.ts";

/** `child[column]` becomes `parent[parentColumn]`. A new parent is written first, also where its key is known. */
export function connect(
  child: EntityRecord,
  column: ColumnDefinition,
  parent: EntityRecord,
  parentColumn: ColumnDefinition,
  changes: Changes | undefined,
): void {
  const key = valueIn(parent, parentColumn);
  if (key !== undefined && key !== null) assign(child, column, key);
  if (EntityRecord.row(parent) === undefined)
    changes?.link(child, column.property, parent, parentColumn.property);
  else changes?.unlink(child, column.property);
}

/** `child[column]` becomes null. Where it cannot be null, the row is deleted. */
export function release(child: EntityRecord, column: ColumnDefinition, changes: Changes | undefined): void {
  changes?.unlink(child, column.property);
  if (column.nullable) assign(child, column, null);
  else if (changes === undefined) assign(child, column, undefined);
  else changes.delete(child);
}
