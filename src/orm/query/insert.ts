/** `db.insert(User).values(…)`: writes rows without making entities of them. */
import { LimpidError } from "../../errors/index.ts";
import type { Dialect } from "../dialects/dialect.ts";
import type { DriverRow } from "../driver/driver.ts";
import type { ColumnDefinition, TableDefinition } from "../model/definition.ts";
import { givenValues, unknownColumn } from "../model/entity-class.ts";
import type { AnyModel, ColumnName, Entity, Insert as InsertValues, Patch } from "../model/model-types.ts";
import { definitionOf, type ModelDefinition } from "../model/registry.ts";
import { conditionNode } from "./condition-node.ts";
import type { Executor } from "./executor.ts";
import { type Condition, Expression } from "./expression.ts";
import type {
  AssignmentNode,
  ConflictNode,
  ExpressionNode,
  InsertNode,
  ProjectionNode,
  QueryNode,
} from "./nodes.ts";
import { projected, type Selected, type Selection } from "./projection.ts";
import { named, namedRows, settled, then } from "./results.ts";
import type { Parameters, Plan } from "./statements.ts";
import { queryNode, type RowsOf } from "./subquery.ts";
import { Write } from "./write.ts";
import { boundColumns, writePlansOf } from "./write-plans.ts";

/** What an upsert does to the row that is there: values, or what could not be inserted. */
export type ConflictChanges<M extends AnyModel> = {
  readonly [Key in ColumnName<M>]?: Expression<unknown> | Patch<M>[Key & keyof Patch<M>];
};

/** The type of a model's primary key, known where the key is called `id`. */
export type KeyValue<M extends AnyModel> = Entity<M> extends { readonly id: infer Id } ? Id : unknown;

type GivenRow = Readonly<Record<string, unknown>>;

/** Rows of one statement. */
interface Portion {
  readonly columns: readonly ColumnDefinition[];
  readonly rows: readonly GivenRow[];
}

/** What is said of an insertion beside its rows. */
interface Insertion {
  readonly rows:
    | readonly GivenRow[]
    | { readonly columns: readonly ColumnDefinition[]; readonly query: QueryNode };
  readonly conflict: ConflictNode | undefined;
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
    return this.#nodeOf(columns, rowNodes(columns, rows));
  }

  /** The rows, each an object by the model's columns. Defaults of the model are filled in. */
  values(rows: InsertValues<M> | readonly InsertValues<M>[]): Insert<M, Result> {
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
    return this.#conflict({ columns: this.#columns(columns), action: "nothing", where: undefined });
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
    const keys = this.#columns(columns);
    const action = changes === undefined ? this.#takeover(keys) : assignmentsOf(this.#definition, changes);
    if (action.length === 0) throw nothingToUpdate(this.#definition);
    return this.#conflict({ columns: keys, action, where: where && conditionNode(where) });
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
    const { rows, conflict, returning } = this.#insertion;
    if ("query" in rows) return super.work();
    if (rows.length === 0) return this.makes ? [] : 0;
    const isPlain = conflict === undefined && returning.length === 0;
    const [first] = rows;
    if (isPlain && rows.length === 1 && first !== undefined) return this.#insertOne(first);
    return this.#insertAll(rows);
  }

  #insertForKey(): unknown {
    const { rows, conflict } = this.#insertion;
    const { table } = this.#definition;
    const [key, ...others] = table.primaryKey;
    const [row, ...more] = "query" in rows ? [] : rows;
    if (
      row === undefined ||
      more.length > 0 ||
      conflict !== undefined ||
      key === undefined ||
      others.length > 0
    )
      throw noSingleKey(table.name);
    const { executor } = this;
    const ready = writePlansOf(executor.statements).row(table, row, givenValue);
    const counted = key.identity && row[key.property] === undefined;
    if (ready === undefined || !counted || executor.statements.dialect.name === "postgresql") {
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
    return this.#insertMany(only) ?? super.work();
  }

  /** Plain rows go into a statement that is the same for any number of them, where the database has one. */
  #insertMany({ columns, rows }: Portion): unknown {
    const { conflict, returning } = this.#insertion;
    if (conflict !== undefined || returning.length > 0 || rows.length === 1) return undefined;
    const { executor } = this;
    const plan = writePlansOf(executor.statements).many(this.#definition.table, columns, []);
    if (plan === undefined) return undefined;
    const given = rows.map((row) => columns.map((column) => insertedValue(column, row[column.property])));
    const isPlain = (value: unknown): boolean => value !== undefined && !(value instanceof Expression);
    if (!given.every((row) => row.every(isPlain))) return undefined;
    const values = boundColumns(plan, columns, given, (row, _, index) => row[index]);
    return then(executor.write(this.#nodeOf([], []), plan, values), ({ changes }) => changes);
  }

  /** The common case needs no tree: its plan is known by its columns. */
  #insertOne(row: GivenRow): unknown {
    const { executor } = this;
    const ready = writePlansOf(executor.statements).row(this.#definition.table, row, givenValue);
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
      for (const { columns, rows } of portions) {
        const node = this.#nodeOf(columns, rowNodes(columns, rows));
        const parameters: Parameters = [];
        const plan = statements.plan(node, parameters);
        const values = statements.bind(plan, parameters);
        if (makes === undefined) count += (await connection.write(plan.statement, values)).changes;
        else made.push(...(makes(await connection.rows(plan.statement, values), plan) as unknown[]));
      }
    });
    return makes === undefined ? count : made;
  }

  #nodeOf(columns: readonly ColumnDefinition[], rows: InsertNode["rows"]): InsertNode {
    const { conflict, returning } = this.#insertion;
    return { kind: "insert", table: this.#definition.table, columns, rows, conflict, returning };
  }

  #with(change: Partial<Insertion>): Insert<M, Result> {
    const insertion = { ...this.#insertion, ...change };
    return new Insert<M, Result>(this.executor, this.#definition, insertion, this.makes);
  }

  #conflict(conflict: ConflictNode): Insert<M, Result> {
    return this.#with({ conflict });
  }

  #columns(names: readonly string[]): ColumnDefinition[] {
    return names.map((name) => {
      const column = this.#definition.table.columnsByProperty.get(name);
      if (column === undefined) throw unknownColumn(this.#definition.table, name);
      return column;
    });
  }

  #takeover(keys: readonly ColumnDefinition[]): AssignmentNode[] {
    const { rows } = this.#insertion;
    const columns = "query" in rows ? rows.columns : insertedColumns(this.#definition.table, rows);
    return columns
      .filter((column) => !keys.includes(column) && !column.primaryKey)
      .map((column) => ({ column, value: { kind: "excluded", column } }));
  }
}

/** The value of a column that an upsert could not insert. */
export function excluded<Value>(column: Expression<Value>): Expression<Value> {
  if (column.node.kind !== "column") throw nothingToUpdate(undefined);
  return new Expression<Value>({ kind: "excluded", column: column.node.column }, column.type);
}

/** The insertion into a model's table, still without rows. */
export function insertInto<M extends AnyModel>(executor: Executor, model: M): Insert<M> {
  const insertion: Insertion = { rows: [], conflict: undefined, returning: [] };
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

/** The columns that a set of values assigns. */
export function assignmentsOf(
  definition: ModelDefinition,
  values: Readonly<Record<string, unknown>>,
): AssignmentNode[] {
  return Object.entries(givenValues(definition.table, values))
    .filter(([, value]) => value !== undefined)
    .map(([property, value]) => {
      const column = definition.table.columnsByProperty.get(property) as ColumnDefinition;
      return { column, value: valueNode(column, value) };
    });
}

/** The columns of an insertion: those that any row names, and those that have their default here. */
function insertedColumns(table: TableDefinition, rows: readonly GivenRow[]): readonly ColumnDefinition[] {
  return table.columns.filter(
    (column) =>
      column.default?.from === "value" ||
      column.default?.from === "function" ||
      rows.some((row) => row[column.property] !== undefined),
  );
}

function rowNodes(columns: readonly ColumnDefinition[], rows: readonly GivenRow[]): InsertNode["rows"] {
  return rows.map((row) =>
    columns.map((column) => {
      const value = insertedValue(column, row[column.property]);
      return value === undefined ? undefined : valueNode(column, value);
    }),
  );
}

function givenValue(row: GivenRow, column: ColumnDefinition): unknown {
  const value = row[column.property];
  if (value !== undefined) return value;
  return column.default === undefined ? undefined : insertedValue(column, undefined);
}

/** What a row holds in a column; `undefined` where that is for the database to say. */
function insertedValue(column: ColumnDefinition, value: unknown): unknown {
  if (value !== undefined) return value;
  if (column.default?.from === "value") return column.default.value;
  if (column.default?.from === "function") return column.default.make();
  return column.nullable && column.default === undefined ? null : undefined;
}

/** Rows that go into one statement: as many as it takes, and on SQLite, which has no DEFAULT there, of the same columns. */
function portionsOf(table: TableDefinition, rows: readonly GivenRow[], dialect: Dialect): Portion[] {
  const runs = dialect.name === "sqlite" ? runsOfSameColumns(table, rows) : [rows];
  return runs.flatMap((run) => {
    const columns = insertedColumns(table, run);
    const size = portionSize(dialect, columns.length);
    const count = Math.ceil(run.length / size);
    return Array.from({ length: count }, (_, index) => ({
      columns,
      rows: run.slice(index * size, (index + 1) * size),
    }));
  });
}

/** Rows one behind the other that leave the same columns to the database. */
function runsOfSameColumns(table: TableDefinition, rows: readonly GivenRow[]): GivenRow[][] {
  const open = table.columns.filter(
    ({ default: fallback, nullable }) => fallback?.from === "sql" || (fallback === undefined && !nullable),
  );
  const runs: GivenRow[][] = [];
  let previous: GivenRow | undefined;
  for (const row of rows) {
    const before = previous;
    const isAlike =
      before !== undefined &&
      open.every(({ property }) => (row[property] === undefined) === (before[property] === undefined));
    if (isAlike) runs.at(-1)?.push(row);
    else runs.push([row]);
    previous = row;
  }
  return runs;
}

/** As many rows as a statement takes, and no more than make a statement worth preparing. */
function portionSize({ features }: Dialect, columns: number): number {
  return Math.max(1, Math.min(1000, Math.floor(features.maxPlaceholders / Math.max(1, columns))));
}

function valueNode(column: ColumnDefinition, value: unknown): ExpressionNode {
  return value instanceof Expression ? value.node : { kind: "parameter", value, type: column.type };
}

function noSingleKey(table: string): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", "key() gives the key of one row.", {
    expected: "one row, for a table whose primary key is one column",
    found: `another insertion into "${table}"`,
    fix: "Use returning({ … }) for several rows, upserts and keys of several columns.",
  });
}

function nothingToUpdate(definition: ModelDefinition | undefined): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", "The upsert has nothing to update.", {
    expected: "changes, or values for columns beside the key",
    found:
      definition === undefined ? "an expression that is no column" : `none for "${definition.table.name}"`,
    fix: "Call values(…) first, pass the changes, or use onConflictDoNothing().",
  });
}
