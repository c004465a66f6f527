/** The part of the package `mysql2` that the driver uses. */
import { loadPeer } from "../network/load-peer.ts";

type Callback<Result> = (error: Mysql2Error | null, result: Result) => void;

export interface Mysql2Error extends Error {
  readonly errno?: number;
  /** Whether the connection went with it. */
  readonly fatal?: boolean;
}

/** What a statement without rows gives. */
export interface OkPacket {
  readonly affectedRows: number;
  readonly insertId: number | string;
  /** Bit 0: a transaction is open. */
  readonly serverStatus?: number;
}

/** What a command gives: rows as arrays, or an OK packet. */
export type CommandResult = unknown[][] | OkPacket;

export interface Mysql2Connection {
  readonly stream: {
    destroy(error?: Error): void;
    once(event: "close", listener: () => void): void;
  };
  connect(callback: (error: Mysql2Error | null) => void): void;
  query(sql: string, callback: Callback<CommandResult>): void;
  ping(callback: (error: Mysql2Error | null) => void): void;
  prepare(options: StatementOptions, callback: Callback<Mysql2Statement>): void;
  unprepare(options: StatementOptions): void;
  pause(): void;
  resume(): void;
  end(callback: () => void): void;
  on(event: "error", listener: (error: Mysql2Error) => void): this;
}

/** Equal options name the same prepared statement. */
export interface StatementOptions {
  readonly sql: string;
  readonly rowsAsArray: true;
}

export interface Mysql2Statement {
  execute(values: readonly Mysql2Value[], callback: Callback<CommandResult>): void;
  /** Without a callback, rows are told one by one. */
  execute(values: readonly Mysql2Value[]): Mysql2Command;
}

export interface Mysql2Command {
  on(event: "result", listener: (row: unknown[] | OkPacket) => void): this;
  on(event: "error", listener: (error: Mysql2Error) => void): this;
  on(event: "end", listener: () => void): this;
}

export type Mysql2Value = string | number | boolean | Buffer | null | object;

export interface Mysql2Config {
  readonly host?: string;
  readonly port?: number;
  readonly socketPath?: string;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly ssl?: { rejectUnauthorized: boolean; verifyIdentity: boolean; ca?: string };
  readonly connectTimeout: number;
  readonly enableKeepAlive: boolean;
  readonly keepAliveInitialDelay: number;
  readonly charset: string;
  readonly timezone: string;
  readonly rowsAsArray: boolean;
  readonly dateStrings: boolean;
  readonly supportBigNumbers: boolean;
  readonly bigNumberStrings: boolean;
  readonly decimalNumbers: boolean;
  readonly jsonStrings: boolean;
  readonly multipleStatements: boolean;
}

export interface Mysql2Module {
  createConnection(config: Mysql2Config): Mysql2Connection;
  /** Since 3.20; before, a bigint is bound as text. */
  readonly TypedParameter?: { BIGINT(value: bigint): object } | undefined;
}

/** Loads `mysql2`. Throws `LMP_ORM_DRIVER_MISSING`. */
export function loadMysql2(): Mysql2Module {
  return loadPeer({ name: "mysql2", since: "3.11", servers: "MariaDB and MySQL" }) as Mysql2Module;
}
