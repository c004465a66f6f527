/** Connects to PostgreSQL: the entry of the driver. */
import { postgresql } from "../../dialects/postgresql/dialect.ts";
import { connectOptions } from "../connect-options.ts";
import type { ConnectionSource, ConnectOptions } from "../driver.ts";
import { PostgresqlTarget } from "./open-connection.ts";
import { loadPg } from "./pg.ts";
import { PostgresqlSource } from "./source.ts";

/**
 * Connects to a PostgreSQL server with the optional package `pg`, and opens the first connection.
 * Throws `LMP_ORM_DRIVER_MISSING`, `LMP_ORM_URL_INVALID`, `LMP_ORM_OPTION_INVALID`, `LMP_ORM_CONNECT_FAILED`.
 */
export async function connectPostgresql(
  url: string,
  options: ConnectOptions = {},
): Promise<ConnectionSource> {
  const checked = connectOptions(options);
  return new PostgresqlSource(new PostgresqlTarget(loadPg(), url, checked), checked, postgresql).proven();
}
