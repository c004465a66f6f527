/** Brings what was related to a new entity before it was added to a session along into that session. */
import { EntityRecord } from "../model/entity-record.ts";
import { definitionOfEntity } from "../model/registry.ts";
import type { Changes } from "../query/executor.ts";
import { connect } from "./connect.ts";
import { epochOf, loadedOf, unwrittenOf, wasChanged } from "./loaded.ts";
import { type Relation, relationOf } from "./resolve.ts";

/**
 * To be called for each entity that becomes new in a session, once the session knows it: adds to the session what was
 * related to the entity while it was in none, and links the two. Costs a look-up where there is nothing.
 */
export function bringAlong(entity: EntityRecord, changes: Changes): void {
  if (!wasChanged(entity)) return;
  const definition = definitionOfEntity(entity);
  for (const name of definition.relations.keys()) {
    const relation = relationOf(definition, name);
    if (relation.kind === "belongsTo" || relation.kind === "hasOne") bringOne(entity, relation, changes);
    else bringMany(entity, relation, changes);
  }
}

function bringOne(entity: EntityRecord, relation: Relation, changes: Changes): void {
  const target = loadedOf(entity, relation, relation.name, epochOf(entity))?.value;
  if (!EntityRecord.is(target)) return;
  if (EntityRecord.row(target) === undefined) changes.add(target);
  if (relation.kind === "belongsTo")
    connect(entity, relation.ownerColumn, target, relation.targetColumn, changes);
  else connect(target, relation.targetColumn, entity, relation.ownerColumn, changes);
}

function bringMany(entity: EntityRecord, relation: Relation, changes: Changes): void {
  const { link, ownerColumn, targetColumn } = relation;
  const unwritten = unwrittenOf(entity, relation, epochOf(entity));
  for (const target of unwritten?.added ?? []) {
    if (EntityRecord.row(target) === undefined) changes.add(target);
    const linked = unwritten?.links.get(target);
    if (link === undefined) connect(target, targetColumn, entity, ownerColumn, changes);
    else if (linked !== undefined) {
      changes.add(linked);
      connect(linked, link.ownerColumn, entity, ownerColumn, changes);
      connect(linked, link.targetColumn, target, targetColumn, changes);
    }
  }
}
