/** Connects to a SQLite database: in this thread, or in worker threads where the options ask for them. */
import { sqlite } from "../../dialects/sqlite/dialect.ts";
import { connectOptions } from "../connect-options.ts";
import type { ConnectionSource, ConnectOptions } from "../driver.ts";
import { poolSettings } from "../pool/pool-settings.ts";
import { LocalEngines } from "./local-engines.ts";
import type { SqliteEngines } from "./sqlite-engine.ts";
import { SqliteSource } from "./sqlite-source.ts";
import { ThreadEngines } from "./thread-engines.ts";

/**
 * Opens the database in the file at `path`, or one in memory for `":memory:"`. Rejects with `LMP_ORM_CONNECT_FAILED`
 * where it cannot be opened, `LMP_ORM_OPTION_INVALID` for options that have no meaning.
 */
export async function connectSqlite(path: string, options: ConnectOptions): Promise<ConnectionSource> {
  const { pool, busyTimeout = 5_000, statementTimeout = 15_000, threads = 0 } = connectOptions(options);
  const { acquireTimeout, leakAfter, maximum } = poolSettings(pool);
  const engines: SqliteEngines =
    threads === 0
      ? new LocalEngines(path, maximum, acquireTimeout)
      : new ThreadEngines({ path, threads, acquireTimeout, busyTimeout, statementTimeout });
  const source = new SqliteSource(sqlite, engines, { acquireTimeout, leakAfter, busyTimeout });
  await source.open();
  return source;
}
