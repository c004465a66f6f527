/** In which order rows are inserted, so that what is referred to is there first; deletions go the other way. */
import { LimpidError } from "../../../errors/index.ts";
import type { ColumnDefinition, TableDefinition } from "../../model/definition.ts";
import type { EntityRecord } from "../../model/entity-record.ts";
import { referencedColumn } from "../../model/registry.ts";
import { columnValue } from "../entity-values.ts";

/** `child[property]` becomes `parent[parentProperty]` once the parent has been written. */
export interface PendingLink {
  readonly child: EntityRecord;
  readonly property: string;
  readonly parent: EntityRecord;
  readonly parentProperty: string;
  /** Only while the child still holds this: a key that was taken back. */
  readonly was?: unknown;
}

/** Rows of one table that can be written together. */
export interface Batch {
  readonly table: TableDefinition;
  readonly entities: EntityRecord[];
}

/** What is to be inserted in batches, and the links that close a circle: those are written by an update afterwards. */
export interface InsertOrder {
  readonly batches: readonly Batch[];
  readonly deferred: readonly PendingLink[];
}

/** The tables that a table's columns refer to, without itself. */
export function referencedTables(table: TableDefinition): ReadonlySet<TableDefinition> {
  let known = references.get(table);
  if (known === undefined) {
    const targets = table.columns.flatMap(({ references }) => {
      const target = references && referencedColumn(references.target())?.table;
      return target === undefined || target === table ? [] : [target];
    });
    known = new Set(targets);
    references.set(table, known);
  }
  return known;
}

const references = new WeakMap<TableDefinition, ReadonlySet<TableDefinition>>();

/** Orders new rows. Throws `LMP_ORM_ENTITY_INVALID` for a circle of references none of which can be null at first. */
export function insertOrder(
  entities: ReadonlyMap<EntityRecord, TableDefinition>,
  links: readonly PendingLink[],
): InsertOrder {
  const waiting = new Map(entities);
  const open = new Map<EntityRecord, PendingLink[]>();
  for (const link of [...links, ...ownReferences(entities)]) {
    if (!waiting.has(link.child) || !waiting.has(link.parent)) continue;
    const known = open.get(link.child);
    if (known === undefined) open.set(link.child, [link]);
    else known.push(link);
  }
  const batches: Batch[] = [];
  const deferred: PendingLink[] = [];
  while (waiting.size > 0) {
    const batch = nextBatch(waiting, open);
    if (batch !== undefined) batches.push(batch);
    else if (!forgetReference(waiting, open)) deferred.push(breakCircle(waiting, open));
  }
  return { batches, deferred };
}

/** A reference by a key that stands in the column already; nothing has to be assigned. */
interface OwnReference extends PendingLink {
  readonly own: true;
}

/** A column by which rows of a table refer to others of it. */
interface OwnColumn {
  readonly column: ColumnDefinition;
  readonly target: ColumnDefinition;
}

const ownColumns = new WeakMap<TableDefinition, readonly OwnColumn[]>();

function ownColumnsOf(table: TableDefinition): readonly OwnColumn[] {
  let found = ownColumns.get(table);
  if (found === undefined) {
    found = table.columns.flatMap((column) => {
      const target = column.references && referencedColumn(column.references.target());
      return target?.table === table ? [{ column, target: target.column }] : [];
    });
    ownColumns.set(table, found);
  }
  return found;
}

/** Which rows refer to others of their own table by keys that are known: some databases check row after row. */
function ownReferences(entities: ReadonlyMap<EntityRecord, TableDefinition>): readonly OwnReference[] {
  if (entities.size < 2) return [];
  const found: OwnReference[] = [];
  for (const table of new Set(entities.values())) {
    for (const { column, target } of ownColumnsOf(table)) {
      const rows = [...entities].flatMap(([entity, of]) => (of === table ? [entity] : []));
      const byKey = new Map(rows.map((entity) => [columnValue(entity, target), entity]));
      for (const child of rows) {
        const value = columnValue(child, column);
        const parent = value === undefined || value === null ? undefined : byKey.get(value);
        if (parent === undefined || parent === child) continue;
        found.push({ child, property: column.property, parent, parentProperty: target.property, own: true });
      }
    }
  }
  return found;
}

/** Rows in a circle of known keys are left to the database. */
function forgetReference(
  waiting: ReadonlyMap<EntityRecord, TableDefinition>,
  open: Map<EntityRecord, PendingLink[]>,
): boolean {
  for (const child of waiting.keys()) {
    const list = open.get(child) ?? [];
    const index = list.findIndex((link) => "own" in link && waiting.has(link.parent));
    if (index >= 0) return list.splice(index, 1).length > 0;
  }
  return false;
}

/** All waiting rows of one table that nothing waiting has to precede. */
function nextBatch(
  waiting: Map<EntityRecord, TableDefinition>,
  open: ReadonlyMap<EntityRecord, readonly PendingLink[]>,
): Batch | undefined {
  const tables = new Set(waiting.values());
  const byTable = new Map<TableDefinition, EntityRecord[]>();
  for (const [entity, table] of waiting) {
    const blocked = open.get(entity)?.some(({ parent }) => waiting.has(parent)) ?? false;
    if (blocked) continue;
    const list = byTable.get(table);
    if (list === undefined) byTable.set(table, [entity]);
    else list.push(entity);
  }
  // Columns may hold keys of rows that wait, without a link that says so; tables that refer to each other cannot both wait.
  const free = [...byTable.keys()].find((table) => !waitsFor(table, tables));
  const table = free ?? [...byTable.keys()].find((candidate) => isCircular(candidate, tables));
  const chosen = table ?? byTable.keys().next().value;
  if (chosen === undefined) return undefined;
  const list = byTable.get(chosen) ?? [];
  for (const entity of list) waiting.delete(entity);
  return { table: chosen, entities: list };
}

function waitsFor(table: TableDefinition, waiting: ReadonlySet<TableDefinition>): boolean {
  for (const target of referencedTables(table)) if (waiting.has(target)) return true;
  return false;
}

/** Whether a table refers to itself by way of tables that wait. */
function isCircular(table: TableDefinition, waiting: ReadonlySet<TableDefinition>): boolean {
  const seen = new Set<TableDefinition>();
  const visit = (from: TableDefinition): boolean => {
    for (const target of referencedTables(from)) {
      if (target === table) return true;
      if (!waiting.has(target) || seen.has(target)) continue;
      seen.add(target);
      if (visit(target)) return true;
    }
    return false;
  };
  return visit(table);
}

function breakCircle(
  waiting: ReadonlyMap<EntityRecord, TableDefinition>,
  open: Map<EntityRecord, PendingLink[]>,
): PendingLink {
  for (const [child, table] of waiting) {
    const list = open.get(child) ?? [];
    const index = list.findIndex(
      ({ parent, property }) =>
        waiting.has(parent) && table.columnsByProperty.get(property)?.nullable === true,
    );
    const [link] = index < 0 ? [] : list.splice(index, 1);
    if (link !== undefined) return link;
  }
  const names = [...new Set(waiting.values())].map(({ name }) => name).join(", ");
  throw new LimpidError("LMP_ORM_ENTITY_INVALID", "New rows refer to each other in a circle.", {
    expected: "one column in the circle that may be null at first",
    found: `rows of ${names}`,
    fix: "Declare the column nullable(), or write one of the rows first.",
  });
}

/** Deletions by table: what refers comes before what it refers to. */
export function deleteOrder(entities: ReadonlyMap<EntityRecord, TableDefinition>): Batch[] {
  const { batches } = insertOrder(entities, []);
  return batches.toReversed();
}
