/** What every query can do: run, sort, be cut, be counted, be united with others, stand in another query. */
import { HttpError, LimpidError } from "../../errors/index.ts";
import type { DriverRow } from "../driver/driver.ts";
import { checkIdentifier } from "../model/naming.ts";
import type { Executor } from "./executor.ts";
import { integerType } from "./expression.ts";
import type { ParameterNode, ProjectionNode, QueryNode, SelectNode } from "./nodes.ts";
import { type Ordering, orderNode } from "./ordering.ts";
import { rowMaker } from "./projection.ts";
import { columnName, counting, emptySelect, isByKey, named } from "./select-shapes.ts";
import { settled, then } from "./settled.ts";
import { type Derived, derivedTable } from "./source.ts";
import { type Parameters, type Plan, resultColumns } from "./statements.ts";
import { isQuery, queryNode, type RowsOf, type Subquery } from "./subquery.ts";

/** One page of a list. */
export interface Page<Row> {
  readonly items: Row[];
  /** From 1. */
  readonly page: number;
  /** At least 1. */
  readonly pages: number;
  /** Rows on all pages. */
  readonly total: number;
  readonly size: number;
}

export interface PageOptions {
  /** From 1. Default: 1. */
  readonly page?: number | undefined;
  /** Rows on a page, from 1 to 1,000. Default: 20. */
  readonly size?: number | undefined;
}

/** The exact text of a statement and its values, as they go to the driver. */
export interface SqlText {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

const one: ParameterNode = { kind: "parameter", value: 1, type: integerType };
const two: ParameterNode = { kind: "parameter", value: 2, type: integerType };
const MAX_PAGE_SIZE = 1000;

/** A query that gives rows. Immutable: every method gives a new one. */
export abstract class Results<Row> implements Subquery<Row[keyof Row]>, RowsOf<Row> {
  readonly [isQuery] = true;
  readonly node: QueryNode;
  readonly executor: Executor;
  /** Never there; carries the type of a query of one column. */
  declare readonly value?: Row[keyof Row];
  /** Never there; carries the type of the rows. */
  declare readonly row?: Row;

  constructor(executor: Executor, node: QueryNode) {
    this.executor = executor;
    this.node = node;
  }

  /** The same kind of query with another tree. */
  protected abstract with(node: QueryNode): this;

  /** Turns the driver's rows into what the query gives. */
  protected abstract made(rows: readonly DriverRow[], plan: Plan): Row[] | Promise<Row[]>;

  /** Sorts rows; a second call sorts what the first left equal. */
  orderBy(...orders: readonly Ordering[]): this {
    return this.with({ ...this.node, orderBy: [...this.node.orderBy, ...orders.map(orderNode)] });
  }

  /** At most so many rows. */
  limit(count: number): this {
    return this.with({ ...this.node, limit: wholeNumber("limit", count) });
  }

  /** Leaves out the first so many rows. */
  offset(count: number): this {
    return this.with({ ...this.node, offset: wholeNumber("offset", count) });
  }

  /** All rows. */
  all(): Promise<Row[]> {
    return settled(() => this.#rows(this.node));
  }

  /** The first row; `undefined` where there is none. */
  first(): Promise<Row | undefined> {
    return settled(() => {
      const node = isByKey(this.node) ? this.node : { ...this.node, limit: this.node.limit ?? one };
      return then(this.#single(node), (row) => row);
    });
  }

  /** The one row there is. Throws `LMP_ORM_NOT_FOUND` (404) and `LMP_ORM_NOT_UNIQUE`. */
  one(): Promise<Row> {
    return settled(() =>
      then(this.#rows({ ...this.node, limit: this.node.limit ?? two }), (rows) => {
        const [row] = rows;
        if (row === undefined) throw notFound();
        if (rows.length > 1) throw notUnique();
        return row;
      }),
    );
  }

  /** How many rows there are. Order does not matter, limit and offset do. */
  count(): Promise<number> {
    return settled(() => then(this.#scalar(counting(this.node)), Number));
  }

  /** Whether there is a row. */
  exists(): Promise<boolean> {
    const query: SelectNode = {
      ...emptySelect,
      columns: [{ expression: { kind: "exists", query: this.node, negated: false }, alias: undefined }],
    };
    return settled(() => then(this.#scalar(query), Boolean));
  }

  /** One page, and how many there are. Two queries. Throws `LMP_ORM_QUERY_INVALID` for a size beyond 1,000. */
  async page(options: PageOptions = {}): Promise<Page<Row>> {
    const { page = 1, size = 20 } = options;
    if (!Number.isSafeInteger(page) || page < 1) throw pageInvalid("a page from 1", page);
    if (!Number.isSafeInteger(size) || size < 1 || size > MAX_PAGE_SIZE)
      throw pageInvalid(`a size from 1 to ${MAX_PAGE_SIZE}`, size);
    const total = await this.count();
    const offset = (page - 1) * size;
    const items = offset >= total ? [] : await this.limit(size).offset(offset).all();
    return { items, page, pages: Math.max(1, Math.ceil(total / size)), total, size };
  }

  /** Rows one after the other, read from the database in portions of `size` (default 100). */
  async *stream(options: { readonly size?: number } = {}): AsyncGenerator<Row, void, undefined> {
    const { statements } = this.executor;
    const { size = 100 } = options;
    if (!Number.isSafeInteger(size) || size < 1) throw portionInvalid(size);
    const parameters: Parameters = [];
    const plan = statements.plan(this.node, parameters);
    const values = statements.bind(plan, parameters);
    for await (const rows of this.executor.stream(this.node, plan, values, size))
      yield* await this.made(rows, plan);
  }

  [Symbol.asyncIterator](): AsyncGenerator<Row, void, undefined> {
    return this.stream();
  }

  /** The rows of both, each once. */
  union(other: Results<Row>): United<Row> {
    return this.#united("union", other);
  }

  /** The rows of both, as often as they come. */
  unionAll(other: Results<Row>): United<Row> {
    return this.#united("union all", other);
  }

  /** The rows that are in both. */
  intersect(other: Results<Row>): United<Row> {
    return this.#united("intersect", other);
  }

  /** The rows that are not in the other. */
  except(other: Results<Row>): United<Row> {
    return this.#united("except", other);
  }

  /** The query as a table of another: `db.from(recent).select({ … })`. */
  as(name: string): Derived<Row> {
    checkIdentifier(name);
    const { query, columns } = named(this.node);
    const names = columns.map(({ alias }) => alias ?? "");
    return derivedTable(
      { kind: "derived", alias: name, query, common: false, recursion: undefined, columns: names },
      columns,
    );
  }

  /** The statement as it goes to the driver. Nothing is run. */
  sql(): SqlText {
    const parameters: Parameters = [];
    const plan = this.executor.statements.plan(this.node, parameters);
    return { sql: plan.statement.sql, parameters: this.executor.statements.bind(plan, parameters) };
  }

  #united(operator: "union" | "union all" | "intersect" | "except", other: Results<Row>): United<Row> {
    const left = named(this.node).query;
    const right = named(queryNode(other)).query;
    return new United<Row>(this.executor, {
      kind: "set-operation",
      operator,
      left,
      right,
      orderBy: [],
      limit: undefined,
      offset: undefined,
    });
  }

  #rows(node: QueryNode): Row[] | Promise<Row[]> {
    const { executor } = this;
    const parameters: Parameters = [];
    const plan = executor.statements.plan(node, parameters);
    const rows = executor.rows(node, plan, executor.statements.bind(plan, parameters));
    return rows instanceof Promise ? rows.then((found) => this.made(found, plan)) : this.made(rows, plan);
  }

  #single(node: QueryNode): Row | undefined | Promise<Row | undefined> {
    const { executor } = this;
    const parameters: Parameters = [];
    const plan = executor.statements.plan(node, parameters);
    const row = executor.row(node, plan, executor.statements.bind(plan, parameters));
    if (row instanceof Promise) return row.then((found) => this.#madeOne(found, plan));
    return this.#madeOne(row, plan);
  }

  #madeOne(row: DriverRow | undefined, plan: Plan): Row | undefined | Promise<Row | undefined> {
    if (row === undefined) return undefined;
    const made = this.made([row], plan);
    return made instanceof Promise ? made.then(([first]) => first) : made[0];
  }

  #scalar(node: QueryNode): unknown {
    const { executor } = this;
    const parameters: Parameters = [];
    const plan = executor.statements.plan(node, parameters);
    const row = executor.row(node, plan, executor.statements.bind(plan, parameters));
    return then(row, (found) => {
      const value = found?.[0];
      const decode = plan.decoders[0];
      return decode === undefined || value === null ? value : decode(value);
    });
  }
}

/** Rows with names, as objects. */
export class United<Row> extends Results<Row> {
  protected override with(node: QueryNode): this {
    return new United<Row>(this.executor, node) as this;
  }

  protected override made(rows: readonly DriverRow[], plan: Plan): Row[] {
    return namedRows<Row>(resultColumns(this.node), rows, plan);
  }
}

/** Rows as objects with the names of their columns. */
export function namedRows<Row>(
  columns: readonly ProjectionNode[],
  rows: readonly DriverRow[],
  plan: Plan,
): Row[] {
  const make = rowMaker(columns.map(({ alias, expression }) => alias ?? columnName(expression)));
  const { decoders } = plan;
  const made: Row[] = new Array(rows.length);
  for (let index = 0; index < rows.length; index++)
    made[index] = make(rows[index] as DriverRow, decoders) as Row;
  return made;
}

function wholeNumber(what: string, count: number): ParameterNode {
  if (Number.isSafeInteger(count) && count >= 0)
    return { kind: "parameter", value: count, type: integerType };
  throw new LimpidError("LMP_ORM_QUERY_INVALID", `A ${what} is a number of rows.`, {
    expected: "a whole number from 0",
    found: typeof count === "number" ? String(count) : typeof count,
    fix: `Check what is passed to ${what}().`,
  });
}

function portionInvalid(found: unknown): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", "A stream is read in portions of rows.", {
    expected: "a whole number from 1",
    found: typeof found === "number" ? String(found) : typeof found,
    fix: "Check what is passed to stream({ size }).",
  });
}

function pageInvalid(expected: string, found: unknown): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", "There is no such page.", {
    expected,
    found: typeof found === "number" ? String(found) : typeof found,
    fix: "Check the numbers that come from the address before they are used.",
  });
}

function notFound(): HttpError {
  return new HttpError(404, "There is no such row.", {
    code: "LMP_ORM_NOT_FOUND",
    expected: "one row",
    found: "none",
    fix: "Use first() where there may be none.",
  });
}

function notUnique(): LimpidError {
  return new LimpidError("LMP_ORM_NOT_UNIQUE", "There are several such rows.", {
    expected: "one row",
    found: "more than one",
    fix: "Use first(), or filter by a unique column.",
  });
}
