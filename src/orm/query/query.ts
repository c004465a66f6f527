/** `db.query(User)` and `db.from(…)`: reads rows of a model as entities, or whatever is selected. */
import { LimpidError } from "../../errors/index.ts";
import type { DriverRow } from "../driver/driver.ts";
import type { EntityRecord } from "../model/entity-record.ts";
import type { AnyModel, Entity, IncludePath } from "../model/model-types.ts";
import { definitionOf, type ModelDefinition } from "../model/registry.ts";
import { type Inclusion, includeRelations, inclusionOf } from "../relations/include.ts";
import { isRelationReference, joinOf } from "../relations/reference.ts";
import { both, conditionNode } from "./condition-node.ts";
import type { Executor } from "./executor.ts";
import { type Condition, type Expression, expressionNode } from "./expression.ts";
import type { JoinNode, LockNode, QueryNode, SelectNode } from "./nodes.ts";
import { projected, type Selected, type Selection } from "./projection.ts";
import { namedRows, Results } from "./results.ts";
import { emptySelect } from "./select-shapes.ts";
import { then } from "./settled.ts";
import { type Derived, sourceOf } from "./source.ts";
import type { Plan } from "./statements.ts";

/** What can be joined: a model, a derived table, a common table expression, or a relation of a model in the query. */
export type Joinable = AnyModel | Derived<object> | object;

export interface LockOptions {
  /** What happens where another has the row: wait (default), fail at once, or leave it out. */
  readonly wait?: "wait" | "nowait" | "skip locked" | undefined;
}

const WAITS: readonly string[] = ["wait", "nowait", "skip locked"];

/** A select: what it reads, and what it leaves out. */
export abstract class Selecting<Row> extends Results<Row> {
  declare readonly node: SelectNode;

  /** Only rows that fulfil all of these conditions, and those of earlier calls. */
  filter(...conditions: readonly (Condition | undefined)[]): this {
    let where = this.node.where;
    for (const condition of conditions)
      if (condition !== undefined) where = both(where, conditionNode(condition));
    return this.with({ ...this.node, where });
  }

  /** Joins rows for which the condition holds. A relation, `User.posts`, brings its condition along. */
  join(source: Joinable, on?: Condition): this {
    return this.#joined("inner", source, on);
  }

  /** Like `join`, and rows without a partner stay, with null for its columns. */
  leftJoin(source: Joinable, on?: Condition): this {
    return this.#joined("left", source, on);
  }

  rightJoin(source: Joinable, on?: Condition): this {
    return this.#joined("right", source, on);
  }

  fullJoin(source: Joinable, on?: Condition): this {
    return this.#joined("full", source, on);
  }

  /** Every row with every row. */
  crossJoin(source: Joinable): this {
    return this.#joined("cross", source, undefined);
  }

  /** Joins a derived table that may use columns of what stands before it. Not on SQLite. */
  lateralJoin(source: Joinable, on?: Condition): this {
    const condition = on === undefined ? undefined : conditionNode(on);
    const type = condition === undefined ? "cross" : "inner";
    const join: JoinNode = { type, source: sourceOf(source), on: condition, lateral: true };
    return this.with({ ...this.node, joins: [...this.node.joins, join] });
  }

  /** One row for each group of rows that are equal in these. */
  groupBy(...expressions: readonly Expression<unknown>[]): this {
    const groupBy = [...this.node.groupBy, ...expressions.map(expressionNode)];
    return this.with({ ...this.node, groupBy });
  }

  /** Only groups that fulfil these conditions. */
  having(...conditions: readonly Condition[]): this {
    let { having } = this.node;
    for (const condition of conditions) having = both(having, conditionNode(condition));
    return this.with({ ...this.node, having });
  }

  /** Each row once. */
  distinct(): this {
    return this.with({ ...this.node, distinct: true });
  }

  /** The first row of those that are equal in these. PostgreSQL. */
  distinctOn(...expressions: readonly Expression<unknown>[]): this {
    return this.with({ ...this.node, distinctOn: expressions.map(expressionNode) });
  }

  /** Locks the rows until the transaction ends, so that nobody else changes or locks them. Not on SQLite. */
  forUpdate(options: LockOptions = {}): this {
    return this.#locked("update", options);
  }

  /** Locks the rows until the transaction ends, so that nobody else changes them. Not on SQLite. */
  forShare(options: LockOptions = {}): this {
    return this.#locked("share", options);
  }

  /** Reads these expressions instead of whole entities, as plain objects typed accordingly. */
  select<S extends Selection>(selection: S): Projection<Selected<S>> {
    return new Projection<Selected<S>>(this.executor, { ...this.node, columns: projected(selection) });
  }

  #joined(type: JoinNode["type"], source: Joinable, on: Condition | undefined): this {
    const condition = on === undefined ? undefined : conditionNode(on);
    const joins = isRelationReference(source)
      ? joinOf(source, type, condition)
      : [{ type, source: sourceOf(source), on: condition, lateral: false }];
    if (type !== "cross" && joins.some((join) => join.on === undefined)) throw withoutCondition();
    return this.with({ ...this.node, joins: [...this.node.joins, ...joins] });
  }

  #locked(strength: LockNode["strength"], { wait = "wait" }: LockOptions): this {
    if (!WAITS.includes(wait)) throw unknownWait(wait);
    return this.with({ ...this.node, lock: { strength, wait } });
  }
}

/** A query for the entities of a model. */
export class Query<M extends AnyModel> extends Selecting<Entity<M>> {
  readonly #definition: ModelDefinition;
  readonly #include: Inclusion | undefined;

  constructor(executor: Executor, definition: ModelDefinition, node: SelectNode, include?: Inclusion) {
    super(executor, node);
    this.#definition = definition;
    this.#include = include;
  }

  /**
   * Loads relations with the rows: one query for each, however many rows there are. `include("author", "comments.author")`.
   * Relations that are not included are loaded when they are first awaited, for all rows of the query at once. Throws
   * `LMP_ORM_RELATION_INVALID` for a name that is no relation.
   */
  include<const Paths extends readonly string[]>(
    ...paths: { readonly [Index in keyof Paths]: IncludePath<M, Paths[Index] & string> } & Paths
  ): Query<M> {
    const include = inclusionOf(this.#definition, [...(this.#include?.paths ?? []), ...paths]);
    return new Query<M>(this.executor, this.#definition, this.node, include);
  }

  protected override with(node: SelectNode): this {
    return new Query<M>(this.executor, this.#definition, node, this.#include) as this;
  }

  protected override made(rows: readonly DriverRow[], plan: Plan): Entity<M>[] | Promise<Entity<M>[]> {
    const entities: EntityRecord[] = this.executor.entities(this.#definition, rows, plan);
    const typed = entities as object[] as Entity<M>[];
    if (this.#include === undefined) return typed;
    return then(includeRelations(this.executor, this.#include, entities), () => typed);
  }
}

/** A query for what `select({ … })` names. */
export class Projection<Row> extends Selecting<Row> {
  protected override with(node: QueryNode): this {
    return new Projection<Row>(this.executor, node as SelectNode) as this;
  }

  protected override made(rows: readonly DriverRow[], plan: Plan): Row[] {
    return namedRows<Row>(this.node.columns, rows, plan);
  }
}

/** A query for the entities of a model, or of its alias. */
export function queryOf<M extends AnyModel>(executor: Executor, model: M): Query<M> {
  const definition = definitionOf(model);
  return new Query<M>(executor, definition, wholeModel(definition));
}

const wholes = new WeakMap<ModelDefinition, SelectNode>();

function wholeModel(definition: ModelDefinition): SelectNode {
  let node = wholes.get(definition);
  if (node === undefined) {
    const { table, alias, projection } = definition;
    node = { ...emptySelect, columns: projection, from: { kind: "table", table, alias } };
    wholes.set(definition, node);
  }
  return node;
}

/** A query on a derived table, a common table expression or a model, of which something is then selected. */
export function queryFrom<Row extends object>(
  executor: Executor,
  source: Derived<Row> | AnyModel,
): Projection<Row> {
  const from = sourceOf(source);
  if (from.kind === "table") return new Projection<Row>(executor, wholeModel(definitionOf(source)));
  const columns = Object.entries(source as Readonly<Record<string, Expression<unknown>>>).map(
    ([alias, { node }]) => ({ expression: node, alias }),
  );
  return new Projection<Row>(executor, { ...emptySelect, columns, from });
}

function withoutCondition(): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", "A join needs a condition.", {
    expected: "join(Post, Post.authorId.eq(User.id)), or a relation: join(User.posts)",
    found: "no condition",
    fix: "Say how the rows belong together, or use crossJoin() for every row with every row.",
  });
}

function unknownWait(found: unknown): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", "A lock cannot be waited for like that.", {
    expected: WAITS.join(", "),
    found: typeof found === "string" ? JSON.stringify(found) : typeof found,
    fix: 'Say what happens where another has the row: forUpdate({ wait: "skip locked" }).',
  });
}
