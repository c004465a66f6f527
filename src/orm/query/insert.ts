/** `db.insert(User).values(…)`: writes rows without making entities of them. */
import { LimpidError } from "../../errors/index.ts";
import type { DriverRow } from "../driver/driver.ts";
import type { ColumnDefinition } from "../model/definition.ts";
import { givenValues, unknownColumn } from "../model/entity-class.ts";
import type { AnyModel, ColumnName, Entity, Insert as InsertValues } from "../model/model-types.ts";
import { definitionOf, type ModelDefinition } from "../model/registry.ts";
import { assignmentsOf } from "./assignments.ts";
import { conditionNode } from "./condition-node.ts";
import type { Executor } from "./executor.ts";
import { type Condition, Expression } from "./expression.ts";
import {
  type FilledRow,
  filledRows,
  type GivenRow,
  givenValue,
  hasExpression,
  insertedColumns,
  type Portion,
  portionsOf,
  rowNodes,
} from "./inserted-rows.ts";
import type { InsertNode, ProjectionNode, QueryNode } from "./nodes.ts";
import { projected, type Selected, type Selection } from "./projection.ts";
import { namedRows } from "./results.ts";
import { named } from "./select-shapes.ts";
import { settled, then } from "./settled.ts";
import type { Parameters, Plan } from "./statements.ts";
import { queryNode, type RowsOf } from "./subquery.ts";
import { type ConflictChanges, conflictNode, nothingToUpdate, type Upsert } from "./upsert.ts";
import { Write } from "./write.ts";
import { boundColumns, writePlansOf } from "./write-plans.ts";

/** A row to insert: values, or expressions that the database calculates. */
export type InsertedRow<M extends AnyModel> = {
  readonly [Key in keyof InsertValues<M>]:
    | InsertValues<M>[Key]
    | Expression<NonNullable<InsertValues<M>[Key]>>
    | Expression<InsertValues<M>[Key]>;
};

/** The type of a model's primary key, known where the key is called `id`. */
export type KeyValue<M extends AnyModel> = Entity<M> extends { readonly id: infer Id } ? Id : unknown;

/** What is said of an insertion beside its rows. */
interface Insertion {
  readonly rows:
    | readonly GivenRow[]
    | { readonly columns: readonly ColumnDefinition[]; readonly query: QueryNode };
  readonly upsert: Upsert | undefined;
  readonly returning: readonly ProjectionNode[];
}

/** Rows to insert. Runs when it is awaited; gives the number of rows, or those of `returning`. */
export class Insert<M extends AnyModel, Result = number> extends Write<Result> {
  readonly #definition: ModelDefinition;
  readonly #insertion: Insertion;

  constructor(
    executor: Executor,
    definition: ModelDefinition,
    insertion: Insertion,
    makes: Write<Result>["makes"],
  ) {
    super(executor, makes);
    this.#definition = definition;
    this.#insertion = insertion;
  }

  /** The whole insertion as one statement. Running it may take several, all or none of which are done. */
  get node(): InsertNode {
    const { rows } = this.#insertion;
    if ("query" in rows) return this.#nodeOf(rows.columns, rows.query);
    const columns = insertedColumns(this.#definition.table, rows);
    return this.#nodeOfRows(columns, filledRows({ columns, rows }));
  }

  /** The rows, each an object by the model's columns, of values or expressions. Defaults of the model are filled in. */
  values(rows: InsertedRow<M> | readonly InsertedRow<M>[]): Insert<M, Result> {
    const { table } = this.#definition;
    const list: readonly unknown[] = Array.isArray(rows) ? rows : [rows];
    return this.#with({ rows: list.map((row) => givenValues(table, row)) });
  }

  /** The rows that a query gives; its columns are named after the model's. */
  from(query: RowsOf<Partial<InsertValues<M>>>): Insert<M, Result> {
    const { query: rows, columns } = named(queryNode(query));
    const { table } = this.#definition;
    const targets = columns.map(({ alias = "" }) => {
      const column = table.columnsByProperty.get(alias);
      if (column === undefined) throw unknownColumn(table, alias);
      return column;
    });
    return this.#with({ rows: { columns: targets, query: rows } });
  }

  /** Leaves out rows whose key is there already: of these columns, or any. */
  onConflictDoNothing(...columns: readonly ColumnName<M>[]): Insert<M, Result> {
    return this.#with({ upsert: { columns: this.#columns(columns), action: "nothing", where: undefined } });
  }

  /**
   * Changes the row that has the same key in these columns. `changes` gives the new values, `excluded(User.name)` being
   * what could not be inserted; without `changes`, all given columns but the key are taken over.
   */
  onConflictUpdate(
    columns: readonly ColumnName<M>[],
    changes?: ConflictChanges<M>,
    where?: Condition,
  ): Insert<M, Result> {
    const action = changes === undefined ? "takeover" : assignmentsOf(this.#definition, changes);
    if (action.length === 0) throw nothingToUpdate(this.#definition);
    const found = where === undefined ? undefined : conditionNode(where);
    return this.#with({ upsert: { columns: this.#columns(columns), action, where: found } });
  }

  /** Gives the rows as written: whole entities' values, or what is selected. */
  returning(): Insert<M, Entity<M>[]>;
  returning<S extends Selection>(selection: S): Insert<M, Selected<S>[]>;
  returning(selection?: Selection): Insert<M, unknown[]> {
    const returning = selection === undefined ? this.#definition.projection : projected(selection);
    const makes =
      selection === undefined ? entitiesOf(this.executor, this.#definition) : objectsOf(returning);
    return new Insert<M, unknown[]>(
      this.executor,
      this.#definition,
      { ...this.#insertion, returning },
      makes,
    );
  }

  /**
   * Inserts the one row and gives its primary key: what the database counted, or what was given. Cheaper than
   * `returning`. Throws `LMP_ORM_QUERY_INVALID` where there is not one row, or the key has several columns.
   */
  key(): Promise<KeyValue<M>> {
    return settled(() => this.#insertForKey() as KeyValue<M> | Promise<KeyValue<M>>);
  }

  protected override work(): unknown {
    const { rows, upsert, returning } = this.#insertion;
    if ("query" in rows) return super.work();
    if (rows.length === 0) return this.makes ? [] : 0;
    const isPlain = upsert === undefined && returning.length === 0;
    const [first] = rows;
    if (isPlain && rows.length === 1 && first !== undefined) return this.#insertOne(first);
    return this.#insertAll(rows);
  }

  #insertForKey(): unknown {
    const { rows, upsert } = this.#insertion;
    const { table } = this.#definition;
    const [key, ...others] = table.primaryKey;
    const [row, ...more] = "query" in rows ? [] : rows;
    if (
      row === undefined ||
      more.length > 0 ||
      upsert !== undefined ||
      key === undefined ||
      others.length > 0
    )
      throw noSingleKey(table.name);
    const { executor } = this;
    const isTold =
      key.identity &&
      row[key.property] === undefined &&
      executor.statements.dialect.name !== "postgresql" &&
      !hasExpression(row);
    const ready = isTold ? writePlansOf(executor.statements).row(table, row, givenValue) : undefined;
    if (ready === undefined) {
      const { expression } = this.#definition.projection[table.columns.indexOf(key)] as ProjectionNode;
      const returning = [{ expression, alias: "key" }];
      const keyed = new Insert<M, { key: unknown }[]>(
        executor,
        this.#definition,
        { ...this.#insertion, returning },
        objectsOf(returning),
      );
      return keyed.run().then(([first]) => first?.key);
    }
    const done = executor.write(this.#nodeOf([], []), ready.plan, ready.values);
    return then(done, ({ firstId = 0 }) => (key.type.kind === "bigint" ? BigInt(firstId) : Number(firstId)));
  }

  #insertAll(rows: readonly GivenRow[]): unknown {
    const portions = portionsOf(this.#definition.table, rows, this.executor.statements.dialect);
    const [only, ...others] = portions;
    if (only === undefined || others.length > 0) return this.#insertPortions(portions);
    const filled = filledRows(only);
    return this.#insertMany(only.columns, filled) ?? this.sent(this.#nodeOfRows(only.columns, filled));
  }

  /** Plain rows go into a statement that is the same for any number of them, where the database has one. */
  #insertMany(columns: readonly ColumnDefinition[], rows: readonly FilledRow[]): unknown {
    const { upsert, returning } = this.#insertion;
    if (upsert !== undefined || returning.length > 0 || rows.length === 1) return undefined;
    const { executor } = this;
    const plan = writePlansOf(executor.statements).many(this.#definition.table, columns, []);
    const isPlain = (value: unknown): boolean => value !== undefined && !(value instanceof Expression);
    if (plan === undefined || !rows.every((row) => row.every(isPlain))) return undefined;
    const values = boundColumns(plan, columns, rows, (row, _, index) => row[index]);
    return then(executor.write(this.#nodeOf([], []), plan, values), ({ changes }) => changes);
  }

  /** The common case needs no tree: its plan is known by its columns. */
  #insertOne(row: GivenRow): unknown {
    const { executor } = this;
    const ready = hasExpression(row)
      ? undefined
      : writePlansOf(executor.statements).row(this.#definition.table, row, givenValue);
    if (ready === undefined) return this.#insertAll([row]);
    return then(executor.write(this.#nodeOf([], []), ready.plan, ready.values), ({ changes }) => changes);
  }

  /** More rows than one statement takes go into several. */
  async #insertPortions(portions: readonly Portion[]) {
    const { executor, makes } = this;
    const { statements } = executor;
    const made: unknown[] = [];
    let count = 0;
    await executor.atomically(this.#nodeOf([], []), async (connection) => {
      for (const portion of portions) {
        const node = this.#nodeOfRows(portion.columns, filledRows(portion));
        const parameters: Parameters = [];
        const plan = statements.plan(node, parameters);
        const values = statements.bind(plan, parameters);
        if (makes === undefined) count += (await connection.write(plan.statement, values)).changes;
        else made.push(...(makes(await connection.rows(plan.statement, values), plan) as unknown[]));
      }
    });
    return makes === undefined ? count : made;
  }

  #nodeOfRows(columns: readonly ColumnDefinition[], rows: readonly FilledRow[]): InsertNode {
    return this.#nodeOf(columns, rowNodes(columns, rows));
  }

  #nodeOf(columns: readonly ColumnDefinition[], rows: InsertNode["rows"]): InsertNode {
    const { upsert, returning } = this.#insertion;
    const conflict = upsert && conflictNode(this.#definition, upsert, this.#given);
    return { kind: "insert", table: this.#definition.table, columns, rows, conflict, returning };
  }

  /** The columns for which rows give values. */
  get #given(): readonly ColumnDefinition[] {
    const { rows } = this.#insertion;
    if ("query" in rows) return rows.columns;
    const { columns } = this.#definition.table;
    return columns.filter(({ property }) => rows.some((row) => row[property] !== undefined));
  }

  #with(change: Partial<Insertion>): Insert<M, Result> {
    const insertion = { ...this.#insertion, ...change };
    return new Insert<M, Result>(this.executor, this.#definition, insertion, this.makes);
  }

  #columns(names: readonly string[]): ColumnDefinition[] {
    return names.map((name) => {
      const column = this.#definition.table.columnsByProperty.get(name);
      if (column === undefined) throw unknownColumn(this.#definition.table, name);
      return column;
    });
  }
}

/** The insertion into a model's table, still without rows. */
export function insertInto<M extends AnyModel>(executor: Executor, model: M): Insert<M> {
  const insertion: Insertion = { rows: [], upsert: undefined, returning: [] };
  return new Insert<M>(executor, definitionOf(model), insertion, undefined);
}

/** What rows of entities become: the entities of the executor. */
export function entitiesOf(executor: Executor, definition: ModelDefinition) {
  return (rows: readonly DriverRow[], plan: Plan): object[] => executor.entities(definition, rows, plan);
}

/** What rows of a selection become: plain objects. */
export function objectsOf(returning: readonly ProjectionNode[]) {
  return (rows: readonly DriverRow[], plan: Plan): object[] => namedRows(returning, rows, plan);
}

function noSingleKey(table: string): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", "key() gives the key of one row.", {
    expected: "one row, for a table whose primary key is one column",
    found: `another insertion into "${table}"`,
    fix: "Use returning({ … }) for several rows, upserts and keys of several columns.",
  });
}
