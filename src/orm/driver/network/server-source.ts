/** What the sources of all servers have in common: a pool of connections, each of them watched and ended in time. */
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
import type { PoolMember } from "../pool/pool-member.ts";

/** How much longer than the server's own statement timeout this side waits, before it takes the server for dead. */
const graceOfDeadline = 2_000;

/** The levels in SQL; what is none of them gets into no statement. */
export const isolationLevels = {
  "read committed": "READ COMMITTED",
  "repeatable read": "REPEATABLE READ",
  serializable: "SERIALIZABLE",
} as const;

export interface ServerConnection extends DriverConnection, PoolMember {
  /** Rejects if the server does not answer. */
  ping(): Promise<void>;
  /** Never throws. Resolves when the connection is closed. */
  end(): Promise<void>;
  /** Ends it because the server has not answered for `deadline` milliseconds. */
  abandon(deadline: number): void;
}

/** Where connections lead to. */
export interface ServerTarget<Connection> {
  readonly statementTimeout: number;
  /** A connection with the session's settings. Rejects with a `ConnectFailure`. */
  open(onLost: (connection: Connection) => void): Promise<Connection>;
}

export abstract class ServerSource<Connection extends ServerConnection> implements ConnectionSource {
  readonly #kind: new (
    ...parts: never[]
  ) => Connection;
  readonly #pool: Pool<Connection>;

  /** `kind` is the class of its connections. */
  constructor(
    kind: new (...parts: never[]) => Connection,
    target: ServerTarget<Connection>,
    options: ConnectOptions,
  ) {
    this.#kind = kind;
    const deadline = target.statementTimeout === 0 ? 0 : target.statementTimeout + graceOfDeadline;
    const pool: Pool<Connection> = new Pool<Connection>(
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

  abstract get dialect(): Dialect;

  abstract begin(connection: DriverConnection, options: TransactionOptions): void | Promise<void>;

  /** The source, once a first connection was opened. Throws `LMP_ORM_CONNECT_FAILED`. */
  async proven(): Promise<this> {
    try {
      await this.#pool.prove();
    } catch (error) {
      await this.close(0);
      throw error;
    }
    return this;
  }

  acquire(intent: Intent, briefly?: boolean): DriverConnection | Promise<DriverConnection> {
    return intent === "migrate" ? this.#lendUnlimited() : this.#pool.acquire(briefly);
  }

  release(connection: DriverConnection, broken?: boolean): void {
    this.#pool.release(this.own(connection), broken);
  }

  status(): PoolStatus {
    return this.#pool.status();
  }

  close(grace?: number): Promise<void> {
    return this.#pool.close(grace);
  }

  protected own(connection: DriverConnection): Connection {
    if (connection instanceof this.#kind) return connection;
    throw new TypeError("The connection belongs to another database.");
  }

  async #lendUnlimited(): Promise<DriverConnection> {
    const connection = await this.#pool.acquire();
    this.#pool.lift(connection);
    return connection;
  }
}
