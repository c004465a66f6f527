/** A database of SQLite in memory that keeps the text of each statement it runs. */
import { Database } from "../../../src/orm/database.ts";
import { connectionTo } from "../../../src/orm/driver/connect.ts";
import type { ConnectionSource, DriverConnection } from "../../../src/orm/driver/driver.ts";

export interface CountedDatabase {
  readonly db: Database;
  /** The statements since the last call of `take`. */
  take(): string[];
}

/** With `later`, every answer is a promise, as those of a database elsewhere are. */
export async function countedDatabase(
  options: { readonly later?: boolean; readonly url?: string } = {},
): Promise<CountedDatabase> {
  const source = await connectionTo(options.url ?? "sqlite::memory:", {});
  let statements: string[] = [];
  const answered = <Value>(value: Value): Value | Promise<Awaited<Value>> =>
    options.later === true ? Promise.resolve(value) : value;
  const counted = (connection: DriverConnection): DriverConnection => ({
    rows: (statement, values) => {
      statements.push(statement.sql);
      return answered(connection.rows(statement, values));
    },
    row: (statement, values) => {
      statements.push(statement.sql);
      return answered(connection.row(statement, values));
    },
    write: (statement, values) => {
      statements.push(statement.sql);
      return answered(connection.write(statement, values));
    },
    stream: (statement, values, size) => connection.stream(statement, values, size),
    script: (sql) => connection.script(sql),
    get usable() {
      return connection.usable;
    },
  });
  const wrapped = new Map<DriverConnection, DriverConnection>();
  const originals = new Map<DriverConnection, DriverConnection>();
  const wrap = (connection: DriverConnection): DriverConnection => {
    const known = wrapped.get(connection);
    if (known !== undefined) return known;
    const made = counted(connection);
    wrapped.set(connection, made);
    originals.set(made, connection);
    return made;
  };
  const original = (connection: DriverConnection): DriverConnection =>
    originals.get(connection) ?? connection;
  const counting: ConnectionSource = {
    dialect: source.dialect,
    acquire: (intent) => {
      const lent = source.acquire(intent);
      return lent instanceof Promise ? lent.then(wrap) : wrap(lent);
    },
    release: (connection, broken) => source.release(original(connection), broken),
    begin: (connection, begin) => source.begin(original(connection), begin),
    status: () => source.status(),
    close: (grace) => source.close(grace),
  };
  return {
    db: new Database(counting),
    take: () => {
      const taken = statements;
      statements = [];
      return taken;
    },
  };
}
