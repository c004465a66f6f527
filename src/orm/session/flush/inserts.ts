/** Inserts entities: many in a statement where the database gains by it. */
import type { DriverValue } from "../../dialects/dialect.ts";
import type { ColumnDefinition, TableDefinition } from "../../model/definition.ts";
import { EntityRecord } from "../../model/entity-record.ts";
import { then } from "../../query/settled.ts";
import type { Plan } from "../../query/statements.ts";
import { type BoundRow, bound, boundColumns, type WritePlans } from "../../query/write-plans.ts";
import { columnValue, setValue, written } from "../entity-values.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { withReference } from "./broken-reference.ts";
import type { Batch } from "./order.ts";
import { takeReturned } from "./returned.ts";
import type { FlushTarget } from "./target.ts";

export async function insertBatch(
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
      settleInserted(work, part, table, awaited, target);
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

function settleInserted(
  work: UnitOfWork,
  entities: readonly EntityRecord[],
  table: TableDefinition,
  awaited: readonly ColumnDefinition[],
  target: FlushTarget,
): void {
  for (const entity of entities) {
    work.added.delete(entity);
    EntityRecord.setRow(entity, written(entity, table));
    work.known.set(table, entity);
  }
  target.onRollback(() => takeBack(work, entities, table, awaited));
}

/** The entities are new again, and without what the database gave them. */
function takeBack(
  work: UnitOfWork,
  entities: readonly EntityRecord[],
  table: TableDefinition,
  awaited: readonly ColumnDefinition[],
): void {
  for (const column of awaited) work.linkAgain(entities, column);
  for (const entity of entities) {
    work.known.delete(table, entity);
    EntityRecord.setRow(entity, undefined);
    for (const column of awaited) setValue(entity, column, undefined);
    // What was to go and now was never there has gone.
    if (!work.deleted.delete(entity)) work.added.set(entity, table);
  }
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
