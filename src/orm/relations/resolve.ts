/** A relation as it was declared becomes the tables and columns it joins. */
import { LimpidError } from "../../errors/index.ts";
import type { ColumnDefinition } from "../model/definition.ts";
import { definitionOf, type ModelDefinition, referencedColumn } from "../model/registry.ts";
import { declarationOf, type RelationDeclaration, type RelationOptions } from "./declare.ts";

/** The table in the middle of a many-to-many relation. */
export interface ResolvedLink {
  readonly model: ModelDefinition;
  /** Its column that refers to the owner. */
  readonly ownerColumn: ColumnDefinition;
  /** Its column that refers to the target. */
  readonly targetColumn: ColumnDefinition;
}

/** A relation of a model. Rows are related where `ownerColumn` equals `targetColumn`, or by way of `link`. */
export interface Relation {
  readonly name: string;
  readonly kind: RelationDeclaration["kind"];
  readonly owner: ModelDefinition;
  readonly target: ModelDefinition;
  /** What `hasMany(Post, …)` was given: for building queries. */
  readonly targetModel: object;
  readonly ownerColumn: ColumnDefinition;
  readonly targetColumn: ColumnDefinition;
  readonly link: ResolvedLink | undefined;
  readonly options: RelationOptions;
}

const resolved = new WeakMap<ModelDefinition["table"], Map<string, Relation>>();

/** The relation of a model by name. Throws `LMP_ORM_RELATION_INVALID`. */
export function relationOf(owner: ModelDefinition, name: string): Relation {
  let known = resolved.get(owner.table);
  if (known === undefined) {
    known = new Map();
    resolved.set(owner.table, known);
  }
  let relation = known.get(name);
  if (relation === undefined) {
    relation = resolve(owner, name);
    known.set(name, relation);
  }
  return relation;
}

const linkRelations = new WeakMap<Relation, Relation>();

/** The rows of the link table as a relation of their own; a relation without a link table is itself. */
export function linksOf(relation: Relation): Relation {
  const { link } = relation;
  if (link === undefined) return relation;
  let links = linkRelations.get(relation);
  if (links === undefined) {
    // No name of a property has a space.
    const name = `links of ${relation.name}`;
    const { owner, ownerColumn } = relation;
    const target = { target: link.model, targetModel: link.model.entity, targetColumn: link.ownerColumn };
    links = { name, kind: "hasMany", owner, ownerColumn, ...target, link: undefined, options: {} };
    linkRelations.set(relation, links);
  }
  return links;
}

function resolve(owner: ModelDefinition, name: string): Relation {
  const declaration = declarationOf(owner.relations.get(name)?.());
  if (declaration === undefined)
    throw invalid(owner, name, "hasMany(…), hasOne(…), belongsTo(…) or manyToMany(…)", "something else");
  const targetModel = declaration.target();
  const target = definitionOf(targetModel);
  const { kind, options } = declaration;
  const common = { name, kind, owner, target, targetModel, options };
  if (kind === "belongsTo") {
    const ownerColumn = column(owner, declaration.key, owner, name);
    const targetColumn = referenced(ownerColumn, target) ?? wholeKey(target, owner, name);
    return { ...common, ownerColumn, targetColumn, link: undefined };
  }
  if (declaration.link === undefined) {
    const targetColumn = column(target, declaration.key, owner, name);
    const local = options.localKey === undefined ? undefined : column(owner, options.localKey, owner, name);
    const ownerColumn = local ?? referenced(targetColumn, owner) ?? wholeKey(owner, owner, name);
    return { ...common, ownerColumn, targetColumn, link: undefined };
  }
  const link = definitionOf(declaration.link());
  const linkOwner = column(link, declaration.key, owner, name);
  const linkTarget = column(link, declaration.targetKey ?? "", owner, name);
  return {
    ...common,
    ownerColumn: referenced(linkOwner, owner) ?? wholeKey(owner, owner, name),
    targetColumn: referenced(linkTarget, target) ?? wholeKey(target, owner, name),
    link: { model: link, ownerColumn: linkOwner, targetColumn: linkTarget },
  };
}

/** The column that a column's `references(…)` names, where it is one of this model. */
function referenced(from: ColumnDefinition, model: ModelDefinition): ColumnDefinition | undefined {
  const target = from.references === undefined ? undefined : referencedColumn(from.references.target());
  return target?.table === model.table ? target.column : undefined;
}

function wholeKey(model: ModelDefinition, owner: ModelDefinition, relation: string): ColumnDefinition {
  const [key, ...others] = model.table.primaryKey;
  if (key !== undefined && others.length === 0) return key;
  throw invalid(owner, relation, "a model whose primary key is one column", `${others.length + 1} columns`);
}

function column(
  model: ModelDefinition,
  property: string,
  owner: ModelDefinition,
  relation: string,
): ColumnDefinition {
  const found = model.table.columnsByProperty.get(property);
  if (found !== undefined) return found;
  const names = [...model.table.columnsByProperty.keys()].join(", ");
  throw invalid(owner, relation, `a column of "${model.table.name}": ${names}`, property);
}

function invalid(owner: ModelDefinition, relation: string, expected: string, found: string): LimpidError {
  return new LimpidError(
    "LMP_ORM_RELATION_INVALID",
    `The relation "${relation}" of "${owner.table.name}" does not fit.`,
    { expected, found, fix: "Change the getter of the relation." },
  );
}
