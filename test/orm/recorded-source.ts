/** A source of connections that tells which statements were sent and how many connections are lent. */
import type { ConnectionSource, DriverConnection } from "../../src/orm/driver/driver.ts";

export interface RecordedSource {
  readonly source: ConnectionSource;
  readonly sent: string[];
  lent(): number;
}

/** The source, with a list of everything that is sent through it. */
export function recorded(inner: ConnectionSource): RecordedSource {
  const sent: string[] = [];
  const originals = new Map<DriverConnection, DriverConnection>();
  const wrapped = (connection: DriverConnection): DriverConnection => {
    const recording = recordedConnection(connection, sent);
    originals.set(recording, connection);
    return recording;
  };
  const original = (connection: DriverConnection): DriverConnection =>
    originals.get(connection) ?? connection;
  const source: ConnectionSource = {
    dialect: inner.dialect,
    acquire(...wish) {
      const connection = inner.acquire(...wish);
      return connection instanceof Promise ? connection.then(wrapped) : wrapped(connection);
    },
    release(connection, broken) {
      inner.release(original(connection), broken);
      originals.delete(connection);
    },
    begin(connection, options) {
      sent.push("BEGIN");
      return inner.begin(original(connection), options);
    },
    status: () => inner.status(),
    close: (grace) => inner.close(grace),
    ...(inner.listen && { listen: inner.listen.bind(inner) }),
    ...(inner.copy && {
      copy: (connection, table, columns, rows) => {
        sent.push(`COPY ${table} (${columns.join(", ")})`);
        return copied(inner, original(connection), table, columns, rows);
      },
    }),
  };
  return { source, sent, lent: () => originals.size };
}

function copied(
  source: ConnectionSource,
  ...parameters: Parameters<NonNullable<ConnectionSource["copy"]>>
): Promise<number> {
  if (source.copy === undefined) throw new Error("This database has no COPY.");
  return source.copy(...parameters);
}

function recordedConnection(connection: DriverConnection, sent: string[]): DriverConnection {
  return {
    rows(statement, values) {
      sent.push(statement.sql);
      return connection.rows(statement, values);
    },
    row(statement, values) {
      sent.push(statement.sql);
      return connection.row(statement, values);
    },
    write(statement, values) {
      sent.push(statement.sql);
      return connection.write(statement, values);
    },
    stream(statement, values, size) {
      sent.push(statement.sql);
      return connection.stream(statement, values, size);
    },
    script(sql) {
      sent.push(sql);
      return connection.script(sql);
    },
    get usable() {
      return connection.usable;
    },
  };
}
