/** Loads a relation for many entities with one query, and hands each its own rows. */
import { EntityRecord } from "../model/entity-record.ts";
import type { Executor } from "../query/executor.ts";
import { then } from "../query/settled.ts";
import { type Answer, ask } from "./ask.ts";
import { gather, listsByKey, targetsOf } from "./distribute.ts";
import { inversesOf } from "./inverse.ts";
import { KnownOwners, rememberOwners } from "./known-owners.ts";
import { epochOf, keep, loadedOf, withUnwritten } from "./loaded.ts";
import { countQuery, shapeOf } from "./relation-query.ts";
import type { Request } from "./request.ts";
import type { Relation } from "./resolve.ts";
import { keyAt, keyIn, valueIn } from "./row-key.ts";

/** Those for whom a relation is loaded, with their keys. */
interface Owners {
  readonly entities: EntityRecord[];
  /** One for each of them; null where it has none. */
  readonly keys: unknown[];
  /** What the query is asked for: the value of each key once. */
  readonly asked: unknown[];
}

const none: readonly EntityRecord[] = Object.freeze([]);

/** Loads what is asked of a relation for those of the entities that do not have it. */
export function load(
  executor: Executor,
  request: Request,
  entities: readonly EntityRecord[],
): void | Promise<void> {
  const { relation } = request;
  const requestKey = request.key(executor.statements.dialect);
  let missing = missingOf(executor, relation, requestKey, entities);
  const toOne = relation.kind === "belongsTo";
  if (toOne) missing = withoutKnown(executor, relation, requestKey, missing);
  const owners = ownersOf(relation, missing);
  if (owners.asked.length === 0) {
    for (const entity of missing)
      hand(executor, request, requestKey, entity, keyIn(entity, relation.ownerColumn), undefined);
    if (toOne) gatherOwners(executor, relation, requestKey, entities);
    return;
  }
  const { type } = relation.ownerColumn;
  const answer = ask(executor, owners.asked, type, (keys) => request.query(keys));
  return then(answer, (found) => {
    distribute(executor, request, requestKey, owners, found);
    if (toOne) gatherOwners(executor, relation, requestKey, entities);
  });
}

/** Counts what is asked of a relation for those of the entities that do not have the number. */
export function loadCount(
  executor: Executor,
  request: Request,
  entities: readonly EntityRecord[],
): void | Promise<void> {
  const { relation } = request;
  const countKey = request.countKey(executor.statements.dialect);
  const owners = ownersOf(relation, missingOf(executor, relation, countKey, entities));
  const { type } = relation.ownerColumn;
  const answer =
    owners.asked.length > 0 &&
    ask(executor, owners.asked, type, (keys) => countQuery(relation, request, keys));
  return then(answer, (found) => {
    const counts = found === false ? new Map<unknown, number>() : countsByKey(relation, found);
    owners.entities.forEach((entity, index) => {
      const key = owners.keys[index];
      keep(entity, relation, countKey, counts.get(key) ?? 0, epochOf(entity, executor), key);
    });
  });
}

function countsByKey(relation: Relation, { plan, rows }: Answer): Map<unknown, number> {
  const { type } = shapeOf(relation).ownerKey.column;
  return new Map(rows.map((row) => [keyAt(row, 0, plan, type), Number(row[1])]));
}

function missingOf(
  executor: Executor,
  relation: Relation,
  requestKey: string,
  entities: readonly EntityRecord[],
): EntityRecord[] {
  const missing: EntityRecord[] = [];
  for (const entity of entities)
    if (loadedOf(entity, relation, requestKey, epochOf(entity, executor)) === undefined) missing.push(entity);
  return missing;
}

/** Those of whom the row they belong to is not there yet; the others get it. */
function withoutKnown(
  executor: Executor,
  relation: Relation,
  requestKey: string,
  entities: readonly EntityRecord[],
): EntityRecord[] {
  const known = new KnownOwners(executor, relation);
  const missing: EntityRecord[] = [];
  for (const entity of entities) {
    const key = keyIn(entity, relation.ownerColumn);
    const owner = key === null ? undefined : known.find(entity, key);
    if (owner === undefined) missing.push(entity);
    else keep(entity, relation, requestKey, owner, epochOf(entity, executor));
  }
  return missing;
}

function ownersOf(relation: Relation, entities: EntityRecord[]): Owners {
  const { ownerColumn } = relation;
  const belongsTo = relation.kind === "belongsTo";
  const keys: unknown[] = new Array(entities.length);
  const asked: unknown[] = [];
  const seen = new Set<unknown>();
  for (let index = 0; index < entities.length; index++) {
    const entity = entities[index] as EntityRecord;
    const key = keyIn(entity, ownerColumn);
    keys[index] = key;
    // Nothing in the database refers to a row that is not there, whatever key it will have.
    const unwritten = !belongsTo && EntityRecord.row(entity) === undefined;
    if (key === null || unwritten || seen.has(key)) continue;
    seen.add(key);
    asked.push(valueIn(entity, ownerColumn));
  }
  return { entities, keys, asked };
}

function distribute(
  executor: Executor,
  request: Request,
  requestKey: string,
  { entities, keys }: Owners,
  answer: Answer,
): void {
  const { relation } = request;
  const targets = targetsOf(executor, relation, answer);
  gather(executor, targets);
  const lists = listsByKey(relation, answer, targets);
  for (let index = 0; index < entities.length; index++)
    hand(executor, request, requestKey, entities[index] as EntityRecord, keys[index], lists.get(keys[index]));
  const [first] = targets;
  const company = first && EntityRecord.company(first);
  if (company === undefined || relation.kind === "belongsTo" || relation.link !== undefined) return;
  for (const inverse of inversesOf(relation)) rememberOwners(executor, company, inverse, keys, entities);
}

/** Keeps with an entity what belongs to it. */
function hand(
  executor: Executor,
  { plain, relation }: Request,
  requestKey: string,
  entity: EntityRecord,
  key: unknown,
  rows: readonly EntityRecord[] | undefined,
): void {
  const epoch = epochOf(entity, executor);
  const toOne = relation.kind === "belongsTo" || relation.kind === "hasOne";
  if (toOne) keep(entity, relation, requestKey, rows?.[0] ?? null, epoch, key);
  else {
    const all = plain ? withUnwritten(entity, relation, rows ?? none, epoch) : (rows ?? none);
    keep(entity, relation, requestKey, all, epoch, key);
  }
}

/** Rows found in the session and rows from the query go on together. */
function gatherOwners(
  executor: Executor,
  relation: Relation,
  requestKey: string,
  entities: readonly EntityRecord[],
): void {
  const owners: EntityRecord[] = [];
  for (const entity of entities) {
    const value = loadedOf(entity, relation, requestKey, epochOf(entity, executor))?.value;
    if (EntityRecord.is(value)) owners.push(value);
  }
  gather(executor, owners);
}
