/** A connection whose statements are announced on `trace`; used while somebody listens. */
import type { Dialect, DriverValue } from "../dialects/dialect.ts";
import type { DriverConnection, DriverRow, DriverStatement, WriteResult } from "../driver/driver.ts";
import { meaningOf } from "../failure/meaning.ts";
import { statementEnd, statementFailed } from "../moments.ts";

/** The connection itself while nobody listens. */
export function traced(connection: DriverConnection, dialect: Dialect): DriverConnection {
  const heard = statementEnd.active || statementFailed.active;
  return heard ? new TracedConnection(connection, dialect) : connection;
}

class TracedConnection implements DriverConnection {
  readonly #connection: DriverConnection;
  readonly #dialect: Dialect;

  constructor(connection: DriverConnection, dialect: Dialect) {
    this.#connection = connection;
    this.#dialect = dialect;
  }

  get usable(): boolean {
    return this.#connection.usable;
  }

  rows(statement: DriverStatement, values: DriverValue[]): DriverRow[] | Promise<DriverRow[]> {
    return told(this.#dialect, statement.sql, () => this.#connection.rows(statement, values), lengthOf);
  }

  row(
    statement: DriverStatement,
    values: DriverValue[],
  ): DriverRow | undefined | Promise<DriverRow | undefined> {
    return told(this.#dialect, statement.sql, () => this.#connection.row(statement, values), oneOrNone);
  }

  write(statement: DriverStatement, values: DriverValue[]): WriteResult | Promise<WriteResult> {
    return told(this.#dialect, statement.sql, () => this.#connection.write(statement, values), changesOf);
  }

  async *stream(
    statement: DriverStatement,
    values: DriverValue[],
    size: number,
  ): AsyncGenerator<DriverRow[]> {
    const since = performance.now();
    let rows = 0;
    try {
      for await (const portion of this.#connection.stream(statement, values, size)) {
        rows += portion.length;
        yield portion;
      }
    } catch (error) {
      failed(this.#dialect, statement.sql, since, error);
      throw error;
    }
    ended(statement.sql, since, rows);
  }

  script(sql: string): void | Promise<void> {
    return told(this.#dialect, sql, () => this.#connection.script(sql), none);
  }
}

/** Runs a statement and tells how it ended. */
function told<Result>(
  dialect: Dialect,
  sql: string,
  run: () => Result | Promise<Result>,
  rowsOf: (result: Result) => number,
): Result | Promise<Result> {
  const since = performance.now();
  const broken = (error: unknown): never => {
    failed(dialect, sql, since, error);
    throw error;
  };
  try {
    const result = run();
    if (!(result instanceof Promise)) {
      ended(sql, since, rowsOf(result));
      return result;
    }
    return result.then((value) => {
      ended(sql, since, rowsOf(value));
      return value;
    }, broken);
  } catch (error) {
    return broken(error);
  }
}

function failed(dialect: Dialect, sql: string, since: number, error: unknown): void {
  if (!statementFailed.active) return;
  // What is announced holds no values of the statement.
  meaningOf(error, dialect);
  statementFailed.announce({ sql, milliseconds: performance.now() - since, error });
}

function ended(sql: string, since: number, rows: number): void {
  if (statementEnd.active) statementEnd.announce({ sql, milliseconds: performance.now() - since, rows });
}

function lengthOf(rows: readonly DriverRow[]): number {
  return rows.length;
}

function oneOrNone(row: DriverRow | undefined): number {
  return row === undefined ? 0 : 1;
}

function changesOf({ changes }: WriteResult): number {
  return changes;
}

function none(): number {
  return 0;
}
