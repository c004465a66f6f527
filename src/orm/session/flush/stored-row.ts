/** The row of an entity as it was read: by what it is found, and what is said when it is not. */
import { ConflictError } from "../../../errors/index.ts";
import type { ColumnDefinition, TableDefinition } from "../../model/definition.ts";
import { EntityRecord } from "../../model/entity-record.ts";
import { originalOf } from "../entity-values.ts";
import { shownKey, type UnitOfWork } from "../unit-of-work.ts";

/** The columns by which a row is found: its key, and its version. */
export function identifying(table: TableDefinition): ColumnDefinition[] {
  return table.columns.filter((column) => column.primaryKey || column.version);
}

/** What the row holds in a column, whatever the entity does. */
export function storedValue(
  work: UnitOfWork,
  entity: EntityRecord,
  table: TableDefinition,
  column: ColumnDefinition,
): unknown {
  const index = table.columns.indexOf(column);
  return originalOf(EntityRecord.row(entity) ?? [], index, work.decoders(table)[index]);
}

/** Somebody else was quicker. */
export function stale(entity: EntityRecord, table: TableDefinition): ConflictError {
  return new ConflictError("The row was changed or deleted by somebody else since it was read.", {
    code: "LMP_ORM_STALE",
    expected: "the row as it was when it was read",
    found: shownKey(entity, table),
    fix: "Read it again with session.refresh(entity), and apply the change to what it is now.",
  });
}
