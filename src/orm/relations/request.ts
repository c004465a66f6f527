/** What is asked of a relation: all its rows, or those of a filter, in an order, at most so many for each owner. */

import { LimpidError } from "../../errors/index.ts";
import { fingerprint } from "../compiler/fingerprint.ts";
import type { Dialect, DriverValue } from "../dialects/dialect.ts";
import type { ColumnType } from "../model/column-type.ts";
import type { ExpressionNode, OrderNode, ParameterListNode, ParameterNode } from "../query/nodes.ts";
import { emptySelect } from "../query/select-shapes.ts";
import { rowsQuery, type Wanted } from "./relation-query.ts";
import type { Relation } from "./resolve.ts";

/** Immutable; two requests with the same `key` ask for the same. */
export class Request implements Wanted {
  readonly relation: Relation;
  readonly conditions: readonly ExpressionNode[];
  readonly orders: readonly OrderNode[];
  readonly limit: number | undefined;
  /** Whether it asks for the relation as it was declared. */
  readonly plain: boolean;
  #key: string | undefined;

  constructor(
    relation: Relation,
    conditions: readonly ExpressionNode[] = none,
    orders: readonly OrderNode[] = none,
    limit: number | undefined = undefined,
  ) {
    this.relation = relation;
    this.conditions = conditions;
    this.orders = orders;
    this.plain = conditions.length === 0 && orders.length === 0 && limit === undefined;
    const declared = relation.options.limit;
    this.limit = limit === undefined || (declared !== undefined && declared < limit) ? declared : limit;
    this.#key = this.plain ? relation.name : undefined;
  }

  filtered(conditions: readonly ExpressionNode[]): Request {
    return new Request(this.relation, [...this.conditions, ...conditions], this.orders, this.limit);
  }

  ordered(orders: readonly OrderNode[]): Request {
    return new Request(this.relation, this.conditions, [...this.orders, ...orders], this.limit);
  }

  /** Throws `LMP_ORM_QUERY_INVALID` for what is no number of rows. */
  limited(count: number): Request {
    if (!Number.isSafeInteger(count) || count < 0) throw limitInvalid(count);
    const limit = this.limit === undefined ? count : Math.min(count, this.limit);
    return new Request(this.relation, this.conditions, this.orders, limit);
  }

  /** Under which the answer is kept with an entity: the name of the relation, the shape of the request, its values. */
  key(dialect: Dialect): string {
    if (this.#key === undefined) {
      const parameters: (ParameterNode | ParameterListNode)[] = [];
      const where: ExpressionNode = { kind: "logical", operator: "and", operands: this.conditions };
      const shape = fingerprint({ ...emptySelect, where, orderBy: this.orders }, parameters);
      const values = parameters.map((parameter) => valueKey(parameter, dialect));
      this.#key = `?${this.relation.name} ${this.limit ?? ""} ${shape} ${JSON.stringify(values)}`;
    }
    return this.#key;
  }

  /** Under which the number of rows is kept. A limit does not change what is counted. */
  countKey(dialect: Dialect): string {
    const uncut = new Request(this.relation, this.conditions);
    return `#${uncut.key(dialect)}`;
  }

  query(keys: readonly unknown[]): ReturnType<typeof rowsQuery> {
    return rowsQuery(this.relation, this, keys);
  }
}

const none: readonly never[] = Object.freeze([]);

const plain = new WeakMap<Relation, Request>();

/** The request for a relation as it was declared. */
export function wholeRelation(relation: Relation): Request {
  let request = plain.get(relation);
  if (request === undefined) {
    request = new Request(relation);
    plain.set(relation, request);
  }
  return request;
}

/** Values are told apart as the database would: by what they are encoded to. */
function valueKey(parameter: ParameterNode | ParameterListNode, dialect: Dialect): unknown {
  if (parameter.kind === "parameter-list")
    return parameter.values.map((value) => encodedKey(value, parameter.type, dialect));
  return encodedKey(parameter.value, parameter.type, dialect);
}

function encodedKey(value: unknown, type: ColumnType | undefined, dialect: Dialect): unknown {
  if (value === null || value === undefined) return null;
  // The steps of a path, or a row of values.
  if (type === undefined && Array.isArray(value)) return value.map((item) => encodedKey(item, type, dialect));
  return written(dialect.encoder(type)(value));
}

function written(value: DriverValue): unknown {
  if (Array.isArray(value)) return value.map(written);
  if (value instanceof Uint8Array) return ["bytes", Buffer.from(value).toString("base64")];
  return typeof value === "bigint" || typeof value === "number" ? [typeof value, String(value)] : value;
}

function limitInvalid(count: unknown): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", "A limit is a number of rows.", {
    expected: "a whole number from 0",
    found: typeof count === "number" ? String(count) : typeof count,
    fix: "Check what is passed to limit().",
  });
}
