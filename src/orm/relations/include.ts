/** Loads the relations that a query includes: one query for each level and relation, whatever number of rows there is. */
import { LimpidError, nearest } from "../../errors/index.ts";
import { EntityRecord } from "../model/entity-record.ts";
import type { ModelDefinition } from "../model/registry.ts";
import type { Executor } from "../query/executor.ts";
import { then } from "../query/settled.ts";
import { load } from "./load.ts";
import { epochOf, loadedOf } from "./loaded.ts";
import { wholeRelation } from "./request.ts";
import { type Relation, relationOf } from "./resolve.ts";

/** A relation to load, and those to load of its rows. */
interface Branch {
  readonly relation: Relation;
  readonly further: Map<string, Branch>;
}

/** What a query includes. */
export interface Inclusion {
  readonly paths: readonly string[];
  readonly branches: readonly Branch[];
}

/** What the paths name, `"posts.comments"`. Throws `LMP_ORM_RELATION_INVALID` for a name that is no relation. */
export function inclusionOf(definition: ModelDefinition, paths: readonly string[]): Inclusion {
  const root = new Map<string, Branch>();
  for (const path of paths) {
    if (typeof path !== "string") throw unknownRelation(definition, typeof path, typeof path);
    grow(root, definition, path);
  }
  return { paths, branches: [...root.values()] };
}

/** Loads what is included. */
export function includeRelations(
  executor: Executor,
  { branches }: Inclusion,
  entities: readonly EntityRecord[],
): void | Promise<void> {
  return loadBranches(executor, branches, entities, 0);
}

function grow(root: Map<string, Branch>, definition: ModelDefinition, path: string): void {
  let branches = root;
  let model = definition;
  for (const name of path.split(".")) {
    let branch = branches.get(name);
    if (branch === undefined) {
      if (!model.relations.has(name)) throw unknownRelation(model, name, path);
      branch = { relation: relationOf(model, name), further: new Map() };
      branches.set(name, branch);
    }
    branches = branch.further;
    model = branch.relation.target;
  }
}

/** One after the other: a session has one connection. */
function loadBranches(
  executor: Executor,
  branches: readonly Branch[],
  entities: readonly EntityRecord[],
  from: number,
): void | Promise<void> {
  const branch = branches[from];
  if (branch === undefined || entities.length === 0) return;
  const { further, relation } = branch;
  return then(load(executor, wholeRelation(relation), entities), () => {
    const deeper =
      further.size === 0
        ? undefined
        : loadBranches(executor, [...further.values()], targetsOf(executor, relation, entities), 0);
    return then(deeper, () => loadBranches(executor, branches, entities, from + 1));
  });
}

/** What the entities are related to, each once. */
function targetsOf(
  executor: Executor,
  relation: Relation,
  entities: readonly EntityRecord[],
): readonly EntityRecord[] {
  const targets = new Set<EntityRecord>();
  for (const entity of entities) {
    const value = loadedOf(entity, relation, relation.name, epochOf(entity, executor))?.value;
    if (EntityRecord.is(value)) targets.add(value);
    else if (Array.isArray(value)) for (const row of value) targets.add(row);
  }
  return [...targets];
}

function unknownRelation({ relations, table }: ModelDefinition, name: string, path: string): LimpidError {
  const names = [...relations.keys()];
  const close = nearest(name, names);
  return new LimpidError(
    "LMP_ORM_RELATION_INVALID",
    `"${table.name}" has no relation "${name.slice(0, 80)}".`,
    {
      expected: names.length === 0 ? "a model with relations" : `one of ${names.join(", ")}`,
      found: path.slice(0, 200),
      fix: close === undefined ? "Name a relation of the model." : `Did you mean "${close}"?`,
    },
  );
}
