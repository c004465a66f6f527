/** Opens connections to PostgreSQL: address, TLS, limits, and what a refusal means. */
import { userInfo } from "node:os";
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
import { type TlsPolicy, tlsPolicy } from "../network/tls-policy.ts";
import { PostgresqlConnection } from "./connection.ts";
import { guardReading } from "./guarded-reading.ts";
import type { PgClient, PgClientConfig, PgModule } from "./pg.ts";

export const addressForm: AddressForm = {
  schemes: ["postgres", "postgresql"],
  port: 5432,
  example: "postgres://user:password@host:5432/database",
};

const idleInTransaction = 30_000;

/** All that is needed to open another connection. */
export class PostgresqlTarget implements ServerTarget<PostgresqlConnection> {
  readonly address: ServerAddress;
  readonly statementTimeout: number;
  readonly #config: PgClientConfig;
  readonly #pg: PgModule;

  /** Throws `LMP_ORM_URL_INVALID`. */
  constructor(pg: PgModule, url: string, options: ConnectOptions) {
    this.#pg = pg;
    this.address = parseServerAddress(url, addressForm);
    this.statementTimeout = options.statementTimeout ?? timeLimits.statement;
    this.#config = clientConfig(this.address, tlsPolicy(this.address, options.tls));
  }

  async open(onLost: (connection: PostgresqlConnection) => void): Promise<PostgresqlConnection> {
    const connection = new PostgresqlConnection(await this.login(), onLost);
    try {
      await connection.script(this.#sessionSettings);
    } catch (error) {
      void connection.end();
      const advice = {
        expected: "a server that takes the settings of a session",
        found: errorParts(error).message,
        fix: "Look at the cause and at the server's log.",
        passing: true,
      };
      throw new ConnectFailure(this.address, advice, error);
    }
    return connection;
  }

  /** A client that has connected, without the session's settings. Rejects with a `ConnectFailure`. */
  async login(): Promise<PgClient> {
    const client = new this.#pg.Client(this.#config);
    // A client without a listener would end the process when it breaks while it is given up.
    client.on("error", () => {});
    guardReading(client.connection);
    try {
      await client.connect();
      return client;
    } catch (error) {
      client.connection.stream.destroy();
      throw new ConnectFailure(this.address, connectAdvice(error, this.address), error);
    }
  }

  /** A lock that is waited for ends before the statement would: the error then names the lock. */
  get #sessionSettings(): string {
    const lockTimeout = Math.min(timeLimits.lockWait, Math.ceil((this.statementTimeout * 2) / 3));
    return [
      `SET statement_timeout = ${Math.trunc(this.statementTimeout)}`,
      `SET lock_timeout = ${Math.trunc(lockTimeout)}`,
      `SET idle_in_transaction_session_timeout = ${idleInTransaction}`,
      "SET TimeZone = 'UTC'",
      // The forms in which values are read, whatever the server or the role were set to.
      "SET DateStyle = 'ISO, YMD'",
      "SET IntervalStyle = 'postgres'",
      "SET bytea_output = 'hex'",
      "SET extra_float_digits = 1",
      "SET standard_conforming_strings = on",
      "SET client_encoding = 'UTF8'",
    ].join(";");
  }
}

function clientConfig(address: ServerAddress, tls: TlsPolicy | undefined): PgClientConfig {
  const options = address.options.get("options");
  return {
    host: address.socketPath ?? address.host,
    port: address.port,
    ...loginOf({ ...address, user: address.user ?? process.env.PGUSER ?? accountName() }),
    ...(options !== undefined && { options }),
    ssl: tls === undefined ? false : sslConfig(tls),
    application_name: address.options.get("application_name") ?? "limpid",
    keepAlive: true,
    keepAliveInitialDelayMillis: timeLimits.keepAlive,
    connectionTimeoutMillis: timeLimits.connect,
    enableChannelBinding: address.options.get("channel_binding") === "require",
  };
}

/** Whom libpq takes an address without a user for; the account of a container may have no name. */
function accountName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}

function sslConfig(tls: TlsPolicy): Exclude<PgClientConfig["ssl"], false> {
  return {
    rejectUnauthorized: tls.rejectUnauthorized,
    ...(tls.ca !== undefined && { ca: tls.ca }),
    ...(!tls.verifyHost && { checkServerIdentity: () => undefined }),
  };
}

/** What the server's refusal means (PostgreSQL, Appendix A). */
function connectAdvice(error: unknown, address: ServerAddress): ConnectAdvice {
  const { code, message } = errorParts(error);
  if (code === "28P01" || code === "28000" || message.startsWith("SASL"))
    return {
      expected: "a user and a password that the server accepts",
      found: code === "" ? "a login that failed" : message,
      fix: "Correct user and password in the address of the database, or the server's pg_hba.conf.",
      passing: false,
    };
  if (code === "3D000")
    return {
      expected: "a database that exists",
      found: message,
      fix: `Create it with: createdb ${address.database ?? "name"}, or correct its name in the address.`,
      passing: false,
    };
  if (code === "53300") return noRoom(message);
  if (code.startsWith("57P"))
    return {
      expected: "a server that takes connections",
      found: message,
      fix: "Wait until the server has started or restarted.",
      passing: true,
    };
  const ended = message === "Connection terminated unexpectedly";
  const cause = ended ? Object.assign(new Error(message), { code: "ECONNRESET" }) : error;
  return networkAdvice(cause, address, "PostgreSQL");
}
