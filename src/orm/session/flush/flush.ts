/** Writes what a session gathered: inserts, updates, deletes, in batches and in an order that constraints permit. */
import type { DeleteNode } from "../../query/nodes.ts";
import { writePlansOf } from "../../query/write-plans.ts";
import type { DirtyEntity, UnitOfWork } from "../unit-of-work.ts";
import { withReference } from "./broken-reference.ts";
import { deleteBatch, remove } from "./deletes.ts";
import { insertBatch } from "./inserts.ts";
import { type Batch, deleteOrder, insertOrder, type PendingLink } from "./order.ts";
import type { FlushTarget } from "./target.ts";
import { update } from "./updates.ts";

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
  const settled: PendingLink[] = [];
  target.onRollback(() => work.pendAgain(settled, plan.removals));
  for (const removal of plan.removals) await remove(removal, target);
  work.removals = [];
  for (const batch of plan.inserts) {
    settled.push(...work.settleLinks());
    await insertBatch(work, batch, plans, target);
  }
  settled.push(...work.settleLinks());
  // Rows that were there already may refer to those that were inserted just now.
  const updates = settled.length > 0 ? work.dirty() : plan.updates;
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
