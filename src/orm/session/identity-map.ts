/** One entity for each row, however often it is read. */
import type { Decode } from "../dialects/dialect.ts";
import type { DriverRow } from "../driver/driver.ts";
import type { ColumnDefinition, TableDefinition } from "../model/definition.ts";
import { type Company, EntityRecord } from "../model/entity-record.ts";
import type { ModelDefinition } from "../model/registry.ts";
import { changedColumns, comparableKey, keyOf, keyOfEntity, setValue } from "./entity-values.ts";

type Decoders = readonly (Decode | undefined)[];

export class IdentityMap {
  readonly #tables = new Map<TableDefinition, Map<unknown, EntityRecord>>();

  /** The entities of rows. One that is here and unchanged takes the row's values; a changed one keeps its own. */
  entities(
    definition: ModelDefinition,
    rows: readonly DriverRow[],
    decoders: Decoders,
    reader: object,
  ): EntityRecord[] {
    const { table, entity: Entity } = definition;
    const known = this.#table(table);
    const members: EntityRecord[] = [];
    const company: Company = { reader, members };
    const keyOfRow = keyReader(table, decoders);
    const found: EntityRecord[] = new Array(rows.length);
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] as DriverRow;
      const key = keyOfRow(row);
      let entity = known.get(key);
      if (entity === undefined) {
        entity = new Entity(undefined, row, company, decoders);
        known.set(key, entity);
        members.push(entity);
      } else renew(entity, table, row, decoders);
      found[index] = entity;
    }
    return found;
  }

  get(table: TableDefinition, key: unknown): EntityRecord | undefined {
    return this.#tables.get(table)?.get(key);
  }

  set(table: TableDefinition, entity: EntityRecord): void {
    this.#table(table).set(keyOfEntity(entity, table), entity);
  }

  delete(table: TableDefinition, entity: EntityRecord): void {
    const known = this.#tables.get(table);
    const key = keyOfEntity(entity, table);
    if (known?.get(key) === entity) known.delete(key);
  }

  /** Files an entity under its new key. */
  move(table: TableDefinition, entity: EntityRecord, oldKey: unknown): void {
    const known = this.#table(table);
    if (known.get(oldKey) === entity) known.delete(oldKey);
    known.set(keyOfEntity(entity, table), entity);
  }

  /** Files it under the key of its row again. */
  moveBack(table: TableDefinition, entity: EntityRecord, oldKey: unknown): void {
    this.delete(table, entity);
    this.#table(table).set(oldKey, entity);
  }

  *[Symbol.iterator](): Generator<readonly [TableDefinition, Iterable<EntityRecord>]> {
    for (const [table, known] of this.#tables) yield [table, known.values()];
  }

  clear(): void {
    this.#tables.clear();
  }

  #table(table: TableDefinition): Map<unknown, EntityRecord> {
    let known = this.#tables.get(table);
    if (known === undefined) {
      known = new Map();
      this.#tables.set(table, known);
    }
    return known;
  }
}

/** Gives an entity the values of a row that was read just now, unless it has changes of its own. */
export function renew(
  entity: EntityRecord,
  table: TableDefinition,
  row: DriverRow,
  decoders: Decoders,
): void {
  const old = EntityRecord.row(entity);
  if (old === undefined || changedColumns(entity, table, old, decoders) !== undefined) return;
  overwrite(entity, table, row, decoders);
}

/** Gives an entity the values of a row, whatever it had. */
export function overwrite(
  entity: EntityRecord,
  table: TableDefinition,
  row: DriverRow,
  decoders: Decoders,
): void {
  table.columns.forEach((column, index) => {
    const value = row[index];
    const decode = decoders[index];
    setValue(entity, column, decode === undefined || value === null ? value : decode(value));
  });
  EntityRecord.setRow(entity, row);
}

/** Reads the key of a row. The common key is one column. */
function keyReader(table: TableDefinition, decoders: Decoders): (row: DriverRow) => unknown {
  const [column] = table.primaryKey;
  if (column !== undefined && table.primaryKey.length === 1) {
    const index = table.columns.indexOf(column);
    const decode = decoders[index];
    const plain =
      column.type.kind === "integer" || column.type.kind === "text" || column.type.kind === "uuid";
    if (plain && decode === undefined) return (row) => row[index];
    return (row) => comparableKey(decode === undefined ? row[index] : decode(row[index]));
  }
  const indexes = new Map<ColumnDefinition, number>(table.columns.map((each, index) => [each, index]));
  return (row) =>
    keyOf(table, (each) => {
      const index = indexes.get(each) ?? 0;
      const decode = decoders[index];
      return decode === undefined ? row[index] : decode(row[index]);
    });
}
