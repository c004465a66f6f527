/** Deletes entities: by a list of keys, and one by one where a row is found by more than that. */
import type { ColumnDefinition, TableDefinition } from "../../model/definition.ts";
import { EntityRecord } from "../../model/entity-record.ts";
import type { DeleteNode, ExpressionNode } from "../../query/nodes.ts";
import type { Parameters } from "../../query/statements.ts";
import { bound, type WritePlans } from "../../query/write-plans.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import type { Batch } from "./order.ts";
import { identifying, stale, storedValue } from "./stored-row.ts";
import type { FlushTarget } from "./target.ts";

export async function deleteBatch(
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

export async function remove(node: DeleteNode, { statements, run }: FlushTarget): Promise<void> {
  const parameters: Parameters = [];
  const plan = statements.plan(node, parameters);
  const values = statements.bind(plan, parameters);
  await run(node.table, (connection) => connection.write(plan.statement, values));
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
