/** `model(…)`: a table, its columns, relations and methods become the class of its entities. */
import { LimpidError } from "../../errors/index.ts";
import type { ProjectionNode } from "../query/nodes.ts";
import { relationHandle } from "../relations/handles.ts";
import { relationReference } from "../relations/reference.ts";
import type { ColumnDefinition, TableDefinition } from "./definition.ts";
import { entityClass } from "./entity-class.ts";
import type { EntityRecord } from "./entity-record.ts";
import type { AnyModel, Carrier, Columns, EntityOf, Model } from "./model-types.ts";
import { checkIdentifier, checkMethod, checkProperty } from "./naming.ts";
import { ColumnReference, definitionOf, type ModelDefinition, register } from "./registry.ts";
import { defineTable, type TableOptions } from "./table.ts";

/** `exposed` of limpid/template, taken by its name, so that models do not load templates. */
const exposed = Symbol.for("limpid.template.exposed");

/** No relations, no methods. */
type None = NonNullable<unknown>;

/**
 * A model: the class of the rows of one table.
 *
 * `columns` are builders by property name. `relations` are getters, so that models can refer to each other in a circle.
 * `methods` are put on the entities; `this` is the entity. Where models refer to each other *and* a method (not a
 * getter) uses `this`, TypeScript cannot infer both at once: put those methods on with `withMethods`.
 *
 * Throws `LMP_ORM_MODEL_INVALID` and `LMP_ORM_IDENTIFIER_INVALID`.
 *
 * @example
 * ```ts
 * import { type Entity, integer, model, varchar } from "limpid/orm";
 *
 * const User = model("users", {
 *   id: integer().primaryKey(),
 *   username: varchar(50).unique(),
 * }, {}, {
 *   get handle(): string { return "@" + this.username; },
 * });
 * type User = Entity<typeof User>;
 *
 * const ada: User = new User({ username: "ada" });
 * console.log(ada.handle); // @ada
 * ```
 */
export function model<C extends Columns, R extends object = None, M extends object = None>(
  table: string | TableOptions<keyof NoInfer<C> & string>,
  columns: C,
  relations?: R,
  methods?: M & ThisType<EntityOf<C, R, M>>,
): Model<C, R, M> {
  const definition = define(typeof table === "string" ? { name: table } : table, columns, relations ?? {});
  const { entity } = definition;
  defineReferences(entity, definition, entity);
  for (const name of definition.relations.keys()) defineRelation(entity.prototype, definition, name);
  Object.defineProperty(entity, exposed, { value: [...definition.relations.keys()] });
  if (methods !== undefined) defineMethods(entity.prototype, definition, methods);
  defineInspection(entity.prototype, definition);
  register(entity, definition);
  return entity as unknown as Model<C, R, M>;
}

/**
 * Puts methods on the entities of a model and returns the model; `this` is the entity.
 *
 * @example
 * ```ts
 * import { integer, model, varchar, withMethods } from "limpid/orm";
 *
 * const User = withMethods(model("users", { id: integer().primaryKey(), name: varchar(50) }), {
 *   greet(word: string) { return `${word}, ${this.name}`; },
 * });
 * console.log(new User({ name: "Ada" }).greet("Hello")); // Hello, Ada
 * ```
 */
export function withMethods<C extends Columns, R extends object, M extends object, N extends object>(
  model: AnyModel & Carrier<C, R, M>,
  methods: N & ThisType<EntityOf<C, R, M & N>>,
): Model<C, R, M & N> {
  const definition = definitionOf(model);
  defineMethods(definition.entity.prototype, definition, methods);
  return model as unknown as Model<C, R, M & N>;
}

/**
 * A model under another name, for a query that needs its table twice.
 *
 * @example
 * ```ts
 * import { alias, integer, model, varchar } from "limpid/orm";
 *
 * const Person = model("people", { id: integer().primaryKey(), name: varchar(50), bossId: integer().nullable() });
 * const Boss = alias(Person, "boss");
 * console.log(Person.bossId.eq(Boss.id).node.kind); // comparison
 * ```
 */
export function alias<M extends AnyModel>(model: M, name: string): M {
  checkIdentifier(name);
  const original = definitionOf(model);
  const definition = { ...original, alias: name, projection: projectionOf(original.table, name) };
  const aliased = Object.create(null) as object;
  defineReferences(aliased, definition, model);
  register(aliased, definition);
  return aliased as M;
}

function define(options: TableOptions, columns: Columns, relations: object): ModelDefinition {
  const table = defineTable(options, columns);
  const name = classNameOf(table.name);
  return {
    table,
    name,
    entity: entityClass(table, name),
    projection: projectionOf(table, undefined),
    alias: undefined,
    relations: relationGetters(table, relations),
  };
}

/** `blog_posts` becomes `BlogPosts`: shown where entities are printed. */
function classNameOf(table: string): string {
  const words = table.match(/[A-Za-z0-9]+/g) ?? [];
  const name = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join("");
  return /^[A-Za-z]/.test(name) ? name : `Row${name}`;
}

function projectionOf(table: TableDefinition, alias: string | undefined): readonly ProjectionNode[] {
  const column = (definition: ColumnDefinition): ProjectionNode => ({
    expression: { kind: "column", table, column: definition, alias },
    alias: undefined,
  });
  return Object.freeze(table.columns.map(column));
}

function relationGetters(table: TableDefinition, relations: object): ReadonlyMap<string, () => unknown> {
  const getters = new Map<string, () => unknown>();
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(relations))) {
    checkProperty(name, table.name);
    if (table.columnsByProperty.has(name)) throw taken(table, name, "a column");
    getters.set(name, () => (descriptor.get ? descriptor.get.call(relations) : descriptor.value));
  }
  return getters;
}

/** `User.name` and `User.posts`; the class's own `name` and `length` make way. */
function defineReferences(holder: object, definition: ModelDefinition, model: object): void {
  const { table, alias } = definition;
  for (const column of table.columns) {
    const value = new ColumnReference(table, column, alias);
    Object.defineProperty(holder, column.property, { value, enumerable: true, configurable: true });
  }
  for (const name of definition.relations.keys()) {
    const get = (): unknown => relationReference(model, definition, name);
    Object.defineProperty(holder, name, { get, enumerable: true, configurable: true });
  }
}

function defineRelation(prototype: object, definition: ModelDefinition, name: string): void {
  Object.defineProperty(prototype, name, {
    get(this: EntityRecord): unknown {
      return relationHandle(this, definition, name);
    },
    configurable: true,
  });
}

function defineMethods(prototype: object, definition: ModelDefinition, methods: object): void {
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(methods))) {
    checkMethod(name, definition.table.name);
    if (definition.table.columnsByProperty.has(name)) throw taken(definition.table, name, "a column");
    if (definition.relations.has(name)) throw taken(definition.table, name, "a relation");
    Object.defineProperty(prototype, name, { ...descriptor, enumerable: false, configurable: true });
    // Templates see what an entity computes; what it does is not for them.
    if (descriptor.get !== undefined) exposedBy(definition).push(name);
  }
}

/** The names that templates may use beside the columns. */
function exposedBy({ entity }: ModelDefinition): string[] {
  return (entity as unknown as { readonly [exposed]: string[] })[exposed];
}

/** Shows the columns under the name of the class, which a column called `name` hides from Node. */
function defineInspection(prototype: object, { name }: ModelDefinition): void {
  function inspected(
    this: object,
    depth: number,
    options: object,
    inspect: (value: object, options: object) => string,
  ) {
    return depth < 0 ? `[${name}]` : `${name} ${inspect({ ...this }, options)}`;
  }
  const inspection = Symbol.for("nodejs.util.inspect.custom");
  Object.defineProperty(prototype, inspection, { value: inspected, configurable: true });
}

function taken(table: TableDefinition, name: string, by: string): LimpidError {
  return new LimpidError("LMP_ORM_MODEL_INVALID", `The model of "${table.name}" uses "${name}" twice.`, {
    expected: "different names for columns, relations and methods",
    found: `"${name}" is ${by} too`,
    fix: "Rename one of them.",
  });
}
