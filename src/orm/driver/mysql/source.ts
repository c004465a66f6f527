/** Lends connections to MariaDB and MySQL and begins transactions on them. */
import type { Dialect } from "../../dialects/dialect.ts";
import type {
  ConnectionSource,
  ConnectOptions,
  DriverConnection,
  Intent,
  PoolStatus,
  TransactionOptions,
} from "../driver.ts";
import { Pool } from "../pool/pool.ts";
import { MysqlConnection } from "./connection.ts";
import { loadMysql2 } from "./mysql2.ts";
import { MysqlTarget } from "./open-connection.ts";

/** How much longer than the server's own statement timeout this side waits, before it takes the server for dead. */
const graceOfDeadline = 2_000;

export class MysqlSource implements ConnectionSource {
  readonly #dialect: Dialect;
  readonly #target: MysqlTarget;
  readonly #pool: Pool<MysqlConnection>;
  #ownDialect: Dialect | undefined;

  private constructor(target: MysqlTarget, options: ConnectOptions, dialect: Dialect) {
    this.#dialect = dialect;
    this.#target = target;
    const deadline = target.statementTimeout === 0 ? 0 : target.statementTimeout + graceOfDeadline;
    const pool: Pool<MysqlConnection> = new Pool<MysqlConnection>(
      {
        deadline,
        open: () => target.open((lost) => pool.lost(lost)),
        check: (connection) => connection.ping(),
        end: (connection) => connection.end(),
        abandon: (connection) => connection.abandon(deadline),
      },
      options.pool,
    );
    this.#pool = pool;
  }

  /** Opens the first connection too. Throws `LMP_ORM_DRIVER_MISSING`, `LMP_ORM_URL_INVALID`, `LMP_ORM_CONNECT_FAILED`. */
  static async open(url: string, options: ConnectOptions, dialect: Dialect): Promise<MysqlSource> {
    const target = new MysqlTarget(loadMysql2(), url, options);
    const source = new MysqlSource(target, options, dialect);
    try {
      await source.#pool.prove();
    } catch (error) {
      await source.#pool.close(0);
      throw error;
    }
    return source;
  }

  /** MySQL has no RETURNING; which server it is, the first connection told. */
  get dialect(): Dialect {
    if (this.#target.isMariaDb) return this.#dialect;
    this.#ownDialect ??= { ...this.#dialect, features: { ...this.#dialect.features, returning: "none" } };
    return this.#ownDialect;
  }

  acquire(_intent: Intent, briefly?: boolean): DriverConnection | Promise<DriverConnection> {
    return this.#pool.acquire(briefly);
  }

  release(connection: DriverConnection, broken?: boolean): void {
    this.#pool.release(ownConnection(connection), broken);
  }

  /** The level is set for the next transaction alone. */
  async begin(connection: DriverConnection, options: TransactionOptions): Promise<void> {
    const own = ownConnection(connection);
    if (options.isolation !== undefined)
      await own.script(`SET TRANSACTION ISOLATION LEVEL ${options.isolation.toUpperCase()}`);
    await own.script(options.readOnly === true ? "START TRANSACTION READ ONLY" : "START TRANSACTION");
  }

  status(): PoolStatus {
    return this.#pool.status();
  }

  close(grace?: number): Promise<void> {
    return this.#pool.close(grace);
  }
}

function ownConnection(connection: DriverConnection): MysqlConnection {
  if (connection instanceof MysqlConnection) return connection;
  throw new TypeError("The connection belongs to another database.");
}
