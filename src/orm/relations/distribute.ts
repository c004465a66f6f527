/** Makes entities of the rows of a relation and sorts them by the key of the row they belong to. */
import type { DriverRow } from "../driver/driver.ts";
import { type Company, EntityRecord } from "../model/entity-record.ts";
import type { Executor } from "../query/executor.ts";
import type { Answer } from "./ask.ts";
import { shapeOf } from "./relation-query.ts";
import type { Relation } from "./resolve.ts";
import { keyAt } from "./row-key.ts";

/** The target of each row. */
export function targetsOf(executor: Executor, relation: Relation, answer: Answer): readonly EntityRecord[] {
  if (relation.link !== undefined) return linkedTargets(executor, relation, answer);
  return executor.entities(relation.target, answer.rows, answer.plan);
}

/** One entity for all rows that have the same target: linked to several owners, it comes several times. */
function linkedTargets(executor: Executor, relation: Relation, { plan, rows }: Answer): EntityRecord[] {
  const { type } = relation.targetColumn;
  const position = shapeOf(relation).targetPosition;
  const placeOfKey = new Map<unknown, number>();
  const unique: DriverRow[] = [];
  const placeOfRow = rows.map((row) => {
    const key = keyAt(row, position, plan, type);
    let place = placeOfKey.get(key);
    if (place === undefined) {
      place = unique.push(row) - 1;
      placeOfKey.set(key, place);
    }
    return place;
  });
  const entities = executor.entities(relation.target, unique, plan);
  return placeOfRow.map((place) => entities[place] as EntityRecord);
}

/** The targets that belong to each key, in the order of the rows. */
export function listsByKey(
  relation: Relation,
  { plan, rows }: Answer,
  targets: readonly EntityRecord[],
): Map<unknown, EntityRecord[]> {
  const { ownerKey, ownerPosition } = shapeOf(relation);
  const { type } = ownerKey.column;
  const lists = new Map<unknown, EntityRecord[]>();
  for (let index = 0; index < rows.length; index++) {
    const key = keyAt(rows[index] as DriverRow, ownerPosition, plan, type);
    const target = targets[index] as EntityRecord;
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [target]);
    else list.push(target);
  }
  return lists;
}

/**
 * Rows that were loaded together go on together, also where a session had some of them before from other queries: else
 * the next level would be asked for once for each of those.
 */
export function gather(executor: Executor, entities: readonly EntityRecord[]): void {
  const [first] = entities;
  if (first === undefined) return;
  const company = EntityRecord.company(first);
  let mixed = company === undefined;
  for (let index = 1; index < entities.length && !mixed; index++)
    mixed = EntityRecord.company(entities[index] as EntityRecord) !== company;
  if (!mixed) return;
  const members = [...new Set(entities)];
  const common: Company = { reader: executor, members };
  for (const member of members) EntityRecord.setCompany(member, common);
}
