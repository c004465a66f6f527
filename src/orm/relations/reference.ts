/** What a relation is on a model: `User.posts`, to join along it or to ask whether there are related rows. */
import { LimpidError } from "../../errors/index.ts";
import type { RelationReference } from "../model/model-types.ts";
import type { ModelDefinition } from "../model/registry.ts";
import { both, conditionNode } from "../query/condition-node.ts";
import { type Condition, Expression, integerType, truth } from "../query/expression.ts";
import { count } from "../query/functions.ts";
import type { ExpressionNode, JoinNode, SelectNode, SourceNode } from "../query/nodes.ts";
import { emptySelect } from "../query/select-shapes.ts";
import { columnOf, equal } from "./relation-query.ts";
import { type Relation, relationOf } from "./resolve.ts";
import { retargeted, usedAliases } from "./retarget.ts";

/** A relation of a model, or of its alias, in a query. */
export class RelationPath implements RelationReference<Relation> {
  readonly relation: Relation;
  /** The model as it stands in the query. */
  readonly owner: ModelDefinition;

  constructor(relation: Relation, owner: ModelDefinition) {
    this.relation = relation;
    this.owner = owner;
  }

  /** Whether there is a related row that fulfils the conditions. */
  some(...conditions: readonly Condition[]): Expression<boolean> {
    return truth({ kind: "exists", query: correlated(this, conditions), negated: false });
  }

  /** Whether there is none. */
  none(...conditions: readonly Condition[]): Expression<boolean> {
    return truth({ kind: "exists", query: correlated(this, conditions), negated: true });
  }

  /** How many related rows there are, or how many that fulfil the conditions. */
  count(...conditions: readonly Condition[]): Expression<number> {
    const columns = [{ expression: count().node, alias: undefined }];
    const query = { ...correlated(this, conditions), columns };
    return new Expression<number>({ kind: "scalar", query, type: integerType }, integerType);
  }
}

/** The relation of a model as it was declared. Throws `LMP_ORM_RELATION_INVALID` where it does not fit. */
export function relationReference(_model: object, definition: ModelDefinition, name: string): RelationPath {
  return new RelationPath(relationOf(definition, name), definition);
}

export function isRelationReference(value: unknown): value is RelationPath {
  return value instanceof RelationPath;
}

/** The joins along a relation: of a many-to-many relation two, by way of the link table. */
export function joinOf(
  path: RelationPath,
  type: JoinNode["type"],
  condition: ExpressionNode | undefined,
): readonly JoinNode[] {
  const { owner, relation } = path;
  if (isSame(owner, relation.target)) throw joinedWithItself(relation);
  const source = sourceOf(relation.target);
  const conditions = [...declaredConditions(relation), ...(condition === undefined ? [] : [condition])];
  const on = (first: ExpressionNode): ExpressionNode => conditions.reduce(both, first);
  const { link, ownerColumn, targetColumn } = relation;
  const ownerKey = columnOf(owner, ownerColumn);
  const targetKey = columnOf(relation.target, targetColumn);
  if (link === undefined) return [{ type, source, on: on(equal(targetKey, ownerKey)), lateral: false }];
  const linkSource = sourceOf(link.model);
  const toOwner = equal(columnOf(link.model, link.ownerColumn), ownerKey);
  const toTarget = equal(columnOf(link.model, link.targetColumn), targetKey);
  return [
    { type, source: linkSource, on: toOwner, lateral: false },
    { type, source, on: on(toTarget), lateral: false },
  ];
}

/** The related rows of the row that the query around it is at. */
function correlated({ owner, relation }: RelationPath, given: readonly Condition[]): SelectNode {
  const { link, ownerColumn, targetColumn } = relation;
  const conditions = [...declaredConditions(relation), ...given.map(conditionNode)];
  const ownerKey = columnOf(owner, ownerColumn);
  let target = relation.target;
  let inside = conditions;
  if (isSame(owner, target)) {
    // The rows around and those inside are of one table: the inner ones get another name, also in the conditions.
    const alias = freeAlias(relation, conditions);
    inside = conditions.map((node) => retargeted(node, relation.target, alias));
    target = { ...target, alias };
  }
  const targetKey = columnOf(target, targetColumn);
  const columns = [{ expression: targetKey, alias: undefined }];
  const from = sourceOf(target);
  if (link === undefined)
    return { ...emptySelect, columns, from, where: inside.reduce(both, equal(targetKey, ownerKey)) };
  const on = equal(columnOf(link.model, link.targetColumn), targetKey);
  const joins: JoinNode[] = [{ type: "inner", source: sourceOf(link.model), on, lateral: false }];
  const toOwner = equal(columnOf(link.model, link.ownerColumn), ownerKey);
  return { ...emptySelect, columns, from, joins, where: inside.reduce(both, toOwner) };
}

function declaredConditions({ options }: Relation): ExpressionNode[] {
  return options.where === undefined ? [] : [options.where].flat().map(conditionNode);
}

function sourceOf({ alias, table }: ModelDefinition): SourceNode {
  return { kind: "table", table, alias };
}

function isSame(left: ModelDefinition, right: ModelDefinition): boolean {
  return left.table === right.table && left.alias === right.alias;
}

/** A name that no query in the conditions has. */
function freeAlias({ name }: Relation, conditions: readonly ExpressionNode[]): string {
  const used = usedAliases(conditions);
  let alias = `related_${name}`.slice(0, 50);
  for (let number = 2; used.has(alias); number++) alias = `related_${name}`.slice(0, 50) + number;
  return alias;
}

function joinedWithItself({ name, owner }: Relation): LimpidError {
  return new LimpidError(
    "LMP_ORM_QUERY_INVALID",
    `"${owner.table.name}" cannot be joined with itself by ${name}.`,
    {
      expected: "two tables, or one under two names",
      found: `"${owner.table.name}" twice`,
      fix: 'Join alias(Model, "other") with the condition written out.',
    },
  );
}
