/** What stands behind each model: its table, its class, its relations. Found by the model itself. */
import { LimpidError } from "../../errors/index.ts";
import { Expression } from "../query/expression.ts";
import type { ProjectionNode } from "../query/nodes.ts";
import type { ColumnDefinition, TableDefinition } from "./definition.ts";
import type { EntityClass } from "./entity-class.ts";

/** A model as the layers below the application see it. */
export interface ModelDefinition {
  readonly table: TableDefinition;
  /** The name of its class, for messages: made from the table's. */
  readonly name: string;
  readonly entity: EntityClass;
  /** All its columns, as a query selects them; one array for ever, by which a fingerprint knows it. */
  readonly projection: readonly ProjectionNode[];
  /** What its columns are qualified with, where the model stands under another name. */
  readonly alias: string | undefined;
  /** The objects that declare its relations, by name; asked for when they are first needed. */
  readonly relations: ReadonlyMap<string, () => unknown>;
}

const definitions = new WeakMap<object, ModelDefinition>();
const byEntityClass = new WeakMap<object, ModelDefinition>();

/** Remembers what stands behind a model. */
export function register(model: object, definition: ModelDefinition): void {
  definitions.set(model, definition);
  if (definition.alias === undefined) byEntityClass.set(definition.entity, definition);
}

/** What stands behind a model; throws `LMP_ORM_MODEL_INVALID` for anything else. */
export function definitionOf(model: unknown): ModelDefinition {
  const definition = isObject(model) ? definitions.get(model) : undefined;
  if (definition !== undefined) return definition;
  throw new LimpidError("LMP_ORM_MODEL_INVALID", "This is no model.", {
    expected: "what model(…) returned",
    found: model === null ? "null" : typeof model,
    fix: "Pass the model itself. Where models import each other, use it inside of functions and getters only.",
  });
}

/** The model of an entity; throws `LMP_ORM_ENTITY_INVALID` for anything else. */
export function definitionOfEntity(entity: unknown): ModelDefinition {
  const definition = isObject(entity) ? byEntityClass.get(entity.constructor) : undefined;
  if (definition !== undefined) return definition;
  throw new LimpidError("LMP_ORM_ENTITY_INVALID", "This is no entity of a model.", {
    expected: "an object made by a model: new User({ … }), or one that a query gave",
    found: entity === null ? "null" : typeof entity,
    fix: "Make it with the model, or use db.insert(Model).values({ … }) for plain objects.",
  });
}

/** The table of a model; `undefined` for what is no model, such as another export of the file. */
export function tableOf(value: unknown): TableDefinition | undefined {
  return isObject(value) ? definitions.get(value)?.table : undefined;
}

/** A column of a model, as a property of the model. */
export class ColumnReference<Value = unknown> extends Expression<Value> {
  readonly table: TableDefinition;
  readonly column: ColumnDefinition;

  constructor(table: TableDefinition, column: ColumnDefinition, alias: string | undefined) {
    super({ kind: "column", table, column, alias }, column.type);
    this.table = table;
    this.column = column;
  }
}

/** The column that `references(() => User.id)` names; `undefined` where it names none. */
export function referencedColumn(
  target: unknown,
): { readonly table: TableDefinition; readonly column: ColumnDefinition } | undefined {
  return target instanceof ColumnReference ? { table: target.table, column: target.column } : undefined;
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
