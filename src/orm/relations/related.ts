/** Gives what is related to an entity: at once where it is there, else loaded for all rows that came with the entity. */
import { type Company, EntityRecord } from "../model/entity-record.ts";
import type { Executor } from "../query/executor.ts";
import { then } from "../query/settled.ts";
import { KnownOwners } from "./known-owners.ts";
import { load, loadCount } from "./load.ts";
import { epochOf, executorOf, Loaded, loadedOf, unwrittenOf, type Value, withUnwritten } from "./loaded.ts";
import type { Request } from "./request.ts";
import { keyIn } from "./row-key.ts";

type Load = (executor: Executor, request: Request, entities: readonly EntityRecord[]) => void | Promise<void>;

const none: readonly EntityRecord[] = Object.freeze([]);

/** What is being loaded for a company, by the key of the request: whoever asks meanwhile waits for the same. */
const loading = new WeakMap<Company, Map<string, Promise<void>>>();

/** What a request gives for an entity: a list, a row or null. */
export function related(entity: EntityRecord, request: Request): Value | Promise<Value> {
  const executor = executorOf(entity);
  if (executor === undefined) return relatedToNew(entity, request);
  return answerOf(entity, request, request.key(executor.statements.dialect), executor, load);
}

/** How many rows a request gives for an entity. */
export function countRelated(entity: EntityRecord, request: Request): number | Promise<number> {
  const { limit, relation } = request;
  const executor = executorOf(entity);
  const known = loadedRelated(entity, request);
  if (executor === undefined || Array.isArray(known)) return lengthOf(known ?? none);
  const changed = unwrittenOf(entity, relation, epochOf(entity, executor)) !== undefined;
  if (changed && request.plain) return then(related(entity, request), lengthOf);
  const count = answerOf(entity, request, request.countKey(executor.statements.dialect), executor, loadCount);
  return then(count, (number) => Math.min(Number(number), limit ?? Number.POSITIVE_INFINITY));
}

/** What a request gives, where it is there; never asks the database. */
export function loadedRelated(entity: EntityRecord, request: Request): Value | undefined {
  const executor = executorOf(entity);
  if (executor === undefined) return relatedToNew(entity, request);
  const { relation } = request;
  const epoch = epochOf(entity, executor);
  const loaded = loadedOf(entity, relation, request.key(executor.statements.dialect), epoch);
  if (loaded !== undefined || relation.kind !== "belongsTo") return loaded?.value;
  const key = keyIn(entity, relation.ownerColumn);
  return key === null ? null : new KnownOwners(executor, relation).find(entity, key);
}

/** Of a row that nobody has read or added to a session, only what was related to it here is known. */
function relatedToNew(entity: EntityRecord, { plain, relation }: Request): Value {
  const epoch = epochOf(entity);
  if (relation.kind === "belongsTo" || relation.kind === "hasOne")
    return loadedOf(entity, relation, relation.name, epoch)?.value ?? null;
  return plain ? withUnwritten(entity, relation, none, epoch) : none;
}

function answerOf(
  entity: EntityRecord,
  request: Request,
  key: string,
  executor: Executor,
  ask: Load,
): Value | Promise<Value> {
  const { relation } = request;
  const loaded = loadedOf(entity, relation, key, epochOf(entity, executor));
  if (loaded !== undefined) return loaded.value;
  return then(together(entity, request, key, executor, ask), () => {
    const found = loadedOf(entity, relation, key, epochOf(entity, executor));
    if (found !== undefined) return found.value;
    // Its key was changed while the others were loaded.
    return then(ask(executor, request, [entity]), () => {
      const value = EntityRecord.related(entity, key);
      return value instanceof Loaded ? value.value : none;
    });
  });
}

/** Loads for the whole company, once at a time. */
function together(
  entity: EntityRecord,
  request: Request,
  key: string,
  executor: Executor,
  ask: Load,
): void | Promise<void> {
  const company = EntityRecord.company(entity);
  if (company === undefined) return ask(executor, request, [entity]);
  const running = loading.get(company)?.get(key);
  if (running !== undefined) return running;
  const started = ask(executor, request, company.members);
  if (!(started instanceof Promise)) return;
  let all = loading.get(company);
  if (all === undefined) {
    all = new Map();
    loading.set(company, all);
  }
  const shared = started.finally(() => loading.get(company)?.delete(key));
  all.set(key, shared);
  return shared;
}

function lengthOf(value: Value): number {
  return Array.isArray(value) ? value.length : 0;
}
