/** Opens connections to MariaDB and MySQL: address, TLS, the session's settings, and what a refusal means. */
import type { ConnectOptions } from "../driver.ts";
import {
  type ConnectAdvice,
  ConnectFailure,
  errorParts,
  networkAdvice,
  noRoom,
} from "../network/connect-failure.ts";
import {
  type AddressForm,
  loginOf,
  parseServerAddress,
  type ServerAddress,
} from "../network/server-address.ts";
import type { ServerTarget } from "../network/server-source.ts";
import { timeLimits } from "../network/time-limits.ts";
import { tlsPolicy } from "../network/tls-policy.ts";
import { MysqlConnection } from "./connection.ts";
import type { Mysql2Config, Mysql2Connection, Mysql2Module } from "./mysql2.ts";

const addressForm: AddressForm = {
  schemes: ["mysql", "mariadb"],
  port: 3306,
  example: "mysql://user:password@host:3306/database",
};

/** Refuse what does not fit instead of bending it; a backslash in a literal is a backslash, as in standard SQL. */
const sqlMode = [
  "STRICT_ALL_TABLES",
  "STRICT_TRANS_TABLES",
  "ERROR_FOR_DIVISION_BY_ZERO",
  "NO_ZERO_DATE",
  "NO_ZERO_IN_DATE",
  "NO_ENGINE_SUBSTITUTION",
  "NO_BACKSLASH_ESCAPES",
].join(",");

/** All that is needed to open another connection. */
export class MysqlTarget implements ServerTarget<MysqlConnection> {
  readonly address: ServerAddress;
  readonly statementTimeout: number;
  readonly #config: Mysql2Config;
  readonly #module: Mysql2Module;
  #isMariaDb: boolean | undefined;

  /** Throws `LMP_ORM_URL_INVALID`. */
  constructor(module: Mysql2Module, url: string, options: ConnectOptions) {
    this.#module = module;
    this.address = parseServerAddress(url, addressForm);
    this.statementTimeout = options.statementTimeout ?? timeLimits.statement;
    this.#config = connectionConfig(this.address, options.tls);
  }

  /** Known once a connection was opened. */
  get isMariaDb(): boolean {
    return this.#isMariaDb === true;
  }

  async open(onLost: (connection: MysqlConnection) => void): Promise<MysqlConnection> {
    let connection: MysqlConnection | undefined;
    try {
      connection = new MysqlConnection(await this.#connected(), this.#module, onLost);
      this.#isMariaDb ??= (await connection.ask("SELECT VERSION()")).includes("MariaDB");
      await connection.script(this.#sessionSettings(this.#isMariaDb));
      return connection;
    } catch (error) {
      void connection?.end();
      throw new ConnectFailure(this.address, connectAdvice(error, this.address), error);
    }
  }

  #connected(): Promise<Mysql2Connection> {
    return new Promise((resolve, reject) => {
      const connection = this.#module.createConnection(this.#config);
      // A connection without a listener would end the process when it breaks while it is given up.
      connection.on("error", reject);
      connection.connect((error) => {
        if (error) {
          connection.stream.destroy();
          reject(error);
        } else resolve(connection);
      });
    });
  }

  /** A lock that is waited for ends before the statement would: the error then names the lock. MySQL limits queries alone. */
  #sessionSettings(mariaDb: boolean): string {
    const timeout = Math.trunc(this.statementTimeout);
    const lockTimeout =
      timeout === 0 ? timeLimits.lockWait : Math.min(timeLimits.lockWait, (timeout * 2) / 3);
    // As in standard SQL, an update reads the row as it was. MySQL has no word for it.
    const mode = mariaDb ? `${sqlMode},SIMULTANEOUS_ASSIGNMENT` : sqlMode;
    return [
      `SET sql_mode = '${mode}'`,
      "time_zone = '+00:00'",
      `innodb_lock_wait_timeout = ${Math.max(1, Math.floor(lockTimeout / 1_000))}`,
      mariaDb ? `max_statement_time = ${timeout / 1_000}` : `max_execution_time = ${timeout}`,
    ].join(", ");
  }
}

function connectionConfig(address: ServerAddress, tls: ConnectOptions["tls"]): Mysql2Config {
  const policy = tlsPolicy(address, tls);
  return {
    ...(address.socketPath === undefined
      ? { host: address.host, port: address.port }
      : { socketPath: address.socketPath }),
    ...loginOf(address),
    ...(policy !== undefined && {
      ssl: {
        rejectUnauthorized: policy.rejectUnauthorized,
        // Without this `mysql2` takes a certificate for any host.
        verifyIdentity: policy.verifyHost,
        ...(policy.ca !== undefined && { ca: policy.ca }),
      },
    }),
    connectTimeout: timeLimits.connect,
    enableKeepAlive: true,
    keepAliveInitialDelay: timeLimits.keepAlive,
    // With its collation: texts that are no column's are compared as the columns are.
    charset: "utf8mb4_bin",
    timezone: "Z",
    rowsAsArray: true,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    decimalNumbers: false,
    jsonStrings: true,
    multipleStatements: false,
  };
}

/** What the server's refusal means, by its number. */
function connectAdvice(error: unknown, address: ServerAddress): ConnectAdvice {
  const { message } = errorParts(error);
  const errno = error instanceof Error && "errno" in error ? error.errno : undefined;
  switch (errno) {
    case 1045:
    case 1044:
    case 1698:
      return {
        expected: "a user and a password that the server accepts",
        found: message,
        fix: "Correct user and password in the address of the database, or the rights of the user.",
        passing: false,
      };
    case 1049:
      return {
        expected: "a database that exists",
        found: message,
        fix: "Create it with CREATE DATABASE, or correct its name in the address.",
        passing: false,
      };
    case 1040:
    case 1203:
    case 1226:
      return noRoom(message);
  }
  return networkAdvice(error, address, "MariaDB or MySQL");
}
