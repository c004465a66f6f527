/** What a database and a session have in common: queries and writes, and how they reach a connection. */
import { LimpidError } from "../../errors/index.ts";
import type { Decode, DriverValue } from "../dialects/dialect.ts";
import type { DriverConnection, DriverRow, Intent, WriteResult } from "../driver/driver.ts";
import { nextStatementId } from "../driver/statement-id.ts";
import { ColumnBuilder, type Presence } from "../model/column.ts";
import type { ColumnType } from "../model/column-type.ts";
import type { EntityRecord } from "../model/entity-record.ts";
import type { AnyModel } from "../model/model-types.ts";
import type { ModelDefinition } from "../model/registry.ts";
import { type Delete, deleteFrom, type Update, updateOf } from "./change.ts";
import type { Changes, Executor } from "./executor.ts";
import { type Insert, insertInto } from "./insert.ts";
import type { RawStatementNode, StatementNode } from "./nodes.ts";
import { rowMaker } from "./projection.ts";
import { type Projection, type Query, queryFrom, queryOf } from "./query.ts";
import { type RepeatedQueries, repeatedQueries } from "./repeated-queries.ts";
import { settled, then } from "./settled.ts";
import type { Derived } from "./source.ts";
import { Sql } from "./sql.ts";
import type { Parameters, Plan, Statements } from "./statements.ts";

/** The types of the columns of hand-written SQL: `{ id: integer(), name: text() }`. */
export type RawColumns = Readonly<Record<string, ColumnBuilder<unknown, Presence>>>;

/** The row of hand-written SQL. */
export type RawRow<C> = {
  -readonly [Key in keyof C]: C[Key] extends { readonly types?: { readonly value: infer Value } }
    ? Value
    : never;
};

export abstract class Queries implements Executor {
  readonly statements: Statements;
  readonly #repeated: RepeatedQueries | undefined;

  /** `repeated` says for how long the runs of a query count together, in milliseconds; 0 for as long as this lives. */
  constructor(statements: Statements, repeated: number) {
    this.statements = statements;
    this.#repeated = repeatedQueries({ within: repeated });
  }

  abstract readonly changes: Changes | undefined;

  abstract run<Result>(
    intent: Intent,
    statement: StatementNode | undefined,
    work: (connection: DriverConnection) => Result | Promise<Result>,
  ): Result | Promise<Result>;

  abstract atomically<Result>(
    statement: StatementNode | undefined,
    work: (connection: DriverConnection) => Promise<Result>,
  ): Promise<Result>;

  abstract entities(definition: ModelDefinition, rows: readonly DriverRow[], plan: Plan): EntityRecord[];

  abstract stream(
    statement: StatementNode,
    plan: Plan,
    values: DriverValue[],
    size: number,
  ): AsyncIterable<DriverRow[]>;

  /**
   * The entities of a model. Runs when it is asked for rows: `db.query(User).filter(User.name.eq("Ada")).first()`.
   */
  query<M extends AnyModel>(model: M): Query<M> {
    return queryOf(this, model);
  }

  /** Reads from a derived table, a common table expression or a model; `select({ … })` says what. */
  from<Row extends object>(source: Derived<Row> | AnyModel): Projection<Row> {
    return queryFrom<Row>(this, source);
  }

  /** Inserts rows: `await db.insert(User).values({ name: "Ada" })`. */
  insert<M extends AnyModel>(model: M): Insert<M> {
    return insertInto(this, model);
  }

  /** Updates rows by query: `await db.update(Post).set({ hidden: true }).filter(Post.authorId.eq(7))`. */
  update<M extends AnyModel>(model: M): Update<M> {
    return updateOf(this, model);
  }

  /** Deletes rows by query: `await db.delete(Post).filter(Post.authorId.eq(7))`. */
  delete<M extends AnyModel>(model: M): Delete<M> {
    return deleteFrom(this, model);
  }

  /**
   * The rows of hand-written SQL. `columns` names and types them in their order; without, each is an array as the
   * driver gives it. `` db.rows(sql`select id, name from users`, { id: integer(), name: text() }) ``
   */
  rows(statement: StatementNode, plan: Plan, values: DriverValue[]): DriverRow[] | Promise<DriverRow[]>;
  rows<C extends RawColumns>(statement: Sql, columns: C): Promise<RawRow<C>[]>;
  rows(statement: Sql): Promise<unknown[][]>;
  rows(
    statement: StatementNode | Sql,
    plan?: Plan | RawColumns,
    values?: DriverValue[],
  ): DriverRow[] | Promise<object[]> {
    if (values !== undefined) return this.#rows(statement as StatementNode, plan as Plan, values);
    return settled(() => this.#rawRows(statement as Sql, plan as RawColumns | undefined));
  }

  row(
    statement: StatementNode,
    plan: Plan,
    values: DriverValue[],
  ): DriverRow | undefined | Promise<DriverRow | undefined> {
    this.#seen(statement, plan);
    return this.run(intentOf(statement, plan), statement, (connection) =>
      connection.row(plan.statement, values),
    );
  }

  write(statement: StatementNode, plan: Plan, values: DriverValue[]): WriteResult | Promise<WriteResult> {
    return this.run("write", statement, (connection) => connection.write(plan.statement, values));
  }

  /** Runs hand-written SQL that gives no rows; resolves to the number of rows it changed. */
  execute(statement: Sql): Promise<number> {
    return settled(() => {
      const { node, plan, values } = this.#raw(statement, false);
      return then(this.write(node, plan, values), ({ changes }) => changes);
    });
  }

  #seen({ kind }: StatementNode, { statement }: Plan): void {
    if (this.#repeated !== undefined && kind === "select") this.#repeated.seen(statement.id, statement.sql);
  }

  #rows(statement: StatementNode, plan: Plan, values: DriverValue[]): DriverRow[] | Promise<DriverRow[]> {
    this.#seen(statement, plan);
    return this.run(intentOf(statement, plan), statement, (connection) =>
      connection.rows(plan.statement, values),
    );
  }

  #rawRows(statement: Sql, columns: RawColumns | undefined): object[] | Promise<object[]> {
    const types = columns === undefined ? [] : typesOf(columns);
    const bigInts = types.some((type) => this.statements.dialect.needsBigInts(type));
    const { node, plan, values } = this.#raw(statement, true, bigInts);
    const rows = this.#rows(node, plan, values);
    if (columns === undefined) return rows;
    const decoders: (Decode | undefined)[] = types.map((type) => this.statements.dialect.decoder(type));
    const make = rowMaker(Object.keys(columns));
    return then(rows, (found) => found.map((row) => make(row, decoders)));
  }

  #raw(statement: Sql, givesRows: boolean, bigInts: boolean = false) {
    if (!(statement instanceof Sql)) throw notByTheTag(statement);
    const { texts, parts } = statement;
    const node: RawStatementNode = {
      kind: "raw-statement",
      raw: { kind: "raw", texts, parts, type: undefined },
    };
    const parameters: Parameters = [];
    const kept = this.statements.plan(node, parameters);
    const own = kept.statement.givesRows === givesRows && kept.statement.bigInts === bigInts;
    const plan = own
      ? kept
      : {
          ...kept,
          statement: { ...kept.statement, id: nextStatementId(), givesRows, bigInts, prepare: false },
        };
    return { node, plan, values: this.statements.bind(plan, parameters) };
  }
}

function typesOf(columns: RawColumns): ColumnType[] {
  if (typeof columns !== "object" || columns === null) throw untyped("columns", columns);
  return Object.entries(columns).map(([name, column]) => {
    if (column instanceof ColumnBuilder && name !== "__proto__") return column.settings.type;
    throw untyped(JSON.stringify(name), column);
  });
}

function untyped(what: string, found: unknown): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", `The rows are given no types: ${what}.`, {
    expected: "{ id: integer(), name: text() }",
    found: found === null ? "null" : typeof found,
    fix: "Give each column of the rows the type that it has in a model.",
  });
}

/** A plain object may look like SQL; only what the tag has made is. */
function notByTheTag(found: unknown): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", "Only what the sql tag has made is run as SQL.", {
    expected: "sql`select …`",
    found: found === null ? "null" : typeof found,
    fix: "Write the statement between backticks behind the tag, and its values in braces after a dollar sign.",
  });
}

/** What a statement needs a connection for. Hand-written SQL is taken for a write unless it begins like a query. */
function intentOf(statement: StatementNode, plan: Plan): Intent {
  if (statement.kind === "select") return statement.lock === undefined ? "read" : "write";
  if (statement.kind === "set-operation") return "read";
  if (statement.kind === "raw-statement" && /^\s*(?:select|values|explain)\b/i.test(plan.statement.sql))
    return "read";
  return "write";
}
