/** Writes what a session gathered: inserts, updates, deletes, in batches and in an order that constraints permit. */
import { ConflictError } from "../../errors/index.ts";
import type { DriverValue } from "../dialects/dialect.ts";
import type { DriverConnection, DriverRow } from "../driver/driver.ts";
import { isUnnamedReference, referenceNamed } from "../failure/missing-reference.ts";
import type { ColumnDefinition, TableDefinition } from "../model/definition.ts";
import { EntityRecord, type Row } from "../model/entity-record.ts";
import type { ColumnNode, DeleteNode, ExpressionNode, SelectNode } from "../query/nodes.ts";
import { emptySelect, then } from "../query/results.ts";
import type { Parameters, Plan, Statements } from "../query/statements.ts";
import { type BoundRow, bound, boundColumns, type WritePlans, writePlansOf } from "../query/write-plans.ts";
import { columnValue, keyOfRow, originalOf, setValue, written } from "./entity-values.ts";
import { type Batch, deleteOrder, insertOrder } from "./flush-order.ts";
import { type DirtyEntity, shownKey, type UnitOfWork } from "./unit-of-work.ts";

/** How the flush reaches the database: a connection in a transaction, and how errors are told. */
export interface FlushTarget {
  readonly statements: Statements;
  /** Runs `work` on the connection; errors of the driver become those of Limpid, speaking of `table`. */
  run<Result>(
    table: TableDefinition,
    work: (connection: DriverConnection) => Result | Promise<Result>,
  ): Result | Promise<Result>;
  /** Remembers how to take back, in memory, what a rollback takes back in the database. */
  onRollback(undo: () => void): void;
}

/** One statement that gives no rows can stand alone; more need a transaction. */
export interface FlushPlan {
  readonly removals: readonly DeleteNode[];
  readonly inserts: readonly Batch[];
  readonly updates: readonly DirtyEntity[];
  readonly deletes: readonly Batch[];
  readonly deferred: ReturnType<typeof insertOrder>["deferred"];
}

/** What a flush would write. */
export function planFlush(work: UnitOfWork): FlushPlan {
  const { batches, deferred } = insertOrder(work.added, work.links);
  return {
    removals: work.removals,
    inserts: batches,
    deferred,
    updates: work.dirty(),
    deletes: deleteOrder(work.deleted),
  };
}

/** How many statements a plan needs at least; 0 where there is nothing to do. */
export function statementsOf({ removals, inserts, updates, deletes, deferred }: FlushPlan): number {
  const rows = inserts.reduce((sum, { entities }) => sum + entities.length, 0);
  return removals.length + rows + updates.length + deletes.length + deferred.length;
}

/** Writes a plan. Throws violations of constraints, and `LMP_ORM_STALE` (409). */
export async function flush(work: UnitOfWork, plan: FlushPlan, target: FlushTarget): Promise<void> {
  const plans = writePlansOf(target.statements);
  const { links } = work;
  target.onRollback(() => {
    work.links = links;
    work.removals = [...plan.removals];
  });
  for (const removal of plan.removals) await remove(removal, target);
  work.removals = [];
  for (const batch of plan.inserts) {
    work.settleLinks();
    await insertBatch(work, batch, plans, target);
  }
  work.settleLinks();
  const updates = plan.deferred.length > 0 ? work.dirty() : plan.updates;
  for (const dirty of updates) {
    try {
      const done = update(work, dirty, plans, target);
      if (done instanceof Promise) await done;
    } catch (error) {
      throw await withReference(error, dirty.table, [dirty.entity], target);
    }
  }
  for (const batch of plan.deletes) await deleteBatch(work, batch, plans, target);
}

async function insertBatch(
  work: UnitOfWork,
  batch: Batch,
  plans: WritePlans,
  target: FlushTarget,
): Promise<void> {
  const { table } = batch;
  for (const [columns, entities] of byColumns(batch)) {
    const awaited = table.columns.filter((column) => isGiven(column, columns));
    const counted = awaited.length === 1 && awaited[0]?.identity === true ? awaited[0] : undefined;
    const isMany = plans.many(table, columns, awaited) !== undefined;
    for (const part of isMany ? slices(entities) : portions(entities, columns.length, target)) {
      try {
        const done =
          counted !== undefined && part.length === 1 && target.statements.dialect.name !== "postgresql"
            ? insertCounted(part[0] as EntityRecord, table, columns, counted, plans, target)
            : insertReturning(part, table, columns, awaited, plans, target);
        if (done instanceof Promise) await done;
      } catch (error) {
        throw await withReference(error, table, part, target);
      }
      for (const entity of part) settleInserted(work, entity, table, awaited, target);
    }
    work.gather(entities);
  }
}

/** Whether the database gives the column its value. */
function isGiven(column: ColumnDefinition, columns: readonly ColumnDefinition[]): boolean {
  return !columns.includes(column);
}

/** One row whose key the database counts: the driver tells it without RETURNING. */
function insertCounted(
  entity: EntityRecord,
  table: TableDefinition,
  columns: readonly ColumnDefinition[],
  key: ColumnDefinition,
  plans: WritePlans,
  target: FlushTarget,
): void | Promise<void> {
  const { plan, values } = plans.row(table, entity, insertable) ?? insertOf(plans, table, columns, entity);
  const result = target.run(table, (connection) => connection.write(plan.statement, values));
  return then(result, ({ firstId = 0 }) =>
    setValue(entity, key, key.type.kind === "bigint" ? BigInt(firstId) : Number(firstId)),
  );
}

/** What an entity holds in a column; nothing for those that the database computes. */
function insertable(entity: EntityRecord, column: ColumnDefinition): unknown {
  return column.generated === undefined ? columnValue(entity, column) : undefined;
}

function insertOf(
  plans: WritePlans,
  table: TableDefinition,
  columns: readonly ColumnDefinition[],
  entity: EntityRecord,
): BoundRow {
  const plan = plans.insert(table, columns, 1, []);
  return {
    plan,
    values: bound(
      plan,
      columns.map((column) => columnValue(entity, column)),
    ),
  };
}

function insertReturning(
  entities: readonly EntityRecord[],
  table: TableDefinition,
  columns: readonly ColumnDefinition[],
  returning: readonly ColumnDefinition[],
  plans: WritePlans,
  target: FlushTarget,
): void | Promise<void> {
  const many = entities.length > 1 ? plans.many(table, columns, returning) : undefined;
  const plan = many ?? plans.insert(table, columns, entities.length, returning);
  const values =
    many === undefined
      ? boundRows(plan, columns, entities)
      : boundColumns(many, columns, entities, columnValue);
  if (returning.length === 0)
    return then(
      target.run(table, (connection) => connection.write(plan.statement, values)),
      () => {},
    );
  const rows = target.run(table, (connection) => connection.rows(plan.statement, values));
  return then(rows, (found) => takeReturned(entities, returning, plan, found));
}

function boundRows(
  plan: Plan,
  columns: readonly ColumnDefinition[],
  entities: readonly EntityRecord[],
): DriverValue[] {
  const flat: unknown[] = [];
  for (const entity of entities) for (const column of columns) flat.push(columnValue(entity, column));
  return bound(plan, flat);
}

/** Rows come back in the order in which they were given. */
function takeReturned(
  entities: readonly EntityRecord[],
  returning: readonly ColumnDefinition[],
  plan: Plan,
  rows: readonly DriverRow[],
): void {
  entities.forEach((entity, index) => {
    const row = rows[index] ?? [];
    returning.forEach((column, place) => {
      const decode = plan.decoders[place];
      const value = row[place];
      setValue(entity, column, decode === undefined || value === null ? value : decode(value));
    });
  });
}

function settleInserted(
  work: UnitOfWork,
  entity: EntityRecord,
  table: TableDefinition,
  awaited: readonly ColumnDefinition[],
  target: FlushTarget,
): void {
  work.added.delete(entity);
  EntityRecord.setRow(entity, written(entity, table));
  work.known.set(table, entity);
  target.onRollback(() => {
    work.known.delete(table, entity);
    EntityRecord.setRow(entity, undefined);
    for (const column of awaited) setValue(entity, column, undefined);
    work.added.set(entity, table);
  });
}

/** Rows that give the same columns a value go into one statement. */
function byColumns({ table, entities }: Batch): Iterable<readonly [ColumnDefinition[], EntityRecord[]]> {
  const groups = new Map<string, [ColumnDefinition[], EntityRecord[]]>();
  for (const entity of entities) {
    let key = "";
    for (const column of table.columns) key += insertable(entity, column) === undefined ? "-" : "x";
    const group = groups.get(key);
    if (group !== undefined) group[1].push(entity);
    else groups.set(key, [table.columns.filter((_, index) => key[index] === "x"), [entity]]);
  }
  return groups.values();
}

const LARGEST_PORTION = 256;
/** Where one statement takes any number of rows. */
const LARGEST_SLICE = 2000;

function* slices(entities: readonly EntityRecord[]): Generator<readonly EntityRecord[]> {
  for (let start = 0; start < entities.length; start += LARGEST_SLICE)
    yield entities.slice(start, start + LARGEST_SLICE);
}

/**
 * Portions of a few sizes, so that few statements have to be prepared. In this process SQLite is asked row by row: a
 * statement costs it nothing.
 */
function* portions(entities: readonly EntityRecord[], columns: number, { statements }: FlushTarget) {
  const { name, features } = statements.dialect;
  const fitting = Math.max(1, Math.floor(features.maxPlaceholders / Math.max(1, columns)));
  let size = name === "sqlite" ? 1 : 2 ** Math.floor(Math.log2(Math.min(LARGEST_PORTION, fitting)));
  if (features.returning === "none") size = 1;
  let start = 0;
  while (start < entities.length) {
    while (size > entities.length - start) size /= 2;
    yield entities.slice(start, start + size);
    start += size;
  }
}

function update(
  work: UnitOfWork,
  { entity, table, columns }: DirtyEntity,
  plans: WritePlans,
  target: FlushTarget,
): void | Promise<void> {
  const row = EntityRecord.row(entity) ?? [];
  const set = [...columns];
  for (const column of table.columns) {
    if (set.includes(column)) continue;
    if (column.onUpdate !== undefined) setValue(entity, column, column.onUpdate());
    else if (column.version) setValue(entity, column, Number(columnValue(entity, column)) + 1);
    else continue;
    set.push(column);
  }
  const where = identifying(table);
  const original = (column: ColumnDefinition): unknown => storedValue(work, entity, table, column);
  const plan = plans.update(table, set, where);
  const values = bound(plan, [...set.map((column) => columnValue(entity, column)), ...where.map(original)]);
  const result = target.run(table, (connection) => connection.write(plan.statement, values));
  return then(result, ({ changes }) => {
    if (changes === 0) throw stale(entity, table);
    const isMoved = set.some(({ primaryKey }) => primaryKey);
    const settle = (): void => settleUpdated(work, entity, table, row, isMoved, target);
    const computed = table.columns.filter(({ generated }) => generated !== undefined);
    return computed.length === 0 ? settle() : then(readComputed(entity, table, computed, target), settle);
  });
}

function settleUpdated(
  work: UnitOfWork,
  entity: EntityRecord,
  table: TableDefinition,
  row: Row,
  isMoved: boolean,
  target: FlushTarget,
): void {
  EntityRecord.setRow(entity, written(entity, table));
  const oldKey = isMoved ? keyOfRow(row, table, work.decoders(table)) : undefined;
  if (isMoved) work.known.move(table, entity, oldKey);
  target.onRollback(() => {
    if (isMoved) work.known.moveBack(table, entity, oldKey);
    EntityRecord.setRow(entity, row);
  });
}

/** Reads what the database computes from the columns that were just written. */
function readComputed(
  entity: EntityRecord,
  table: TableDefinition,
  columns: readonly ColumnDefinition[],
  { statements, run }: FlushTarget,
): void | Promise<void> {
  const node = computedQuery(entity, table, columns);
  const parameters: Parameters = [];
  const plan = statements.plan(node, parameters);
  const values = statements.bind(plan, parameters);
  const row = run(table, (connection) => connection.row(plan.statement, values));
  return then(row, (found) => takeReturned([entity], columns, plan, found === undefined ? [] : [found]));
}

function computedQuery(
  entity: EntityRecord,
  table: TableDefinition,
  columns: readonly ColumnDefinition[],
): SelectNode {
  const node = (column: ColumnDefinition): ColumnNode => ({
    kind: "column",
    table,
    column,
    alias: undefined,
  });
  const key = table.primaryKey.map((column): ExpressionNode => {
    const value: ExpressionNode = {
      kind: "parameter",
      value: columnValue(entity, column),
      type: column.type,
    };
    return { kind: "comparison", operator: "=", left: node(column), right: value };
  });
  return {
    ...emptySelect,
    columns: columns.map((column) => ({ expression: node(column), alias: undefined })),
    from: { kind: "table", table, alias: undefined },
    where: { kind: "logical", operator: "and", operands: key },
  };
}

/** The columns by which a row is found: its key, and its version. */
function identifying(table: TableDefinition): ColumnDefinition[] {
  return table.columns.filter((column) => column.primaryKey || column.version);
}

async function deleteBatch(
  work: UnitOfWork,
  { table, entities }: Batch,
  plans: WritePlans,
  target: FlushTarget,
) {
  const where = identifying(table);
  const [key] = where;
  if (where.length === 1 && key !== undefined) await deleteByKeys(work, table, key, entities, target);
  else for (const entity of entities) await deleteOne(work, table, where, entity, plans, target);
  for (const entity of entities) {
    const row = EntityRecord.row(entity);
    work.deleted.delete(entity);
    work.known.delete(table, entity);
    EntityRecord.setRow(entity, undefined);
    target.onRollback(() => {
      EntityRecord.setRow(entity, row);
      work.known.set(table, entity);
      work.deleted.set(entity, table);
    });
  }
}

async function deleteByKeys(
  work: UnitOfWork,
  table: TableDefinition,
  key: ColumnDefinition,
  entities: readonly EntityRecord[],
  target: FlushTarget,
): Promise<void> {
  const { statements } = target;
  const most = Math.min(1000, statements.dialect.features.maxPlaceholders);
  for (let start = 0; start < entities.length; start += most) {
    const part = entities.slice(start, start + most);
    const keys = part.map((entity) => storedValue(work, entity, table, key));
    const where: ExpressionNode = {
      kind: "in",
      left: { kind: "column", table, column: key, alias: undefined },
      right: { kind: "parameter-list", values: keys, type: key.type },
      negated: false,
    };
    await remove({ kind: "delete", table, where, returning: [] }, target);
  }
}

async function remove(node: DeleteNode, { statements, run }: FlushTarget): Promise<void> {
  const parameters: Parameters = [];
  const plan = statements.plan(node, parameters);
  const values = statements.bind(plan, parameters);
  await run(node.table, (connection) => connection.write(plan.statement, values));
}

/** What the row holds in a column, whatever the entity does. */
function storedValue(
  work: UnitOfWork,
  entity: EntityRecord,
  table: TableDefinition,
  column: ColumnDefinition,
): unknown {
  const index = table.columns.indexOf(column);
  return originalOf(EntityRecord.row(entity) ?? [], index, work.decoders(table)[index]);
}

async function deleteOne(
  work: UnitOfWork,
  table: TableDefinition,
  where: readonly ColumnDefinition[],
  entity: EntityRecord,
  plans: WritePlans,
  target: FlushTarget,
): Promise<void> {
  const plan = plans.delete(table, where);
  const values = bound(
    plan,
    where.map((column) => storedValue(work, entity, table, column)),
  );
  const { changes } = await target.run(table, (connection) => connection.write(plan.statement, values));
  if (changes === 0 && where.some(({ version }) => version)) throw stale(entity, table);
}

/** The error; a broken reference with its column, also where the database does not name it. */
async function withReference(
  error: unknown,
  table: TableDefinition,
  entities: readonly EntityRecord[],
  { statements, run }: FlushTarget,
): Promise<unknown> {
  if (!isUnnamedReference(error)) return error;
  const rows = entities.map((entity) => (column: ColumnDefinition) => columnValue(entity, column));
  return referenceNamed(error, table, rows, (query) => {
    const parameters: Parameters = [];
    const plan = statements.plan(query, parameters);
    return run(table, (connection) => connection.row(plan.statement, statements.bind(plan, parameters)));
  });
}

function stale(entity: EntityRecord, table: TableDefinition): ConflictError {
  return new ConflictError("The row was changed or deleted by somebody else since it was read.", {
    code: "LMP_ORM_STALE",
    expected: "the row as it was when it was read",
    found: shownKey(entity, table),
    fix: "Read it again with session.refresh(entity), and apply the change to what it is now.",
  });
}
