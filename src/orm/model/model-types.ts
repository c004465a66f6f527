/** What the compiler knows of a model: its entities, what inserting takes, its columns and relations. Types alone. */
import type { Condition, Expression, Order } from "../query/expression.ts";
import type { Presence } from "./column.ts";

/** Shows an intersection as the one object it is. */
type Plain<Type> = { [Key in keyof Type]: Type[Key] } & {};

/** A column builder, whatever it holds. */
export interface AnyColumn {
  readonly types?: { readonly value: unknown; readonly presence: Presence };
}

export type Columns = Readonly<Record<string, AnyColumn>>;

/** The type of a column's value: `string`, or `string | null` where it is nullable. */
export type ValueOf<C> = C extends { readonly types?: { readonly value: infer Value } } ? Value : never;

type PresenceOf<C> = C extends { readonly types?: { readonly presence: infer P } } ? P : never;

type KeysPresent<C, P extends Presence> = {
  [Key in keyof C]: PresenceOf<C[Key]> extends P ? Key : never;
}[keyof C];

/** What a new row takes. */
export type InsertOf<C extends Columns> = Plain<
  { -readonly [Key in KeysPresent<C, "required">]: ValueOf<C[Key]> } & {
    -readonly [Key in KeysPresent<C, "optional">]?: ValueOf<C[Key]> | undefined;
  }
>;

/** What an update may change. */
export type PatchOf<C extends Columns> = {
  -readonly [Key in KeysPresent<C, "required" | "optional">]?: ValueOf<C[Key]> | undefined;
};

type GeneratedKeys<C> = KeysPresent<C, "generated">;

/** A row as an object of TypeScript: its columns, its relations, and the methods of the model. */
export type EntityOf<C extends Columns, R extends object, M extends object> = Plain<
  { -readonly [Key in Exclude<keyof C, GeneratedKeys<C>>]: ValueOf<C[Key]> } & {
    readonly [Key in GeneratedKeys<C>]: ValueOf<C[Key]>;
  } & { readonly [Key in keyof R]: Related<R[Key], C> } & M
>;

/** What a model is made of, for types that look inside. Never there at run time. */
export interface ModelParts<C extends Columns, R extends object, M extends object> {
  readonly columns: C;
  readonly relations: R;
  readonly methods: M;
}

declare const parts: unique symbol;

/** What a model's type carries, for the compiler to infer from. */
export interface Carrier<C extends Columns, R extends object, M extends object> {
  readonly [parts]?: ModelParts<C, R, M>;
}

/** A model, whatever its table. */
export interface AnyModel {
  new (values: never): object;
  readonly [parts]?: ModelParts<Columns, object, object>;
}

/** The class of the entities of one table, with the table's columns and relations as properties. */
export type Model<C extends Columns, R extends object, M extends object> = {
  new (values: InsertOf<C>): EntityOf<C, R, M>;
  readonly [parts]?: ModelParts<C, R, M>;
} & { readonly [Key in keyof C]: ColumnOf<ValueOf<C[Key]>> } & {
  readonly [Key in keyof R]: RelationReference<R[Key]>;
};

/** A column of a model in a query. */
export interface ColumnOf<Value> extends Expression<Value> {}

type PartsOf<M extends AnyModel> = NonNullable<M[typeof parts]>;

/** The columns of a model by name. */
export type ColumnsOf<M extends AnyModel> = PartsOf<M>["columns"];

/** The relations of a model by name. */
export type RelationsOf<M extends AnyModel> = PartsOf<M>["relations"];

/** The names of the columns of a model. */
export type ColumnName<M extends AnyModel> = keyof ColumnsOf<M> & string;

/** An entity of a model: `export type User = Entity<typeof User>`. */
export type Entity<M extends AnyModel> = M extends { new (values: never): infer Instance } ? Instance : never;

/** What a new row of a model takes: `Insert<typeof User>`. */
export type Insert<M extends AnyModel> = InsertOf<ColumnsOf<M>>;

/** What an update of a row of a model may change: `Patch<typeof User>`. */
export type Patch<M extends AnyModel> = PatchOf<ColumnsOf<M>>;

/** The rows of another model that refer to this one. */
export interface HasMany<Target extends AnyModel, Key extends string> {
  readonly kind: "hasMany";
  readonly target: () => Target;
  readonly key: Key;
}

/** The one row of another model that refers to this one. */
export interface HasOne<Target extends AnyModel, Key extends string> {
  readonly kind: "hasOne";
  readonly target: () => Target;
  readonly key: Key;
}

/** The row of another model that this one refers to. */
export interface BelongsTo<Target extends AnyModel, Key extends string> {
  readonly kind: "belongsTo";
  readonly target: () => Target;
  readonly key: Key;
}

/** The rows of another model that a third table links with this one. */
export interface ManyToMany<Target extends AnyModel, Link extends AnyModel> {
  readonly kind: "manyToMany";
  readonly target: () => Target;
  readonly link: () => Link;
}

/** A relation, whatever its kind. */
export interface AnyRelation {
  readonly kind: "hasMany" | "hasOne" | "belongsTo" | "manyToMany";
  readonly target: () => AnyModel;
}

/** What a relation is on an entity. */
type Related<Relation, C> =
  Relation extends HasMany<infer Target, infer Key>
    ? RelatedMany<Entity<Target>, LinkedBy<Target, Key>>
    : Relation extends ManyToMany<infer Target, infer Link>
      ? RelatedThrough<Entity<Target>, Insert<Target>, Partial<Insert<Link>>, Entity<Link>>
      : Relation extends BelongsTo<infer Target, infer Key>
        ? RelatedOne<Key extends keyof C ? WhereNullable<Entity<Target>, ValueOf<C[Key]>> : Entity<Target>>
        : Relation extends HasOne<infer Target, string>
          ? RelatedOne<Entity<Target> | null>
          : never;

type WhereNullable<Target, Value> = null extends Value ? Target | null : Target;

/** What a related row takes: the column that refers to its owner need not be named. */
type LinkedBy<Target extends AnyModel, Key extends string> = Plain<
  Omit<Insert<Target>, Key> & { [K in Key & keyof Insert<Target>]?: Insert<Target>[K] }
>;

/** The model a relation leads to. */
export type TargetOf<Relation> = Relation extends { readonly target: () => infer Target extends AnyModel }
  ? Target
  : never;

/** Several related rows. `await` gives them as an array; loaded once, for all rows from the same query at a time. */
export interface RelatedMany<Item, Values = never> extends PromiseLike<Item[]>, AsyncIterable<Item> {
  /** The rows, where they have been loaded; otherwise `undefined`. Never asks the database. */
  readonly loaded: readonly Item[] | undefined;
  /** Those of the related rows that fulfil the conditions. */
  filter(...conditions: readonly Condition[]): RelatedMany<Item, Values>;
  orderBy(...orders: readonly (Order | Expression<unknown>)[]): RelatedMany<Item, Values>;
  /** At most so many, for each row that they belong to. */
  limit(count: number): RelatedMany<Item, Values>;
  count(): Promise<number>;
  first(): Promise<Item | undefined>;
  /** Relates rows to this one: existing or new ones, or the values of new ones. Written at the next flush. */
  add(...items: readonly (Item | Values)[]): Item[];
  /** Relates them no longer: their column becomes null, or where it cannot be null the row is deleted. */
  remove(...items: readonly Item[]): void;
}

/** Several rows that a link table relates. */
export interface RelatedThrough<Item, Values, Link, LinkEntity>
  extends PromiseLike<Item[]>,
    AsyncIterable<Item> {
  readonly loaded: readonly Item[] | undefined;
  filter(...conditions: readonly Condition[]): RelatedThrough<Item, Values, Link, LinkEntity>;
  orderBy(
    ...orders: readonly (Order | Expression<unknown>)[]
  ): RelatedThrough<Item, Values, Link, LinkEntity>;
  limit(count: number): RelatedThrough<Item, Values, Link, LinkEntity>;
  count(): Promise<number>;
  first(): Promise<Item | undefined>;
  /** Links a row, existing or new, with values for the other columns of the link table. Written at the next flush. */
  add(item: Item | Values, link?: Link): Item;
  /** Links them no longer; the rows themselves stay. */
  remove(...items: readonly Item[]): void;
  /** The rows of the link table. */
  links(): Promise<LinkEntity[]>;
}

/** One related row. `await` gives it, or null. */
export interface RelatedOne<Item> extends PromiseLike<Item> {
  /** The row, where it has been loaded; otherwise `undefined`. Never asks the database. */
  readonly loaded: Item | undefined;
  /** Relates this row to another, written at the next flush. */
  set(item: Item): void;
}

/** A relation of a model in a query: to join along it, or to ask whether and how many related rows there are. */
export interface RelationReference<Relation> {
  readonly relation: Relation;
  /** Whether there is a related row, one that fulfils the conditions. */
  some(...conditions: readonly Condition[]): Expression<boolean>;
  /** Whether there is none. */
  none(...conditions: readonly Condition[]): Expression<boolean>;
  /** How many there are, to select, sort or filter by: `select({ name: User.name, posts: User.posts.count() })`. */
  count(...conditions: readonly Condition[]): Expression<number>;
}

/** The paths that `include` takes: names of relations joined by dots. */
export type IncludePath<M extends AnyModel, Path extends string> = Path extends `${infer First}.${infer Rest}`
  ? First extends keyof RelationsOf<M> & string
    ? `${First}.${IncludePath<TargetOf<RelationsOf<M>[First]>, Rest>}`
    : keyof RelationsOf<M> & string
  : keyof RelationsOf<M> & string;
