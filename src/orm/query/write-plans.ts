/** The statements by which entities are written: compiled once for each table and set of columns. */
import type { DriverValue, Encode } from "../dialects/dialect.ts";
import type { ColumnType } from "../model/column-type.ts";
import type { ColumnDefinition, TableDefinition } from "../model/definition.ts";
import { Expression } from "./expression.ts";
import type {
  DeleteNode,
  ExpressionNode,
  InsertNode,
  ParameterNode,
  ProjectionNode,
  UpdateNode,
} from "./nodes.ts";
import type { Plan, Statements } from "./statements.ts";

/** The values of a plan, given in the order of its parameters. */
export function bound(plan: Plan, values: readonly unknown[]): DriverValue[] {
  const { placeholders, encoders } = plan;
  const bindings: DriverValue[] = new Array(placeholders.length);
  for (let index = 0; index < placeholders.length; index++) {
    const value = values[placeholders[index]?.parameter ?? 0];
    bindings[index] = value === null || value === undefined ? null : (encoders[index] as Encode)(value);
  }
  return bindings;
}

/** The values of a plan of `many`: an array for each column. */
export function boundColumns<Row>(
  plan: Plan,
  columns: readonly ColumnDefinition[],
  rows: readonly Row[],
  given: (row: Row, column: ColumnDefinition, index: number) => unknown,
): DriverValue[] {
  return columns.map((column, index) => {
    const values = rows.map((row) => given(row, column, index) ?? null);
    return (plan.encoders[index] as Encode)(values);
  });
}

/** A row to insert, ready for the driver. */
export interface BoundRow {
  readonly plan: Plan;
  readonly values: DriverValue[];
}

/** The plans for inserting one row of a table, by the columns that it gives: a bit for each. */
interface RowPlans {
  readonly encoders: readonly Encode[];
  readonly byColumns: Map<number, Plan>;
}

/** A column has a bit, as far as numbers go. */
const MOST_BITS = 31;

export class WritePlans {
  readonly #statements: Statements;
  readonly #plans = new Map<string, Plan>();
  readonly #rows = new Map<TableDefinition, RowPlans>();

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /**
   * Inserts one row: the quick way, which every single insertion goes. `given` tells what a column holds; `undefined`
   * leaves it to the database. `undefined` where an expression is among the values, or there are too many columns.
   */
  row<Row>(
    table: TableDefinition,
    row: Row,
    given: (row: Row, column: ColumnDefinition) => unknown,
  ): BoundRow | undefined {
    const { columns } = table;
    if (columns.length > MOST_BITS) return undefined;
    const { encoders, byColumns } = this.#rows.get(table) ?? this.#rowPlans(table);
    const values: DriverValue[] = [];
    let bits = 0;
    for (let index = 0; index < columns.length; index++) {
      const value = given(row, columns[index] as ColumnDefinition);
      if (value === undefined) continue;
      if (typeof value === "object" && value instanceof Expression) return undefined;
      values.push(value === null ? null : (encoders[index] as Encode)(value));
      bits |= 1 << index;
    }
    let plan = byColumns.get(bits);
    if (plan === undefined) {
      plan = this.insert(
        table,
        columns.filter((_, index) => (bits & (1 << index)) !== 0),
        1,
        [],
      );
      byColumns.set(bits, plan);
    }
    return { plan, values };
  }

  /** Inserts `count` rows of these columns. */
  insert(
    table: TableDefinition,
    columns: readonly ColumnDefinition[],
    count: number,
    returning: readonly ColumnDefinition[],
  ): Plan {
    return this.#plan(`i${table.columns[0]?.id}:${ids(columns)}:${count}:${ids(returning)}`, () => {
      const rows = Array.from({ length: count }, () => columns.map(parameter));
      const node: InsertNode = {
        kind: "insert",
        table,
        columns,
        rows,
        conflict: undefined,
        returning: projectionOf(table, returning),
      };
      return node;
    });
  }

  /**
   * Inserts any number of rows of these columns by one statement, as `boundColumns` binds them; `undefined` where the
   * dialect cannot.
   */
  many(
    table: TableDefinition,
    columns: readonly ColumnDefinition[],
    returning: readonly ColumnDefinition[],
  ): Plan | undefined {
    const { dialect } = this.#statements;
    if (dialect.insertMany === undefined) return undefined;
    const key = `m${table.columns[0]?.id}:${ids(columns)}:${ids(returning)}`;
    const known = this.#plans.get(key);
    const sql = known === undefined ? dialect.insertMany(table, columns, returning) : undefined;
    if (known !== undefined || sql === undefined) return known;
    const arrays = columns.map(({ type }): ColumnType => ({ kind: "array", element: type }));
    const plan = this.#statements.written(
      sql,
      arrays,
      returning.map(({ type }) => type),
    );
    this.#plans.set(key, plan);
    return plan;
  }

  /** Updates these columns of the row with these values in `where`: the key, and the version where there is one. */
  update(
    table: TableDefinition,
    columns: readonly ColumnDefinition[],
    where: readonly ColumnDefinition[],
  ): Plan {
    return this.#plan(`u${table.columns[0]?.id}:${ids(columns)}:${ids(where)}`, () => {
      const node: UpdateNode = {
        kind: "update",
        table,
        assignments: columns.map((column) => ({ column, value: parameter(column) })),
        where: equalities(table, where),
        returning: [],
      };
      return node;
    });
  }

  /** Deletes the row with these values. */
  delete(table: TableDefinition, where: readonly ColumnDefinition[]): Plan {
    return this.#plan(`d${table.columns[0]?.id}:${ids(where)}`, () => {
      const node: DeleteNode = { kind: "delete", table, where: equalities(table, where), returning: [] };
      return node;
    });
  }

  #rowPlans(table: TableDefinition): RowPlans {
    const encoders = table.columns.map(({ type }) => this.#statements.dialect.encoder(type));
    const plans: RowPlans = { encoders, byColumns: new Map() };
    this.#rows.set(table, plans);
    return plans;
  }

  #plan(key: string, make: () => InsertNode | UpdateNode | DeleteNode): Plan {
    let plan = this.#plans.get(key);
    if (plan === undefined) {
      plan = this.#statements.compile(make());
      this.#plans.set(key, plan);
    }
    return plan;
  }
}

const plans = new WeakMap<Statements, WritePlans>();

/** The plans for writing, one set for each database. */
export function writePlansOf(statements: Statements): WritePlans {
  let known = plans.get(statements);
  if (known === undefined) {
    known = new WritePlans(statements);
    plans.set(statements, known);
  }
  return known;
}

function ids(columns: readonly ColumnDefinition[]): string {
  return columns.map(({ id }) => id).join();
}

/** Stands for a value that is bound each time anew. */
function parameter(column: ColumnDefinition): ParameterNode {
  return { kind: "parameter", value: undefined, type: column.type };
}

function projectionOf(table: TableDefinition, columns: readonly ColumnDefinition[]): ProjectionNode[] {
  return columns.map((column) => ({
    expression: { kind: "column", table, column, alias: undefined },
    alias: undefined,
  }));
}

function equalities(table: TableDefinition, columns: readonly ColumnDefinition[]): ExpressionNode {
  const operands = columns.map(
    (column): ExpressionNode => ({
      kind: "comparison",
      operator: "=",
      left: { kind: "column", table, column, alias: undefined },
      right: parameter(column),
    }),
  );
  return { kind: "logical", operator: "and", operands };
}
