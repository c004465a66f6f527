/** Connects to MariaDB or MySQL: the entry of the driver. */
import { mysql } from "../../dialects/mysql/dialect.ts";
import { connectOptions } from "../connect-options.ts";
import type { ConnectionSource, ConnectOptions } from "../driver.ts";
import { loadMysql2 } from "./mysql2.ts";
import { MysqlTarget } from "./open-connection.ts";
import { MysqlSource } from "./source.ts";

/**
 * Connects to a MariaDB or MySQL server with the optional package `mysql2`, and opens the first connection.
 * Throws `LMP_ORM_DRIVER_MISSING`, `LMP_ORM_URL_INVALID`, `LMP_ORM_OPTION_INVALID`, `LMP_ORM_CONNECT_FAILED`.
 */
export async function connectMysql(url: string, options: ConnectOptions = {}): Promise<ConnectionSource> {
  const checked = connectOptions(options);
  return new MysqlSource(new MysqlTarget(loadMysql2(), url, checked), checked, mysql).proven();
}
