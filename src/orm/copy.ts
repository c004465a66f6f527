/** Writes many rows at once: COPY where the database has it, else inserts of many rows. All of them or none. */
import { LimpidError } from "../errors/index.ts";
import type { DriverValue, Encode } from "./dialects/dialect.ts";
import type { ConnectionSource } from "./driver/driver.ts";
import type { ColumnDefinition, TableDefinition } from "./model/definition.ts";
import { givenValues } from "./model/entity-class.ts";
import type { ModelDefinition } from "./model/registry.ts";
import { insertInto } from "./query/insert.ts";
import { lend } from "./query/lending.ts";
import type { InsertNode } from "./query/nodes.ts";
import type { Queries } from "./query/queries.ts";

type Rows = Iterable<object> | AsyncIterable<object>;

const PORTION = 200;

/**
 * Copies rows and resolves to their number. The columns are those of the first row, and those with a default of the
 * model. Throws `LMP_ORM_VALUE_INVALID` for a row with a column that the first has not.
 */
export async function copyRows(
  source: ConnectionSource,
  copy: NonNullable<ConnectionSource["copy"]>,
  definition: ModelDefinition,
  rows: Rows,
): Promise<number> {
  const [first, all] = await withFirst(rows);
  if (first === undefined) return 0;
  const columns = copiedColumns(definition, givenValues(definition.table, first));
  const encoders = columns.map(({ type }) => source.dialect.encoder(type));
  const target: InsertNode = {
    kind: "insert",
    table: definition.table,
    columns,
    rows: [],
    conflict: undefined,
    returning: [],
  };
  const names = columns.map(({ name }) => name);
  let thrown: { readonly reason: unknown } | undefined;
  const encoded = noticing(encodedRows(definition, all, columns, encoders), (reason) => {
    thrown = { reason };
  });
  try {
    return await lend(source, "write", target, (connection) =>
      copy.call(source, connection, definition.table.name, names, encoded),
    );
  } catch (error) {
    throw thrown === undefined ? error : thrown.reason;
  }
}

/** Inserts rows in portions, on a connection in a transaction, and resolves to their number. */
export async function insertRows(queries: Queries, definition: ModelDefinition, rows: Rows): Promise<number> {
  const model = definition.entity as unknown as Parameters<typeof insertInto>[1];
  let count = 0;
  let portion: object[] = [];
  const write = async (): Promise<void> => {
    if (portion.length > 0) count += await insertInto(queries, model).values(portion as never[]);
    portion = [];
  };
  for await (const row of rows) {
    portion.push(row);
    if (portion.length === PORTION) await write();
  }
  await write();
  return count;
}

/** The same rows; what they throw themselves is told apart from what the database says. */
async function* noticing<Row>(
  rows: AsyncIterable<Row>,
  notice: (reason: unknown) => void,
): AsyncGenerator<Row> {
  try {
    yield* rows;
  } catch (reason) {
    notice(reason);
    throw reason;
  }
}

/** Throws `LMP_ORM_VALUE_INVALID` for what gives no rows. */
export function checkRows(rows: unknown): asserts rows is Rows {
  const iterable =
    typeof rows === "object" && rows !== null && (Symbol.iterator in rows || Symbol.asyncIterator in rows);
  if (iterable) return;
  throw new LimpidError("LMP_ORM_VALUE_INVALID", "Rows are copied from a list.", {
    expected: "an array, or anything else that is iterable",
    found: rows === null ? "null" : typeof rows,
    fix: "Pass the rows, each an object by the names of the columns.",
  });
}

async function withFirst(rows: Rows): Promise<readonly [object | undefined, AsyncGenerator<object>]> {
  const iterator = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  const first = await iterator.next();
  async function* all(): AsyncGenerator<object> {
    for (let next = first; next.done !== true; next = await iterator.next()) yield next.value;
  }
  return [first.done === true ? undefined : first.value, all()];
}

function copiedColumns({ table }: ModelDefinition, first: object): ColumnDefinition[] {
  const given = new Set(Object.keys(first));
  return table.columns.filter(
    (column) =>
      given.has(column.property) || column.default?.from === "value" || column.default?.from === "function",
  );
}

async function* encodedRows(
  { table }: ModelDefinition,
  rows: AsyncIterable<object>,
  columns: readonly ColumnDefinition[],
  encoders: readonly Encode[],
): AsyncGenerator<DriverValue[]> {
  for await (const row of rows) {
    const values = givenValues(table, row);
    for (const name of Object.keys(values))
      if (values[name] !== undefined && !columns.some(({ property }) => property === name))
        throw columnTooMany(table, name);
    yield columns.map((column, index) => {
      const given = values[column.property];
      const value = given === undefined ? defaultOf(column) : given;
      return value === null || value === undefined ? null : (encoders[index] as Encode)(value);
    });
  }
}

function defaultOf({ default: fallback }: ColumnDefinition): unknown {
  if (fallback?.from === "value") return fallback.value;
  return fallback?.from === "function" ? fallback.make() : undefined;
}

function columnTooMany({ name }: TableDefinition, column: string): LimpidError {
  return new LimpidError(
    "LMP_ORM_VALUE_INVALID",
    `A row for "${name}" has a column that the first row has not.`,
    {
      expected: "the same columns in every row",
      found: column,
      fix: `Name "${column}" in the first row too, with null where it has no value.`,
    },
  );
}
