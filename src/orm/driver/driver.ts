/** The contract of drivers: connections that run statements, and the source that lends them. A folder each beside this file. */
import type { Dialect, DriverValue } from "../dialects/dialect.ts";

/** A row as the driver gives it: its values in the order of the columns. */
export type DriverRow = unknown[];

/** A statement as often as it is run: drivers keep what they prepared for it by `id`. */
export interface DriverStatement {
  /** Unique in the process; a prepared statement is kept under it. */
  readonly id: number;
  readonly sql: string;
  readonly givesRows: boolean;
  /** Whether whole numbers are read as `bigint`. */
  readonly bigInts: boolean;
  /** Whether it is worth preparing: false for SQL that is run once. */
  readonly prepare: boolean;
}

/** What a statement without rows did. */
export interface WriteResult {
  readonly changes: number;
  /** The key that the database counted for the first row, where the driver tells. */
  readonly firstId: number | bigint | undefined;
}

/**
 * One connection. What can be answered at once is not a promise: SQLite in this thread never makes one.
 * Errors are the driver's own; `Dialect.classify` reads them.
 */
export interface DriverConnection {
  /** All rows of a statement. */
  rows(statement: DriverStatement, values: DriverValue[]): DriverRow[] | Promise<DriverRow[]>;
  /** The first row, `undefined` where there is none; the rest is not read where the driver can help it. */
  row(
    statement: DriverStatement,
    values: DriverValue[],
  ): DriverRow | undefined | Promise<DriverRow | undefined>;
  /** Runs a statement that gives no rows. */
  write(statement: DriverStatement, values: DriverValue[]): WriteResult | Promise<WriteResult>;
  /** Rows in portions of `size`; the connection is busy until the iteration ends, by whatever way. */
  stream(statement: DriverStatement, values: DriverValue[], size: number): AsyncIterable<DriverRow[]>;
  /**
   * Runs SQL that stands alone or is a script of several statements, without values: BEGIN, PRAGMA, DDL.
   * MariaDB and MySQL take exactly one statement.
   */
  script(sql: string): void | Promise<void>;
  /** Whether it can be used further; false once it broke. */
  readonly usable: boolean;
}

/**
 * What a connection is borrowed for. SQLite lends its one writer for `write`, a reader for `read`. `migrate` is `write`
 * for a borrower who sets the limits: until he gives it back, this side ends no statement and warns of no leak.
 */
export type Intent = "read" | "write" | "migrate";

export interface TransactionOptions {
  /** Default: the database's own. SQLite is always serializable. */
  readonly isolation?: "read committed" | "repeatable read" | "serializable" | undefined;
  readonly readOnly?: boolean | undefined;
}

/** How full a pool is, for `/readyz` and metrics. */
export interface PoolStatus {
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
  readonly maximum: number;
}

/** Lends connections. One a database. */
export interface ConnectionSource {
  readonly dialect: Dialect;
  /**
   * Lends a connection; at once where one is free. Rejects with `LMP_ORM_POOL_TIMEOUT` (503) after the acquire timeout.
   * `briefly`: for one statement, which cannot be forgotten, so the line that borrows it need not be remembered.
   */
  acquire(intent: Intent, briefly?: boolean): DriverConnection | Promise<DriverConnection>;
  /** Takes it back. `broken`: it is closed instead of lent again. */
  release(connection: DriverConnection, broken?: boolean): void;
  /** Begins a transaction on a borrowed connection, as the dialect does it. */
  begin(connection: DriverConnection, options: TransactionOptions): void | Promise<void>;
  status(): PoolStatus;
  /** Waits for what is lent, up to the grace time in milliseconds, and closes all connections. */
  close(grace?: number): Promise<void>;
  /** PostgreSQL: hands over each NOTIFY on the channel until the returned function is called. */
  listen?(channel: string, receive: (payload: string) => void): Promise<() => Promise<void>>;
  /** PostgreSQL: COPY … FROM STDIN; resolves to the number of rows. Rows are encoded driver values. */
  copy?(
    connection: DriverConnection,
    table: string,
    columns: readonly string[],
    rows: AsyncIterable<DriverValue[]> | Iterable<DriverValue[]>,
  ): Promise<number>;
}

/** Options of `Database.connect`, for every driver. Times are milliseconds. */
export interface ConnectOptions {
  readonly pool?: PoolOptions | undefined;
  /** A statement that runs longer is ended: 503. Default: 15,000; 0 for never. SQLite: with `threads` alone. */
  readonly statementTimeout?: number | undefined;
  /** How long a writer waits for another, across processes. SQLite. Default: 5,000. */
  readonly busyTimeout?: number | undefined;
  /** SQLite: run queries in so many worker threads, so that a slow one never blocks the loop. Default: 0, in this thread. */
  readonly threads?: number | undefined;
  /** PostgreSQL and MySQL: TLS. Default: on with verification for hosts that are not local. */
  readonly tls?: boolean | TlsOptions | undefined;
}

export interface TlsOptions {
  /** The certificate of an authority of one's own, in PEM format. */
  readonly ca?: string | undefined;
  /** Default: true. */
  readonly rejectUnauthorized?: boolean | undefined;
}

export interface PoolOptions {
  /** Kept open though idle. Default: 0. */
  readonly minimum?: number | undefined;
  /** Default: 10. */
  readonly maximum?: number | undefined;
  /** Default: 5,000. */
  readonly acquireTimeout?: number | undefined;
  /** An idle connection beyond the minimum closes after this. Default: 30,000. */
  readonly idleTimeout?: number | undefined;
  /** A connection is not lent again after this. Default: 30 minutes. */
  readonly maximumLifetime?: number | undefined;
  /** A connection that was idle for longer is checked before it is lent. Default: 10,000. */
  readonly healthCheckAfter?: number | undefined;
  /** A connection that is lent for longer is reported with the line that borrowed it, in development. Default: 30,000. */
  readonly leakAfter?: number | undefined;
}
