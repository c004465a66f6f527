/** `db.update(User).set(…)` and `db.delete(User)`: change rows by query, without reading them. */
import { LimpidError } from "../../errors/index.ts";
import type { AnyModel, Entity, Patch } from "../model/model-types.ts";
import { definitionOf, type ModelDefinition } from "../model/registry.ts";
import { assignmentsOf, withAutomatic } from "./assignments.ts";
import { both, conditionNode } from "./condition-node.ts";
import type { Executor } from "./executor.ts";
import type { Condition, Expression } from "./expression.ts";
import { entitiesOf, objectsOf } from "./insert.ts";
import type { DeleteNode, ExpressionNode, UpdateNode } from "./nodes.ts";
import { projected, type Selected, type Selection } from "./projection.ts";
import { Write } from "./write.ts";

/** New values by column: values, or expressions such as `Post.views.plus(1)`. */
export type Changes<M extends AnyModel> = {
  readonly [Key in keyof Patch<M>]?:
    | Patch<M>[Key]
    | Expression<NonNullable<Patch<M>[Key]>>
    | Expression<Patch<M>[Key]>;
};

/** An update of the rows that fulfil its conditions. Runs when it is awaited; gives the number of rows. */
export class Update<M extends AnyModel, Result = number> extends Write<Result> {
  readonly node: UpdateNode;
  readonly #definition: ModelDefinition;

  constructor(
    executor: Executor,
    definition: ModelDefinition,
    node: UpdateNode,
    makes: Write<Result>["makes"],
  ) {
    super(executor, makes);
    this.node = node;
    this.#definition = definition;
  }

  set(changes: Changes<M>): Update<M, Result> {
    const assignments = [...this.node.assignments, ...assignmentsOf(this.#definition, changes)];
    return this.#with({ ...this.node, assignments: withAutomatic(this.#definition, assignments) });
  }

  filter(...conditions: readonly Condition[]): Update<M, Result> {
    return this.#with({ ...this.node, where: filtered(this.node.where, conditions) });
  }

  /** Gives the rows as they are now. */
  returning(): Update<M, Entity<M>[]>;
  returning<S extends Selection>(selection: S): Update<M, Selected<S>[]>;
  returning(selection?: Selection): Update<M, unknown[]> {
    const returning = selection === undefined ? this.#definition.projection : projected(selection);
    const makes =
      selection === undefined ? entitiesOf(this.executor, this.#definition) : objectsOf(returning);
    return new Update<M, unknown[]>(this.executor, this.#definition, { ...this.node, returning }, makes);
  }

  override run(): Promise<Result> {
    if (this.node.assignments.length > 0) return super.run();
    return Promise.reject(nothingToSet(this.#definition));
  }

  #with(node: UpdateNode): Update<M, Result> {
    return new Update<M, Result>(this.executor, this.#definition, node, this.makes);
  }
}

/** A deletion of the rows that fulfil its conditions. Runs when it is awaited; gives the number of rows. */
export class Delete<M extends AnyModel, Result = number> extends Write<Result> {
  readonly node: DeleteNode;
  readonly #definition: ModelDefinition;

  constructor(
    executor: Executor,
    definition: ModelDefinition,
    node: DeleteNode,
    makes: Write<Result>["makes"],
  ) {
    super(executor, makes);
    this.node = node;
    this.#definition = definition;
  }

  filter(...conditions: readonly Condition[]): Delete<M, Result> {
    const node = { ...this.node, where: filtered(this.node.where, conditions) };
    return new Delete<M, Result>(this.executor, this.#definition, node, this.makes);
  }

  /** Gives the rows as they were. */
  returning(): Delete<M, Entity<M>[]>;
  returning<S extends Selection>(selection: S): Delete<M, Selected<S>[]>;
  returning(selection?: Selection): Delete<M, unknown[]> {
    const returning = selection === undefined ? this.#definition.projection : projected(selection);
    const makes =
      selection === undefined ? entitiesOf(this.executor, this.#definition) : objectsOf(returning);
    return new Delete<M, unknown[]>(this.executor, this.#definition, { ...this.node, returning }, makes);
  }
}

export function updateOf<M extends AnyModel>(executor: Executor, model: M): Update<M> {
  const definition = definitionOf(model);
  const { table } = definition;
  const node: UpdateNode = { kind: "update", table, assignments: [], where: undefined, returning: [] };
  return new Update<M>(executor, definition, node, undefined);
}

export function deleteFrom<M extends AnyModel>(executor: Executor, model: M): Delete<M> {
  const definition = definitionOf(model);
  const node: DeleteNode = { kind: "delete", table: definition.table, where: undefined, returning: [] };
  return new Delete<M>(executor, definition, node, undefined);
}

function filtered(
  where: ExpressionNode | undefined,
  conditions: readonly Condition[],
): ExpressionNode | undefined {
  return conditions.reduce<ExpressionNode | undefined>(
    (all, condition) => both(all, conditionNode(condition)),
    where,
  );
}

function nothingToSet({ table }: ModelDefinition): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", `The update of "${table.name}" sets nothing.`, {
    expected: "at least one column with a value",
    found: "none",
    fix: "Call set({ … }), and mind that undefined values are left out.",
  });
}
