/**
 * What an entity keeps of a relation: the rows that were loaded, and what was related to it or taken away since. Each
 * note says for which key and in which epoch of the session it was made; when either is another, it holds no longer.
 */
import { EntityRecord } from "../model/entity-record.ts";
import type { Executor } from "../query/executor.ts";
import type { Relation } from "./resolve.ts";
import { keyIn } from "./row-key.ts";

/** Several rows, one, none, or their number. */
export type Value = readonly EntityRecord[] | EntityRecord | null | number;

/** The epoch of notes on an entity that was not read and is in no session; they hold until it has been written. */
const BEFORE_FIRST_WRITE = -1;
const WITHOUT_SESSION = 0;

/** What was loaded along a relation. */
export class Loaded {
  readonly value: Value;
  readonly #ownerKey: unknown;
  readonly #epoch: number;
  readonly #changes: number;

  constructor(value: Value, ownerKey: unknown, epoch: number, changes: number) {
    this.value = value;
    this.#ownerKey = ownerKey;
    this.#epoch = epoch;
    this.#changes = changes;
  }

  holds(ownerKey: unknown, epoch: number, changes: number): boolean {
    return this.#ownerKey === ownerKey && this.#epoch === epoch && this.#changes === changes;
  }
}

/** What was added to a relation and removed from it and is not written yet. */
export interface Unwritten {
  /** Counts the changes, so that filtered lists and numbers loaded before are asked for anew. */
  changes: number;
  epoch: number;
  readonly added: Set<EntityRecord>;
  readonly removed: Set<EntityRecord>;
  /** The rows of the link table for those that were added to a many-to-many relation. */
  readonly links: Map<EntityRecord, EntityRecord>;
}

/** A change of a relation. */
export interface RelationChange {
  readonly added?: EntityRecord;
  readonly removed?: EntityRecord;
  /** The row of the link table for what was added. */
  readonly link?: EntityRecord | undefined;
}

/**
 * Through what an entity was read, or the session it was added to: whoever makes a company names its executor as the
 * reader, so that relations are loaded the way their owner was.
 */
export function executorOf(entity: EntityRecord): Executor | undefined {
  return EntityRecord.company(entity)?.reader as Executor | undefined;
}

/** In which epoch notes on an entity are made now. */
export function epochOf(entity: EntityRecord, executor: Executor | undefined = executorOf(entity)): number {
  if (EntityRecord.row(entity) === undefined) return BEFORE_FIRST_WRITE;
  return executor?.changes?.epoch ?? WITHOUT_SESSION;
}

/** What was loaded and still holds. */
export function loadedOf(
  entity: EntityRecord,
  relation: Relation,
  requestKey: string,
  epoch: number,
): Loaded | undefined {
  const loaded = EntityRecord.related(entity, requestKey);
  if (!(loaded instanceof Loaded)) return undefined;
  const changes = unwrittenOf(entity, relation, epoch)?.changes ?? 0;
  return loaded.holds(keyIn(entity, relation.ownerColumn), epoch, changes) ? loaded : undefined;
}

/** Keeps what was loaded for a key: that which the entity has now, unless another is named. */
export function keep(
  entity: EntityRecord,
  relation: Relation,
  requestKey: string,
  value: Value,
  epoch: number,
  ownerKey: unknown = keyIn(entity, relation.ownerColumn),
): void {
  const changes = unwrittenOf(entity, relation, epoch)?.changes ?? 0;
  EntityRecord.setRelated(entity, requestKey, new Loaded(value, ownerKey, epoch, changes));
}

/** What was changed of a relation in this epoch. */
export function unwrittenOf(entity: EntityRecord, relation: Relation, epoch: number): Unwritten | undefined {
  const unwritten = EntityRecord.related(entity, unwrittenKey(relation)) as Unwritten | undefined;
  return unwritten?.epoch === epoch ? unwritten : undefined;
}

/** The rows of a relation as they will be when what was added and removed is written. */
export function withUnwritten(
  entity: EntityRecord,
  relation: Relation,
  rows: readonly EntityRecord[],
  epoch: number,
): readonly EntityRecord[] {
  const unwritten = unwrittenOf(entity, relation, epoch);
  if (unwritten === undefined) return rows;
  const { added, removed } = unwritten;
  const kept = removed.size === 0 ? rows : rows.filter((row) => !removed.has(row));
  if (added.size === 0) return kept;
  const all = new Set(kept);
  for (const row of added) all.add(row);
  return [...all];
}

/** The rows of a link table likewise. */
export function withUnwrittenLinks(
  entity: EntityRecord,
  relation: Relation,
  links: readonly EntityRecord[],
): EntityRecord[] {
  const unwritten = unwrittenOf(entity, relation, epochOf(entity));
  if (unwritten === undefined || relation.link === undefined) return [...links];
  const { targetColumn } = relation.link;
  const gone = new Set([...unwritten.removed].map((target) => keyIn(target, relation.targetColumn)));
  const kept = links.filter((link) => !gone.has(keyIn(link, targetColumn)));
  return [...new Set([...kept, ...unwritten.links.values()])];
}

/** Notes that rows were related to an entity, or are no longer; what is loaded of the relation is changed likewise. */
export function note(entity: EntityRecord, relation: Relation, change: RelationChange): void {
  const epoch = epochOf(entity);
  const loaded = loadedOf(entity, relation, relation.name, epoch);
  const unwritten = unwrittenOf(entity, relation, epoch) ?? {
    changes: 0,
    epoch,
    added: new Set(),
    removed: new Set(),
    links: new Map(),
  };
  const { added, link, removed } = change;
  if (added !== undefined && !unwritten.removed.delete(added)) unwritten.added.add(added);
  if (removed !== undefined && !unwritten.added.delete(removed)) unwritten.removed.add(removed);
  if (added !== undefined && link !== undefined) unwritten.links.set(added, link);
  if (removed !== undefined) unwritten.links.delete(removed);
  unwritten.changes++;
  EntityRecord.setRelated(entity, unwrittenKey(relation), unwritten);
  markChanged(entity);
  if (loaded === undefined || !Array.isArray(loaded.value)) return;
  const kept = removed === undefined ? loaded.value : loaded.value.filter((row) => row !== removed);
  const rows = added === undefined || kept.includes(added) ? kept : [...kept, added];
  keep(entity, relation, relation.name, rows, epoch);
}

/** Notes to which row a relation leads from now on. */
export function noteOne(entity: EntityRecord, relation: Relation, target: EntityRecord | null): void {
  keep(entity, relation, relation.name, target, epochOf(entity));
  markChanged(entity);
}

/** Whether a new entity was related to others, which come along when it is added to a session. */
export function wasChanged(entity: EntityRecord): boolean {
  return EntityRecord.related(entity, CHANGED) === true;
}

function markChanged(entity: EntityRecord): void {
  if (EntityRecord.row(entity) === undefined) EntityRecord.setRelated(entity, CHANGED, true);
}

const CHANGED = "+";

/** No name of a property begins with this sign. */
function unwrittenKey({ name }: Relation): string {
  return `+${name}`;
}
