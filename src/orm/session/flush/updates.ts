/** Updates an entity's row: the columns that changed, and those that change with every update. */
import type { ColumnDefinition, TableDefinition } from "../../model/definition.ts";
import { EntityRecord, type Row } from "../../model/entity-record.ts";
import type { ColumnNode, ExpressionNode, SelectNode } from "../../query/nodes.ts";
import { emptySelect } from "../../query/select-shapes.ts";
import { then } from "../../query/settled.ts";
import type { Parameters } from "../../query/statements.ts";
import { bound, type WritePlans } from "../../query/write-plans.ts";
import { columnValue, keyOfRow, setValue, written } from "../entity-values.ts";
import type { DirtyEntity, UnitOfWork } from "../unit-of-work.ts";
import { takeReturned } from "./returned.ts";
import { identifying, stale, storedValue } from "./stored-row.ts";
import type { FlushTarget } from "./target.ts";

export function update(
  work: UnitOfWork,
  { entity, table, columns }: DirtyEntity,
  plans: WritePlans,
  target: FlushTarget,
): void | Promise<void> {
  const row = EntityRecord.row(entity) ?? [];
  const set = [...columns];
  for (const column of table.columns) {
    if (set.includes(column)) continue;
    const before = columnValue(entity, column);
    if (column.onUpdate !== undefined || column.version)
      target.onRollback(() => setValue(entity, column, before));
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
