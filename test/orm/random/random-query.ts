/** Random queries through the public builder, each with the rows that the reference gives for it. */
import { cte, type Database, type Derived, Expression, exists, type SqlText } from "limpid/orm";
import type { QueryNode } from "../../../src/orm/query/nodes.ts";
import { scalarNode } from "../../../src/orm/query/subquery.ts";
import { conditionExpression } from "./condition-expressions.ts";
import { aggregate, windowed } from "./grouped-expressions.ts";
import { asCondition, type Draw, type Env, type Made, made, truth } from "./made.ts";
import { compareRows, someTerm, type Term } from "./order.ts";
import { isAmong, isSame, type Kind, opposite, type Scalar } from "./scalar.ts";
import {
  derivedSource,
  envsOf,
  type Join,
  type JoinKind,
  joined,
  type Source,
  tableSource,
} from "./source.ts";
import type { Row, Rows } from "./things.ts";
import { type Makers, valueExpression } from "./value-expressions.ts";

/** The builder, of which the kind of query does not matter here. */
type Query = ReturnType<Database["from"]>;

/** What a select and a union have in common. */
interface Readable {
  readonly node: QueryNode;
  all(): Promise<object[]>;
  count(): Promise<number>;
  exists(): Promise<boolean>;
  sql(): SqlText;
  as(name: string): Derived<object>;
}

/** A query and its meaning. */
export interface RandomQuery {
  readonly query: Readable;
  readonly items: readonly Made[];
  readonly isOrdered: boolean;
  readonly rows: readonly Row[];
}

const outside: Env = { rows: {} };

export class QueryMaker {
  readonly #db: Database;
  readonly #draw: Draw;
  readonly #rows: Rows;
  #names = 0;

  constructor(db: Database, draw: Draw, rows: Rows) {
    this.#db = db;
    this.#draw = draw;
    this.#rows = rows;
  }

  /** A query of `depth` levels, or of two that are united. */
  query(depth: number): RandomQuery {
    const { shape } = this.#draw;
    if (depth > 0 && shape.oneIn(5)) return this.#united(depth - 1);
    return this.#select(depth, undefined);
  }

  #name(): string {
    this.#names += 1;
    return `s${this.#names}`;
  }

  #source(depth: number): Source {
    const { shape } = this.#draw;
    const name = this.#name();
    if (depth <= 0 || !shape.oneIn(4))
      return tableSource(shape.pick(["things", "things", "pieces"] as const), name, this.#rows);
    const inner = this.query(depth - 1);
    const derived = shape.oneIn(2) ? inner.query.as(name) : cte(name, inner.query as Query);
    return derivedSource(name, derived as never, inner.items, inner.rows);
  }

  /** What expressions are made of, in the scope of some sources and what is around them. */
  #makers(scope: readonly Made[], subqueries: number): Makers & { readonly scope: readonly Made[] } {
    const makers = {
      draw: this.#draw,
      scope,
      condition: (depth: number): Made => conditionExpression(makers, depth),
      value: (kind: Kind, depth: number): Made => valueExpression(makers, kind, depth),
      scalar: (kind: Kind, depth: number) => this.#scalar(scope, kind, Math.min(depth, subqueries - 1)),
      exists: (depth: number) => this.#exists(scope, Math.min(depth, subqueries - 1)),
      among: (operand: Made, negated: boolean, depth: number) =>
        this.#among(scope, operand, negated, Math.min(depth, subqueries - 1)),
    };
    return makers;
  }

  #joins(base: Source, outer: readonly Made[], depth: number): Join[] {
    const { shape } = this.#draw;
    if (!shape.oneIn(3)) return [];
    const source = this.#source(depth - 1);
    const kind: JoinKind = shape.pick(["join", "leftJoin", "rightJoin", "crossJoin"] as const);
    const scope = [...base.columns, ...source.columns, ...outer];
    const on = kind === "crossJoin" ? undefined : this.#makers(scope, 0).condition(1);
    return [{ kind, source, on }];
  }

  #select(depth: number, kinds: readonly Kind[] | undefined): RandomQuery {
    const { shape } = this.#draw;
    const base = this.#source(depth - 1);
    const joins = this.#joins(base, [], depth);
    const sources = [base, ...joins.map(({ source }) => source)];
    const makers = this.#makers(
      sources.flatMap(({ columns }) => columns),
      depth,
    );
    const where = shape.oneIn(4) ? undefined : makers.condition(depth + 1);
    let envs = envsOf(base, outside);
    for (const join of joins) envs = joined(envs, join, outside);
    if (where !== undefined) envs = envs.filter((env) => where.of(env) === true);
    const query = this.#read(base, joins, where);
    if (kinds === undefined && shape.oneIn(3)) return this.#grouped(query, makers, envs, depth);
    const total = sources.flatMap(({ keys }) => keys.map((key) => someTerm(this.#draw, key)));
    const isTotal = sources.every(({ unique }) => unique);
    const items = this.#items(makers, isTotal ? total : undefined, kinds, depth);
    const all = envs.map((env) => ({ ...env, all: envs }));
    return this.#finished(query, items, all, makers, total, kinds === undefined);
  }

  #read(base: Source, joins: readonly Join[], where: Made | undefined): Query {
    let query = this.#db.from(base.value as never) as Query;
    for (const { kind, on, source } of joins)
      query = query[kind](source.value, on && asCondition(on.expression)) as Query;
    return where === undefined ? query : query.filter(asCondition(where.expression));
  }

  /** Of the kinds that the other side of a union has, or of any. Windows need a total order. */
  #items(
    makers: Makers,
    total: readonly Term[] | undefined,
    kinds: readonly Kind[] | undefined,
    depth: number,
  ): Made[] {
    const { shape } = this.#draw;
    if (kinds !== undefined) return kinds.map((kind) => makers.value(kind, depth));
    return Array.from({ length: shape.between(1, 4) }, () =>
      total !== undefined && shape.oneIn(4)
        ? windowed(makers, total, depth)
        : makers.value(shape.pick(makers.scope).kind, depth + 1),
    );
  }

  #grouped(query: Query, makers: Makers, envs: readonly Env[], depth: number): RandomQuery {
    const { shape } = this.#draw;
    const keys = Array.from({ length: shape.below(3) }, () => makers.value(shape.pick(makers.scope).kind, 1));
    const groups = groupsOf(envs, keys);
    const aggregates = Array.from({ length: shape.between(1, 3) }, () => aggregate(makers, depth));
    const grouped = keys.length === 0 ? query : query.groupBy(...keys.map(({ expression }) => expression));
    const inner = this.#makers(aggregates, 0);
    const having = shape.oneIn(3) ? inner.condition(1) : undefined;
    const computed = shape.oneIn(2) ? [inner.value(shape.pick(aggregates).kind, 1)] : [];
    const kept = having === undefined ? groups : groups.filter((env) => having.of(env) === true);
    const narrowed = having === undefined ? grouped : grouped.having(asCondition(having.expression));
    const items = [...keys, ...aggregates, ...computed];
    return this.#finished(narrowed, items, kept, undefined, undefined, true);
  }

  /** Selects, makes distinct, sorts and cuts. `makers` and `total` where rows may be sorted by what is not selected. */
  #finished(
    from: Query,
    items: readonly Made[],
    envs: readonly Env[],
    makers: Makers | undefined,
    total: readonly Term[] | undefined,
    mayEnd: boolean,
  ): RandomQuery {
    const { shape } = this.#draw;
    const selection = Object.fromEntries(items.map(({ expression }, index) => [`c${index}`, expression]));
    let query = from.select(selection) as Query;
    const isDistinct = shape.oneIn(4);
    let kept = [...envs];
    if (isDistinct) {
      query = query.distinct();
      kept = distinctEnvs(kept, items);
    }
    // MariaDB 10.11 loses rows of `select distinct` where a computed column is written again in ORDER BY.
    const isLost = isDistinct && this.#db.dialect === "mysql";
    const isOrdered = mayEnd && shape.oneIn(2) && !isLost;
    if (isOrdered) {
      const last =
        isDistinct || total === undefined ? items.map((item) => someTerm(this.#draw, item)) : total;
      const first = isDistinct || makers === undefined ? [] : [someTerm(this.#draw, anyValue(makers))];
      const terms = [...first, ...last];
      query = query.orderBy(...terms.map(({ order }) => order));
      kept = kept.toSorted((one, other) => compareRows(terms, one, other));
      [query, kept] = this.#cut(query, kept);
    }
    return { query, items, isOrdered, rows: kept.map((env) => rowOf(env, items)) };
  }

  #cut(query: Query, envs: Env[]): [Query, Env[]] {
    const { shape, value } = this.#draw;
    let cut = query;
    let from = 0;
    let to = envs.length;
    if (shape.oneIn(3)) cut = cut.offset((from = value.below(4)));
    if (shape.oneIn(2)) {
      const limit = value.below(6);
      cut = cut.limit(limit);
      to = from + limit;
    }
    return [cut, envs.slice(from, to)];
  }

  /** Only kinds that every side can make. */
  #united(depth: number): RandomQuery {
    const { shape } = this.#draw;
    const kinds = Array.from({ length: shape.between(1, 3) }, () =>
      shape.pick(["integer", "real", "text", "boolean"] as const),
    );
    const [left, right] = [this.#select(depth, kinds), this.#select(depth, kinds)];
    const operator = shape.pick(["union", "unionAll", "intersect", "except"] as const);
    const query = (left.query as Query)[operator](right.query as Query);
    const items = left.items.map((item, index) => {
      const other = right.items[index] as Made;
      const wide = item.wide || other.wide;
      return made(item.kind, item.expression, () => null, { most: Math.max(item.most, other.most), wide });
    });
    const rows = unitedRows(operator, left.rows, right.rows, kinds);
    return { query, items, isOrdered: false, rows };
  }

  /** A query of one value: an aggregate, or a column of the row with one id. */
  #scalar(outer: readonly Made[], kind: Kind, depth: number): Made | undefined {
    if (depth < 0) return undefined;
    const { inner, read } = this.#correlated(outer, depth);
    const makers = this.#makers(inner.columns, 0);
    const value = aggregate(makers, 0);
    if (value.kind !== kind) return undefined;
    const query = read().select({ value: value.expression });
    const of = (env: Env): Scalar => value.of({ rows: {}, group: this.#found(inner, env) });
    return made(kind, new Expression(scalarNode(query), value.expression.type), of, value);
  }

  #exists(outer: readonly Made[], depth: number): Made | undefined {
    if (depth < 0) return undefined;
    const { inner, read } = this.#correlated(outer, depth);
    return truth(exists(read()), (env) => this.#found(inner, env).length > 0);
  }

  #among(outer: readonly Made[], operand: Made, negated: boolean, depth: number): Made | undefined {
    if (depth < 0) return undefined;
    const { inner, read } = this.#correlated(outer, depth);
    const makers = this.#makers(inner.columns, 0);
    const kind = operand.kind === "amount" ? "decimal" : operand.kind;
    const folded = aggregate(makers, 0);
    // MariaDB 10.11 is wrong about aggregates there which see an outer query.
    const mayFold = this.#db.dialect !== "mysql";
    const isFolded = mayFold && (folded.kind === kind || (folded.kind === "amount" && kind === "decimal"));
    if (!isFolded && !inner.columns.some((column) => column.kind === kind)) return undefined;
    const item = isFolded ? folded : makers.value(kind, 1);
    const query = read().select({ item: item.expression }) as never;
    const expression = negated ? operand.expression.notIn(query) : operand.expression.in(query);
    return truth(expression, (env) => {
      const found = this.#found(inner, env);
      const items = isFolded ? [item.of({ rows: {}, group: found })] : found.map((row) => item.of(row));
      const among = items.length === 0 ? false : isAmong(operand.kind, operand.of(env), items);
      return negated ? opposite(among) : among;
    });
  }

  readonly #conditions = new WeakMap<Source, Made>();

  /** A table whose rows are chosen by a condition that sees the outer query. */
  #correlated(outer: readonly Made[], depth: number): { inner: Source; read(): Query } {
    const { shape } = this.#draw;
    const inner = tableSource(shape.pick(["things", "pieces"] as const), this.#name(), this.#rows);
    const where = this.#makers([...inner.columns, ...outer], depth).condition(depth);
    this.#conditions.set(inner, where);
    return { inner, read: () => this.#read(inner, [], where) };
  }

  #found(inner: Source, env: Env): Env[] {
    const where = this.#conditions.get(inner);
    return envsOf(inner, env).filter((row) => where?.of(row) === true);
  }
}

function anyValue(makers: Makers): Made {
  return makers.value(makers.draw.shape.pick(makers.scope).kind, 1);
}

function rowOf(env: Env, items: readonly Made[]): Row {
  return Object.fromEntries(items.map((item, index) => [`c${index}`, item.of(env)]));
}

/** One env for each group; without keys one for all rows, were there none. */
function groupsOf(envs: readonly Env[], keys: readonly Made[]): Env[] {
  if (keys.length === 0) return [{ rows: {}, group: envs }];
  const groups: { readonly env: Env; readonly members: Env[] }[] = [];
  for (const env of envs) {
    const known = groups.find(({ env: other }) =>
      keys.every((key) => isSame(key.kind, key.of(env), key.of(other))),
    );
    if (known === undefined) groups.push({ env, members: [env] });
    else known.members.push(env);
  }
  return groups.map(({ env, members }) => ({ rows: env.rows, group: members }));
}

function distinctEnvs(envs: readonly Env[], items: readonly Made[]): Env[] {
  const kinds = items.map(({ kind }) => kind);
  const rows = envs.map((env) => rowOf(env, items));
  return envs.filter((_, index) => indexOfRow(rows, rows[index] as Row, kinds) === index);
}

function indexOfRow(rows: readonly Row[], row: Row, kinds: readonly Kind[]): number {
  return rows.findIndex((other) =>
    kinds.every((kind, index) => isSame(kind, row[`c${index}`] ?? null, other[`c${index}`] ?? null)),
  );
}

function unitedRows(
  operator: "union" | "unionAll" | "intersect" | "except",
  left: readonly Row[],
  right: readonly Row[],
  kinds: readonly Kind[],
): Row[] {
  if (operator === "unionAll") return [...left, ...right];
  const all = operator === "union" ? [...left, ...right] : left;
  const once = all.filter((row, index) => indexOfRow(all, row, kinds) === index);
  if (operator === "union") return once;
  return once.filter((row) => indexOfRow(right, row, kinds) >= 0 === (operator === "intersect"));
}
