/** What a session remembers: the entities it knows, which are new, which are to go, and what refers to what. */
import { LimpidError } from "../../errors/index.ts";
import type { Decode, Dialect } from "../dialects/dialect.ts";
import type { DriverRow } from "../driver/driver.ts";
import type { ColumnDefinition, TableDefinition } from "../model/definition.ts";
import { type Company, EntityRecord } from "../model/entity-record.ts";
import { definitionOfEntity, type ModelDefinition, referencedColumn } from "../model/registry.ts";
import type { Changes, Executor } from "../query/executor.ts";
import type { DeleteNode, ExpressionNode } from "../query/nodes.ts";
import { gather } from "../relations/distribute.ts";
import { bringAlong } from "../relations/pending.ts";
import {
  changedColumns,
  columnValue,
  comparableKey,
  keyOfEntity,
  restore,
  setValue,
} from "./entity-values.ts";
import type { PendingLink } from "./flush/order.ts";
import { IdentityMap } from "./identity-map.ts";

/** A change of an entity: the columns that differ from its row. */
export interface DirtyEntity {
  readonly entity: EntityRecord;
  readonly table: TableDefinition;
  readonly columns: readonly ColumnDefinition[];
}

type Decoders = readonly (Decode | undefined)[];

export class UnitOfWork implements Changes {
  readonly known = new IdentityMap();
  readonly added = new Map<EntityRecord, TableDefinition>();
  readonly deleted = new Map<EntityRecord, TableDefinition>();
  links: PendingLink[] = [];
  /** Rows to delete by condition, before anything is inserted. */
  removals: DeleteNode[] = [];
  epoch = 0;
  readonly #dialect: Dialect;
  readonly #reader: Executor;
  readonly #decoders = new Map<TableDefinition, Decoders>();

  /** `reader` is what the entities load their relations through. */
  constructor(dialect: Dialect, reader: Executor) {
    this.#dialect = dialect;
    this.#reader = reader;
  }

  add(entity: EntityRecord): void {
    const { table } = definitionOfEntity(entity);
    const company = EntityRecord.company(entity);
    if (company !== undefined && company.reader !== this.#reader) throw elsewhere(table);
    this.deleted.delete(entity);
    if (this.added.has(entity) || EntityRecord.row(entity) !== undefined) return;
    this.added.set(entity, table);
    EntityRecord.setCompany(entity, { reader: this.#reader, members: [entity] } satisfies Company);
    bringAlong(entity, this);
  }

  delete(entity: EntityRecord): void {
    const { table } = definitionOfEntity(entity);
    if (this.added.delete(entity)) {
      EntityRecord.setCompany(entity, undefined);
      return;
    }
    if (EntityRecord.row(entity) === undefined) throw notWritten(table);
    if (EntityRecord.company(entity)?.reader !== this.#reader) throw elsewhere(table);
    this.deleted.set(entity, table);
  }

  link(child: EntityRecord, property: string, parent: EntityRecord, parentProperty: string): void {
    this.unlink(child, property);
    this.links.push({ child, property, parent, parentProperty });
  }

  unlink(child: EntityRecord, property: string): void {
    this.links = this.links.filter((link) => link.child !== child || link.property !== property);
  }

  /** Takes back all links of an entity that have not been settled. */
  unlinkAll(child: EntityRecord): void {
    this.links = this.links.filter((link) => link.child !== child);
  }

  deleteWhere({ table }: ModelDefinition, where: ExpressionNode): void {
    this.removals.push({ kind: "delete", table, where, returning: [] });
  }

  /** What a flush that was taken back had linked and removed, so far as nobody has asked for something else since. */
  pendAgain(links: readonly PendingLink[], removals: readonly DeleteNode[]): void {
    const isAsked = ({ child, property, was }: PendingLink): boolean =>
      valueIn(child, property) === was &&
      !this.links.some((link) => link.child === child && link.property === property);
    this.links = [...links.filter(isAsked), ...this.links];
    this.removals = [...removals, ...this.removals.filter((removal) => !removals.includes(removal))];
  }

  /** Entities are about to lose the keys that a database gave them: those that refer to them will get the next ones. */
  linkAgain(parents: readonly EntityRecord[], column: ColumnDefinition): void {
    const byKey = new Map(parents.map((parent) => [columnValue(parent, column), parent]));
    byKey.delete(undefined);
    byKey.delete(null);
    const linked = new Map<EntityRecord, Set<string>>();
    for (const { child, property } of this.links)
      linked.set(child, (linked.get(child) ?? new Set()).add(property));
    for (const child of this.#all()) {
      for (const { property } of referencesTo(column, definitionOfEntity(child).table)) {
        const was = valueIn(child, property);
        const parent = byKey.get(was);
        if (parent === undefined || linked.get(child)?.has(property) === true) continue;
        this.links.push({ child, property, parent, parentProperty: column.property, was });
      }
    }
  }

  *#all(): Generator<EntityRecord> {
    yield* this.added.keys();
    for (const [, entities] of this.known) yield* entities;
  }

  find(definition: ModelDefinition, key: unknown): EntityRecord | undefined {
    const entity = this.known.get(definition.table, comparableKey(key));
    return entity !== undefined && this.deleted.has(entity) ? undefined : entity;
  }

  entities(definition: ModelDefinition, rows: readonly DriverRow[], decoders: Decoders): EntityRecord[] {
    return this.known.entities(definition, rows, decoders, this.#reader);
  }

  /** Rows that were written together load their relations together. */
  gather(entities: readonly EntityRecord[]): void {
    gather(this.#reader, entities);
  }

  /** Puts the keys of parents that have one into the columns that refer to them. Gives those that are settled now. */
  settleLinks(): PendingLink[] {
    const settled: PendingLink[] = [];
    this.links = this.links.filter((link) => {
      const isSettled = settleLink(link);
      if (isSettled) settled.push({ ...link, was: valueIn(link.child, link.property) });
      return !isSettled;
    });
    return settled;
  }

  /** The entities that differ from their rows. */
  dirty(): DirtyEntity[] {
    const found: DirtyEntity[] = [];
    for (const [table, entities] of this.known) {
      const decoders = this.decoders(table);
      for (const entity of entities) {
        const row = EntityRecord.row(entity);
        if (row === undefined || this.deleted.has(entity)) continue;
        const columns = changedColumns(entity, table, row, decoders);
        if (columns !== undefined) found.push({ entity, table, columns });
      }
    }
    return found;
  }

  /** Whether there is anything to write. */
  get isPending(): boolean {
    const { added, deleted, links, removals } = this;
    return added.size + deleted.size + links.length + removals.length > 0 || this.dirty().length > 0;
  }

  decoders(table: TableDefinition): Decoders {
    let decoders = this.#decoders.get(table);
    if (decoders === undefined) {
      decoders = table.columns.map(({ type }) => this.#dialect.decoder(type));
      this.#decoders.set(table, decoders);
    }
    return decoders;
  }

  /** Takes back everything that has not been written, so that every entity is as its row. */
  discard(): void {
    // First, so that what was changed and deleted is restored too.
    this.deleted.clear();
    for (const { entity, table } of this.dirty()) {
      const row = EntityRecord.row(entity);
      if (row !== undefined) restore(entity, table, row, this.decoders(table));
    }
    for (const entity of this.added.keys()) EntityRecord.setCompany(entity, undefined);
    this.added.clear();
    this.links = [];
    this.removals = [];
    this.forgetRelated();
  }

  /** What was loaded along relations before is asked for anew. */
  forgetRelated(): void {
    this.epoch += 1;
  }
}

/** The columns of a table that refer to this one. */
function referencesTo(column: ColumnDefinition, { columns }: TableDefinition): readonly ColumnDefinition[] {
  return columns.filter(
    ({ references }) => references !== undefined && referencedColumn(references.target())?.column === column,
  );
}

function valueIn(entity: EntityRecord, property: string): unknown {
  return (entity as unknown as Readonly<Record<string, unknown>>)[property];
}

/** Whether the link's column has its value now. */
function settleLink({ child, property, parent, parentProperty, was }: PendingLink): boolean {
  const childColumn = definitionOfEntity(child).table.columnsByProperty.get(property);
  const parentColumn = definitionOfEntity(parent).table.columnsByProperty.get(parentProperty);
  if (childColumn === undefined || parentColumn === undefined) return true;
  if (was !== undefined && columnValue(child, childColumn) !== was) return true;
  const value = columnValue(parent, parentColumn);
  if (value === undefined || value === null) return false;
  setValue(child, childColumn, value);
  return true;
}

/** The key of an entity, for messages. */
export function shownKey(entity: EntityRecord, table: TableDefinition): string {
  return `${table.name} ${String(keyOfEntity(entity, table))}`;
}

function elsewhere(table: TableDefinition): LimpidError {
  return new LimpidError("LMP_ORM_ENTITY_INVALID", "The entity belongs to another session.", {
    expected: "an entity that this session read or was given",
    found: `one of "${table.name}" from elsewhere`,
    fix: "Read it in this session, or bring its values over with session.merge(entity).",
  });
}

function notWritten(table: TableDefinition): LimpidError {
  return new LimpidError("LMP_ORM_ENTITY_INVALID", "What has not been written cannot be deleted.", {
    expected: "an entity that was read or written",
    found: `a new one of "${table.name}"`,
    fix: "Leave it out, or write it first.",
  });
}
