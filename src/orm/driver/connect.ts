/** From the address of a database to its connections. */
import { dialectOfUrl, sqlitePath } from "./database-url.ts";
import type { ConnectionSource, ConnectOptions } from "./driver.ts";
import { connectMysql } from "./mysql/connect-mysql.ts";
import { connectPostgresql } from "./postgresql/connect-postgresql.ts";
import { connectSqlite } from "./sqlite/connect-sqlite.ts";

/** Opens what the address names. Throws `LMP_ORM_URL_INVALID`, and what the driver throws. */
export async function connectionTo(url: string, options: ConnectOptions): Promise<ConnectionSource> {
  switch (dialectOfUrl(url)) {
    case "sqlite":
      return connectSqlite(sqlitePath(url), options);
    case "postgresql":
      return connectPostgresql(url, options);
    case "mysql":
      return connectMysql(url, options);
  }
}

/** Connects without a limit to how long a statement may run: for migrations. */
export async function connectForMigrations(url: string): Promise<ConnectionSource> {
  return connectionTo(url, { statementTimeout: 0, pool: { maximum: 2, leakAfter: 86_400_000 } });
}
