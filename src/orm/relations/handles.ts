/** What a relation is on an entity: `user.posts`, `post.author`. Made when the property is read. */
import { EntityRecord } from "../model/entity-record.ts";
import type { RelatedMany, RelatedOne, RelatedThrough } from "../model/model-types.ts";
import type { ModelDefinition } from "../model/registry.ts";
import { conditionNode } from "../query/condition-node.ts";
import type { Condition, Expression, Order } from "../query/expression.ts";
import { orderNode } from "../query/ordering.ts";
import { settled, then } from "../query/settled.ts";
import { addLinked, addRow, removeLinked, removeRow, setReferred, setReferring } from "./change.ts";
import { type Value, withUnwrittenLinks } from "./loaded.ts";
import { countRelated, loadedRelated, related } from "./related.ts";
import { type Request, wholeRelation } from "./request.ts";
import { linksOf, type Relation, relationOf } from "./resolve.ts";
import { keyIn } from "./row-key.ts";

type Values = Readonly<Record<string, unknown>>;

/** The object behind a relation of an entity. Throws `LMP_ORM_RELATION_INVALID` where the relation does not fit. */
export function relationHandle(entity: EntityRecord, definition: ModelDefinition, name: string): unknown {
  const relation = relationOf(definition, name);
  if (relation.kind === "hasMany") return new ReferringRows(entity, wholeRelation(relation));
  if (relation.kind === "manyToMany") return new LinkedRows(entity, wholeRelation(relation));
  return new RelatedRow(entity, relation);
}

/** Several rows. */
abstract class RelatedRows implements PromiseLike<EntityRecord[]>, AsyncIterable<EntityRecord> {
  readonly #entity: EntityRecord;
  readonly #request: Request;

  constructor(entity: EntityRecord, request: Request) {
    this.#entity = entity;
    this.#request = request;
  }

  protected get entity(): EntityRecord {
    return this.#entity;
  }

  protected get request(): Request {
    return this.#request;
  }

  protected abstract asking(request: Request): this;

  get loaded(): readonly EntityRecord[] | undefined {
    return loadedRelated(this.#entity, this.#request) as readonly EntityRecord[] | undefined;
  }

  then<Given = EntityRecord[], Failed = never>(
    give?: ((rows: EntityRecord[]) => Given | PromiseLike<Given>) | null,
    fail?: ((reason: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Given | Failed> {
    return settled(() => then(related(this.#entity, this.#request), copied)).then(give, fail);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<EntityRecord, void, undefined> {
    yield* await this;
  }

  filter(...conditions: readonly Condition[]): this {
    return this.asking(this.#request.filtered(conditions.map(conditionNode)));
  }

  orderBy(...orders: readonly (Order | Expression<unknown>)[]): this {
    return this.asking(this.#request.ordered(orders.map(orderNode)));
  }

  limit(count: number): this {
    return this.asking(this.#request.limited(count));
  }

  count(): Promise<number> {
    return settled(() => countRelated(this.#entity, this.#request));
  }

  first(): Promise<EntityRecord | undefined> {
    const { loaded } = this;
    if (loaded !== undefined) return Promise.resolve(loaded[0]);
    const request = this.#request.limited(1);
    return settled(() =>
      then(related(this.#entity, request), (rows) => (rows as readonly EntityRecord[])[0]),
    );
  }
}

/** `hasMany`. */
class ReferringRows extends RelatedRows implements RelatedMany<EntityRecord, Values> {
  protected override asking(request: Request): this {
    return new ReferringRows(this.entity, request) as this;
  }

  add(...items: readonly (EntityRecord | Values)[]): EntityRecord[] {
    return items.map((item) => addRow(this.entity, this.request.relation, item));
  }

  remove(...items: readonly EntityRecord[]): void {
    for (const item of items) removeRow(this.entity, this.request.relation, item);
  }
}

/** `manyToMany`. */
class LinkedRows extends RelatedRows implements RelatedThrough<EntityRecord, Values, Values, EntityRecord> {
  protected override asking(request: Request): this {
    return new LinkedRows(this.entity, request) as this;
  }

  add(item: EntityRecord | Values, link?: Values): EntityRecord {
    return addLinked(this.entity, this.request.relation, item, link);
  }

  remove(...items: readonly EntityRecord[]): void {
    for (const item of items) removeLinked(this.entity, this.request.relation, item);
  }

  async links(): Promise<EntityRecord[]> {
    const { plain, relation } = this.request;
    const written = await new ReferringRows(this.entity, wholeRelation(linksOf(relation)));
    const links = withUnwrittenLinks(this.entity, relation, written);
    if (plain || relation.link === undefined) return links;
    const { targetColumn } = relation.link;
    const keys = new Set((await this).map((target) => keyIn(target, relation.targetColumn)));
    return links.filter((link) => keys.has(keyIn(link, targetColumn)));
  }
}

/** `belongsTo` and `hasOne`. */
class RelatedRow implements RelatedOne<EntityRecord | null> {
  readonly #entity: EntityRecord;
  readonly #relation: Relation;

  constructor(entity: EntityRecord, relation: Relation) {
    this.#entity = entity;
    this.#relation = relation;
  }

  get loaded(): EntityRecord | null | undefined {
    return loadedRelated(this.#entity, wholeRelation(this.#relation)) as EntityRecord | null | undefined;
  }

  then<Given = EntityRecord | null, Failed = never>(
    give?: ((row: EntityRecord | null) => Given | PromiseLike<Given>) | null,
    fail?: ((reason: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Given | Failed> {
    return settled(() => then(related(this.#entity, wholeRelation(this.#relation)), oneOf)).then(give, fail);
  }

  set(item: EntityRecord | null): void {
    if (this.#relation.kind === "belongsTo") setReferred(this.#entity, this.#relation, item);
    else setReferring(this.#entity, this.#relation, item);
  }
}

/** What is awaited belongs to whoever awaits it: sorting it does not sort what is kept. */
function copied(rows: Value): EntityRecord[] {
  return [...(rows as readonly EntityRecord[])];
}

function oneOf(value: Value): EntityRecord | null {
  return EntityRecord.is(value) ? value : null;
}
