/** Lends connections to PostgreSQL, begins transactions on them, listens and copies. */
import type { Dialect } from "../../dialects/dialect.ts";
import type {
  ConnectionSource,
  ConnectOptions,
  DriverConnection,
  Intent,
  PoolStatus,
  TransactionOptions,
} from "../driver.ts";
import { ConnectFailure } from "../network/connect-failure.ts";
import { Pool } from "../pool/pool.ts";
import { PostgresqlConnection } from "./connection.ts";
import type { CopiedRows } from "./copy-in.ts";
import { Listener } from "./listener.ts";
import { PostgresqlTarget } from "./open-connection.ts";
import { loadPg } from "./pg.ts";

/** How much longer than the server's own statement timeout this side waits, before it takes the server for dead. */
const graceOfDeadline = 2_000;

export class PostgresqlSource implements ConnectionSource {
  readonly dialect: Dialect;
  readonly #pool: Pool<PostgresqlConnection>;
  readonly #listener: Listener;

  private constructor(target: PostgresqlTarget, options: ConnectOptions, dialect: Dialect) {
    this.dialect = dialect;
    this.#listener = new Listener(target, dialect);
    const deadline = target.statementTimeout === 0 ? 0 : target.statementTimeout + graceOfDeadline;
    const pool: Pool<PostgresqlConnection> = new Pool<PostgresqlConnection>(
      {
        deadline,
        open: () => openConnection(target, (lost) => pool.lost(lost)),
        check: (connection) => connection.script("SELECT 1"),
        end: (connection) => connection.end(),
        abandon: (connection) => connection.abandon(deadline),
      },
      options.pool,
    );
    this.#pool = pool;
  }

  /** Opens the first connection too. Throws `LMP_ORM_DRIVER_MISSING`, `LMP_ORM_URL_INVALID`, `LMP_ORM_CONNECT_FAILED`. */
  static async open(url: string, options: ConnectOptions, dialect: Dialect): Promise<PostgresqlSource> {
    const target = new PostgresqlTarget(loadPg(), url, options);
    const source = new PostgresqlSource(target, options, dialect);
    try {
      await source.#pool.prove();
    } catch (error) {
      await source.#pool.close(0);
      throw error;
    }
    return source;
  }

  acquire(_intent: Intent, briefly?: boolean): DriverConnection | Promise<DriverConnection> {
    return this.#pool.acquire(briefly);
  }

  release(connection: DriverConnection, broken?: boolean): void {
    const own = ownConnection(connection);
    own.rest();
    this.#pool.release(own, broken);
  }

  begin(connection: DriverConnection, options: TransactionOptions): void {
    const isolation =
      options.isolation === undefined ? "" : ` ISOLATION LEVEL ${isolationLevels[options.isolation]}`;
    ownConnection(connection).begin(`BEGIN${isolation}${options.readOnly === true ? " READ ONLY" : ""}`);
  }

  status(): PoolStatus {
    return this.#pool.status();
  }

  async close(grace?: number): Promise<void> {
    await Promise.all([this.#pool.close(grace), this.#listener.close()]);
  }

  listen(channel: string, receive: (payload: string) => void): Promise<() => Promise<void>> {
    return this.#listener.listen(channel, receive);
  }

  copy(
    connection: DriverConnection,
    table: string,
    columns: readonly string[],
    rows: CopiedRows,
  ): Promise<number> {
    const names = columns.map((column) => this.dialect.quote(column)).join(", ");
    const sql = `COPY ${this.dialect.quote(table)} (${names}) FROM STDIN`;
    return ownConnection(connection).copy(sql, rows);
  }
}

const isolationLevels = {
  "read committed": "READ COMMITTED",
  "repeatable read": "REPEATABLE READ",
  serializable: "SERIALIZABLE",
} as const;

async function openConnection(
  target: PostgresqlTarget,
  onLost: (connection: PostgresqlConnection) => void,
): Promise<PostgresqlConnection> {
  const connection = new PostgresqlConnection(await target.open(), onLost);
  try {
    await connection.script(target.sessionSettings);
  } catch (error) {
    void connection.end();
    const advice = {
      expected: "a server that takes the settings of a session",
      found: error instanceof Error ? error.message : String(error),
      fix: "Look at the cause and at the server's log.",
      passing: true,
    };
    throw new ConnectFailure(target.address, advice, error);
  }
  return connection;
}

function ownConnection(connection: DriverConnection): PostgresqlConnection {
  if (connection instanceof PostgresqlConnection) return connection;
  throw new TypeError("The connection belongs to another database.");
}
