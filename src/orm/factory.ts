/** Factories: entities for tests and seeds, the same ones each time. */
import { LimpidError } from "../errors/index.ts";
import type { AnyModel, Entity, Insert, RelationsOf } from "./model/model-types.ts";
import { definitionOf, type ModelDefinition } from "./model/registry.ts";
import { relationOf } from "./relations/resolve.ts";

/** What a factory makes values from. */
export interface FactoryContext {
  /** 1 for the first entity, 2 for the next, … */
  readonly sequence: number;
  /** A number from 0 to 1, the same ones in each run. */
  random(): number;
  /** One of these, the same in each run. */
  pick<Item>(items: readonly Item[]): Item;
}

/** Values of columns, and for relations entities, or factories that make them. */
export type FactoryValues<M extends AnyModel> = Partial<Insert<M>> & {
  readonly [Name in keyof RelationsOf<M>]?: FactoryRelated;
};

/** What is related: an entity, a factory that makes one, several of `factory.many(3)`, or null for none. */
export type FactoryRelated = object | null;

/** Where entities of a factory are written: a session. */
export interface FactorySession {
  add(...entities: readonly object[]): void;
  flush(): Promise<void>;
}

/** So many entities of a factory, for a relation. */
class Several {
  readonly make: () => readonly object[];

  constructor(make: () => readonly object[]) {
    this.make = make;
  }
}

/** Makes entities of one model. */
export class Factory<M extends AnyModel> {
  readonly #definition: ModelDefinition;
  readonly #model: M;
  readonly #make: (context: FactoryContext) => FactoryValues<M>;
  #sequence = 0;
  #random: () => number;

  constructor(model: M, make: (context: FactoryContext) => FactoryValues<M>) {
    this.#model = model;
    this.#definition = definitionOf(model);
    this.#make = make;
    this.#random = pseudoRandom(this.#definition.table.name);
  }

  /** Makes an entity, and what is related to it. Nothing is written. */
  build(values: FactoryValues<M> = {}): Entity<M> {
    this.#sequence += 1;
    const random = this.#random;
    const context: FactoryContext = {
      sequence: this.#sequence,
      random,
      pick: (items) => items[Math.floor(random() * items.length)] as (typeof items)[number],
    };
    const all: Readonly<Record<string, unknown>> = { ...this.#make(context), ...values };
    const columns: Record<string, unknown> = {};
    const related: [string, unknown][] = [];
    for (const [name, value] of Object.entries(all)) {
      if (this.#definition.relations.has(name)) related.push([name, value]);
      else columns[name] = value;
    }
    const entity = new this.#definition.entity(columns);
    for (const [name, value] of related) relate(this.#definition, entity, name, value);
    return entity as object as Entity<M>;
  }

  /** Makes several. `values` may depend on the number of each, from 0. */
  buildMany(
    count: number,
    values: FactoryValues<M> | ((index: number) => FactoryValues<M>) = {},
  ): Entity<M>[] {
    return Array.from({ length: count }, (_, index) =>
      this.build(typeof values === "function" ? values(index) : values),
    );
  }

  /** Makes an entity and writes it, with what is related to it, in the session's transaction. */
  async create(session: FactorySession, values: FactoryValues<M> = {}): Promise<Entity<M>> {
    const [entity] = await this.createMany(session, 1, values);
    return entity as Entity<M>;
  }

  /** Makes several and writes them. */
  async createMany(
    session: FactorySession,
    count: number,
    values: FactoryValues<M> | ((index: number) => FactoryValues<M>) = {},
  ): Promise<Entity<M>[]> {
    const entities = this.buildMany(count, values);
    session.add(...(entities as object[]));
    await session.flush();
    return entities;
  }

  /** Several of them for a relation: `users.build({ posts: posts.many(3) })`. */
  many(count: number, values: FactoryValues<M> = {}): FactoryRelated {
    return new Several(() => this.buildMany(count, values) as object[]);
  }

  /** Another factory of the same model, with some values fixed: `users.with({ role: "admin" })`. */
  with(values: FactoryValues<M>): Factory<M> {
    return new Factory(this.#model, (context) => ({ ...this.#make(context), ...values }));
  }

  /** Begins anew: with the first of the sequence and the same random numbers. */
  reset(): void {
    this.#sequence = 0;
    this.#random = pseudoRandom(this.#definition.table.name);
  }
}

/**
 * A factory for a model. What it makes depends on nothing but how often it was asked, so that tests and seeds are the
 * same each time.
 *
 * @example
 * ```ts
 * import { belongsTo, factory, integer, model, varchar } from "limpid/orm";
 *
 * const User = model("users", { id: integer().primaryKey(), name: varchar(50) });
 * const Post = model("posts", {
 *   id: integer().primaryKey(),
 *   authorId: integer().references(() => User.id),
 *   title: varchar(80),
 * }, { get author() { return belongsTo(User, "authorId"); } });
 *
 * const users = factory(User, ({ sequence }) => ({ name: `User ${sequence}` }));
 * const posts = factory(Post, ({ sequence }) => ({ title: `Post ${sequence}`, author: users }));
 * console.log(posts.build().title, posts.build({ title: "Tides" }).title); // Post 1 Tides
 * ```
 */
export function factory<M extends AnyModel>(
  model: M,
  make: (context: FactoryContext) => FactoryValues<M>,
): Factory<M> {
  return new Factory(model, make);
}

/** Relates what was given to an entity, along the relation's own handle. */
function relate(definition: ModelDefinition, entity: object, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  const relation = relationOf(definition, name);
  const handle = (entity as Record<string, { set(target: object): void; add(target: object): void }>)[name];
  const targets = targetsOf(value, `${definition.table.name}.${name}`);
  const isOne = relation.kind === "belongsTo" || relation.kind === "hasOne";
  if (isOne && targets.length !== 1)
    throw invalid(`${definition.table.name}.${name}`, "one entity", `${targets.length}`);
  for (const target of targets) {
    if (isOne) handle?.set(target);
    else handle?.add(target);
  }
}

function targetsOf(value: unknown, name: string): readonly object[] {
  if (value instanceof Several) return value.make();
  if (value instanceof Factory) return [value.build() as object];
  if (Array.isArray(value)) return value.flatMap((item) => targetsOf(item, name));
  if (typeof value === "object" && value !== null) return [value];
  throw invalid(name, "an entity, a factory or factory.many(3)", typeof value);
}

function invalid(name: string, expected: string, found: string): LimpidError {
  return new LimpidError("LMP_ORM_FACTORY_INVALID", `The factory cannot relate "${name}".`, {
    expected,
    found,
    fix: "Change what the factory returns for the relation.",
  });
}

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
function pseudoRandom(seed: string): () => number {
  let state = 2_166_136_261;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16_777_619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
