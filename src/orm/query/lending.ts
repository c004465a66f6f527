/** Borrows connections, gives them back however the work ends, and tells the driver's errors as Limpid's. */
import type { ConnectionSource, DriverConnection, DriverRow, Intent } from "../driver/driver.ts";
import { failureOf } from "../failure/failure.ts";
import type { TableDefinition } from "../model/definition.ts";
import type { StatementNode } from "./nodes.ts";
import { traced } from "./traced-connection.ts";

type Work<Result> = (connection: DriverConnection) => Result | Promise<Result>;

/** Runs `work` on a borrowed connection; at once where nothing has to be waited for. */
export function lend<Result>(
  source: ConnectionSource,
  intent: Intent,
  statement: StatementNode | undefined,
  work: Work<Result>,
): Result | Promise<Result> {
  const connection = source.acquire(intent, true);
  if (connection instanceof Promise)
    return connection.then((lent) => lendLater(source, lent, statement, work));
  let result: Result | Promise<Result>;
  try {
    result = work(traced(connection, source.dialect));
  } catch (error) {
    source.release(connection, !connection.usable);
    throw failureOf(error, source.dialect, tableOf(statement), undefined);
  }
  if (result instanceof Promise) return finished(source, connection, statement, result);
  source.release(connection);
  return result;
}

/** Runs `work` on a connection that is held for longer, a transaction's. */
export function guarded<Result>(
  source: ConnectionSource,
  connection: DriverConnection,
  table: TableDefinition | undefined,
  work: Work<Result>,
): Result | Promise<Result> {
  try {
    const result = work(traced(connection, source.dialect));
    if (!(result instanceof Promise)) return result;
    return result.catch((error: unknown) => {
      throw failureOf(error, source.dialect, table, undefined);
    });
  } catch (error) {
    throw failureOf(error, source.dialect, table, undefined);
  }
}

/** The portions of a stream on a borrowed connection, or on the one that is `held` for longer. */
export async function* lendStream(
  source: ConnectionSource,
  held: DriverConnection | undefined,
  statement: StatementNode,
  open: (connection: DriverConnection) => AsyncIterable<DriverRow[]>,
): AsyncGenerator<DriverRow[]> {
  const connection = held ?? (await source.acquire("read"));
  try {
    yield* open(traced(connection, source.dialect));
  } catch (error) {
    throw failureOf(error, source.dialect, tableOf(statement), undefined);
  } finally {
    if (held === undefined) source.release(connection, !connection.usable);
  }
}

async function lendLater<Result>(
  source: ConnectionSource,
  connection: DriverConnection,
  statement: StatementNode | undefined,
  work: Work<Result>,
): Promise<Result> {
  let result: Result | Promise<Result>;
  try {
    result = work(traced(connection, source.dialect));
  } catch (error) {
    result = Promise.reject(error);
  }
  return finished(source, connection, statement, Promise.resolve(result));
}

async function finished<Result>(
  source: ConnectionSource,
  connection: DriverConnection,
  statement: StatementNode | undefined,
  result: Promise<Result>,
): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    throw failureOf(error, source.dialect, tableOf(statement), undefined);
  } finally {
    source.release(connection, !connection.usable);
  }
}

/** The table that a statement is about, for the names of fields in errors. */
export function tableOf(statement: StatementNode | undefined): TableDefinition | undefined {
  switch (statement?.kind) {
    case "insert":
    case "update":
    case "delete":
      return statement.table;
    case "select":
      return statement.from?.kind === "table" ? statement.from.table : undefined;
    default:
      return undefined;
  }
}
