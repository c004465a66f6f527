/** Declares the relations of a model, in its getters: `get posts() { return hasMany(Post, "authorId"); }`. */
import type { AnyModel, BelongsTo, ColumnName, HasMany, HasOne, ManyToMany } from "../model/model-types.ts";
import type { Condition, Expression, Order } from "../query/expression.ts";

/** What holds for every related row of a relation. */
export interface RelationOptions {
  /** Only rows that fulfil these. */
  readonly where?: Condition | readonly Condition[] | undefined;
  readonly orderBy?: Order | Expression<unknown> | readonly (Order | Expression<unknown>)[] | undefined;
  /** At most so many, for each row that they belong to. */
  readonly limit?: number | undefined;
  /** The column of this model that is referred to. Default: its primary key. */
  readonly localKey?: string | undefined;
}

/** A relation as declared, for those who load it. */
export interface RelationDeclaration {
  readonly kind: "hasMany" | "hasOne" | "belongsTo" | "manyToMany";
  readonly target: () => AnyModel;
  readonly key: string;
  readonly options: RelationOptions;
  readonly link: (() => AnyModel) | undefined;
  /** Of a link: its column that refers to the target. */
  readonly targetKey: string | undefined;
}

const declarations = new WeakMap<object, RelationDeclaration>();

/** The declaration behind what a relation's getter returns. */
export function declarationOf(relation: unknown): RelationDeclaration | undefined {
  return typeof relation === "object" && relation !== null ? declarations.get(relation) : undefined;
}

function declare<Relation extends object>(
  relation: Relation,
  declaration: Omit<RelationDeclaration, "link" | "targetKey"> & Partial<RelationDeclaration>,
): Relation {
  declarations.set(relation, { link: undefined, targetKey: undefined, ...declaration });
  return relation;
}

/**
 * The rows of `target` whose column `key` refers to this row.
 *
 * @example
 * ```ts
 * import { belongsTo, hasMany, integer, model, varchar } from "limpid/orm";
 *
 * const User = model("users", { id: integer().primaryKey(), name: varchar(50) }, {
 *   get posts() { return hasMany(Post, "authorId"); },
 * });
 * const Post = model("posts", { id: integer().primaryKey(), authorId: integer().references(() => User.id) }, {
 *   get author() { return belongsTo(User, "authorId"); },
 * });
 * console.log(new Post({ authorId: 1 }).authorId, new User({ name: "Ada" }).name); // 1 Ada
 * ```
 */
export function hasMany<Target extends AnyModel, Key extends ColumnName<Target>>(
  target: Target,
  key: Key,
  options: RelationOptions = {},
): HasMany<Target, Key> {
  const relation: HasMany<Target, Key> = { kind: "hasMany", target: () => target, key };
  return declare(relation, { kind: "hasMany", target: () => target, key, options });
}

/** The one row of `target` whose column `key` refers to this row, or null. */
export function hasOne<Target extends AnyModel, Key extends ColumnName<Target>>(
  target: Target,
  key: Key,
  options: RelationOptions = {},
): HasOne<Target, Key> {
  const relation: HasOne<Target, Key> = { kind: "hasOne", target: () => target, key };
  return declare(relation, { kind: "hasOne", target: () => target, key, options });
}

/** The row of `target` that this model's own column `key` refers to. Null only where the column may be. */
export function belongsTo<Target extends AnyModel, const Key extends string>(
  target: Target,
  key: Key,
): BelongsTo<Target, Key> {
  const relation: BelongsTo<Target, Key> = { kind: "belongsTo", target: () => target, key };
  return declare(relation, { kind: "belongsTo", target: () => target, key, options: {} });
}

/**
 * The rows of `target` that rows of `link` relate to this one: `key` is the column of `link` that refers to this model,
 * `targetKey` the one that refers to the target. `manyToMany(Tag, PostTag, "postId", "tagId")`
 */
export function manyToMany<Target extends AnyModel, Link extends AnyModel>(
  target: Target,
  link: Link,
  key: ColumnName<Link>,
  targetKey: ColumnName<Link>,
  options: RelationOptions = {},
): ManyToMany<Target, Link> {
  const relation: ManyToMany<Target, Link> = { kind: "manyToMany", target: () => target, link: () => link };
  return declare(relation, {
    kind: "manyToMany",
    target: () => target,
    link: () => link,
    key,
    targetKey,
    options,
  });
}
