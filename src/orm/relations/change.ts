/** Changes relations: `user.posts.add(post)`, `remove`, `post.author.set(user)`. Written at the next flush. */
import { LimpidError } from "../../errors/index.ts";
import { EntityRecord } from "../model/entity-record.ts";
import { definitionOfEntity, type ModelDefinition } from "../model/registry.ts";
import type { Changes } from "../query/executor.ts";
import type { ExpressionNode } from "../query/nodes.ts";
import { connect, release } from "./connect.ts";
import { inversesOf } from "./inverse.ts";
import { epochOf, executorOf, loadedOf, note, noteOne, unwrittenOf } from "./loaded.ts";
import { columnOf, equal } from "./relation-query.ts";
import type { Relation, ResolvedLink } from "./resolve.ts";
import { keyIn, valueIn } from "./row-key.ts";

/** Relates a row to its new owner by its own column. Gives the entity. */
export function addRow(owner: EntityRecord, relation: Relation, item: unknown): EntityRecord {
  const changes = changesOf(owner, relation);
  const child = entityOf(relation.target, item);
  leaveOwner(child, relation, owner, changes);
  changes?.add(child);
  connect(child, relation.targetColumn, owner, relation.ownerColumn, changes);
  note(owner, relation, { added: child });
  for (const inverse of inversesOf(relation)) noteOne(child, inverse, owner);
  return child;
}

/** Relates a row to its owner no longer. */
export function removeRow(owner: EntityRecord, relation: Relation, item: unknown): void {
  const changes = changesOf(owner, relation);
  const child = entityOf(relation.target, item);
  const key = keyIn(owner, relation.ownerColumn);
  const added = unwrittenOf(owner, relation, epochOf(owner))?.added.has(child) ?? false;
  if (!added && (key === null || keyIn(child, relation.targetColumn) !== key)) return;
  release(child, relation.targetColumn, changes);
  note(owner, relation, { removed: child });
  for (const inverse of inversesOf(relation)) noteOne(child, inverse, null);
}

/** Links a row by a new one of the link table. Gives the entity. */
export function addLinked(
  owner: EntityRecord,
  relation: Relation,
  item: unknown,
  values: unknown,
): EntityRecord {
  const link = linkOf(relation);
  const changes = changesOf(owner, relation);
  const target = entityOf(relation.target, item);
  const loaded = loadedOf(owner, relation, relation.name, epochOf(owner))?.value;
  if (Array.isArray(loaded) && loaded.includes(target)) return target;
  const linked = new link.model.entity((values ?? {}) as Readonly<Record<string, unknown>>);
  if (EntityRecord.row(target) === undefined) changes?.add(target);
  changes?.add(linked);
  connect(linked, link.ownerColumn, owner, relation.ownerColumn, changes);
  connect(linked, link.targetColumn, target, relation.targetColumn, changes);
  note(owner, relation, { added: target, link: linked });
  for (const inverse of inversesOf(relation)) note(target, inverse, { added: owner, link: linked });
  return target;
}

/** Takes the rows of the link table between the two away. */
export function removeLinked(owner: EntityRecord, relation: Relation, item: unknown): void {
  const link = linkOf(relation);
  const changes = changesOf(owner, relation);
  const target = entityOf(relation.target, item);
  const linked = unwrittenOf(owner, relation, epochOf(owner))?.links.get(target);
  if (linked !== undefined) {
    changes?.unlink(linked, link.ownerColumn.property);
    changes?.unlink(linked, link.targetColumn.property);
    changes?.delete(linked);
  } else if (EntityRecord.row(owner) !== undefined && EntityRecord.row(target) !== undefined) {
    changes?.deleteWhere(link.model, between(link, owner, relation, target));
  }
  note(owner, relation, { removed: target });
  for (const inverse of inversesOf(relation)) note(target, inverse, { removed: owner });
}

/** Lets a row refer to another, or to none. */
export function setReferred(owner: EntityRecord, relation: Relation, item: unknown): void {
  const changes = changesOf(owner, relation);
  const target = item === null || item === undefined ? null : entityOf(relation.target, item);
  const before = loadedOf(owner, relation, relation.name, epochOf(owner))?.value;
  const { ownerColumn, targetColumn } = relation;
  if (target === null) clear(owner, relation, changes);
  else {
    if (EntityRecord.row(target) === undefined) changes?.add(target);
    connect(owner, ownerColumn, target, targetColumn, changes);
  }
  noteOne(owner, relation, target);
  for (const inverse of inversesOf(relation)) {
    if (EntityRecord.is(before) && before !== target) noteGone(before, inverse, owner);
    if (target === null) continue;
    if (inverse.kind === "hasOne") noteOne(target, inverse, owner);
    else note(target, inverse, { added: owner });
  }
}

/**
 * Lets another row refer to this one. The one that did so far does it no longer, where it has been loaded; of one that
 * nobody has read nothing is known here, and a unique key will tell.
 */
export function setReferring(owner: EntityRecord, relation: Relation, item: unknown): void {
  const changes = changesOf(owner, relation);
  const target = item === null || item === undefined ? null : entityOf(relation.target, item);
  const before = loadedOf(owner, relation, relation.name, epochOf(owner))?.value;
  if (before === target) return;
  if (EntityRecord.is(before)) {
    release(before, relation.targetColumn, changes);
    for (const inverse of inversesOf(relation)) noteOne(before, inverse, null);
  }
  if (target !== null) {
    changes?.add(target);
    connect(target, relation.targetColumn, owner, relation.ownerColumn, changes);
    for (const inverse of inversesOf(relation)) noteOne(target, inverse, owner);
  }
  noteOne(owner, relation, target);
}

function clear(
  owner: EntityRecord,
  { name, owner: model, ownerColumn }: Relation,
  changes: Changes | undefined,
): void {
  if (!ownerColumn.nullable) {
    throw new LimpidError("LMP_ORM_ENTITY_INVALID", `"${model.table.name}" cannot be without its ${name}.`, {
      expected: "an entity",
      found: "null",
      fix: `Set another one, or declare the column "${ownerColumn.property}" nullable().`,
    });
  }
  release(owner, ownerColumn, changes);
}

function noteGone(before: EntityRecord, inverse: Relation, owner: EntityRecord): void {
  if (inverse.kind === "hasOne") noteOne(before, inverse, null);
  else note(before, inverse, { removed: owner });
}

/** The list that a row was in so far, where the session has its owner, has it no longer. */
function leaveOwner(
  child: EntityRecord,
  relation: Relation,
  owner: EntityRecord,
  changes: Changes | undefined,
): void {
  const { ownerColumn, targetColumn } = relation;
  const { primaryKey } = relation.owner.table;
  if (changes === undefined || primaryKey.length !== 1 || primaryKey[0] !== ownerColumn) return;
  const key = valueIn(child, targetColumn);
  const before = key === null || key === undefined ? undefined : changes.find(relation.owner, key);
  if (before !== undefined && before !== owner) note(before, relation, { removed: child });
}

function between(
  link: ResolvedLink,
  owner: EntityRecord,
  relation: Relation,
  target: EntityRecord,
): ExpressionNode {
  const refersTo = (column: ResolvedLink["ownerColumn"], value: unknown): ExpressionNode =>
    equal(columnOf(link.model, column), { kind: "parameter", value, type: column.type });
  const operands = [
    refersTo(link.ownerColumn, valueIn(owner, relation.ownerColumn)),
    refersTo(link.targetColumn, valueIn(target, relation.targetColumn)),
  ];
  return { kind: "logical", operator: "and", operands };
}

function linkOf({ link, name, owner }: Relation): ResolvedLink {
  if (link !== undefined) return link;
  throw new LimpidError("LMP_ORM_RELATION_INVALID", `"${owner.table.name}.${name}" has no link table.`, {
    expected: "a relation declared by manyToMany(…)",
    found: "one without a link",
    fix: "Change the getter of the relation.",
  });
}

/** Where changes of an entity's relations go; `undefined` for a new one, whose relations come along when it is added. */
function changesOf(owner: EntityRecord, { name, owner: model }: Relation): Changes | undefined {
  const executor = executorOf(owner);
  if (executor === undefined || executor.changes !== undefined) return executor?.changes;
  throw new LimpidError("LMP_ORM_ENTITY_INVALID", "Relations are written through a session.", {
    expected: "an entity that a session read or was given",
    found: `one of "${model.table.name}", read without a session`,
    fix: `Read it with session.query(…) in db.session(…), then change its ${name}.`,
  });
}

/** The entity, or a new one with the values. */
function entityOf(definition: ModelDefinition, item: unknown): EntityRecord {
  if (!EntityRecord.is(item)) return new definition.entity(item as Readonly<Record<string, unknown>>);
  const { table } = definitionOfEntity(item);
  if (table === definition.table) return item;
  throw new LimpidError("LMP_ORM_ENTITY_INVALID", "The relation leads to another model.", {
    expected: `an entity of "${definition.table.name}"`,
    found: `one of "${table.name}"`,
    fix: "Pass an entity of the model that the relation was declared with.",
  });
}
