/** Borrows a connection for a run of migrations, readies it, and holds the lock until the run is over. */
import { LimpidError } from "../../errors/index.ts";
import type { ConnectionSource } from "../driver/driver.ts";
import { createHistory } from "./history.ts";
import { acquireMigrationLock } from "./migration-lock.ts";
import type { MigrationEvent, MigrationRun } from "./migration-run.ts";
import { type MigrationConnection, rowsOf } from "./plain-sql.ts";

/** Options of everything that runs migrations. Times are milliseconds. */
export interface RunOptions {
  /** The folder of the migrations. */
  readonly folder: string;
  /** Allows what migrations declare to destroy (`-- loses:`) where it holds data. Default: false. */
  readonly allowDataLoss?: boolean | undefined;
  /** How long to wait for another run. Default: 10,000. */
  readonly lockTimeout?: number | undefined;
  /** How long a statement waits for the tables it changes. PostgreSQL and MySQL. Default: 10,000. */
  readonly tableLockTimeout?: number | undefined;
  /** Hears of each step as it happens. What it throws ends the run as a failing step does. */
  readonly onEvent?: ((event: MigrationEvent) => void | Promise<void>) | undefined;
}

const WAIT = 10_000;

/** Runs `work` alone, with a connection whose statements may take their time. */
export async function openRun<Result>(
  source: ConnectionSource,
  options: RunOptions,
  work: (run: MigrationRun) => Promise<Result>,
): Promise<Result> {
  const { dialect } = source;
  const tell = (event: MigrationEvent): void | Promise<void> => options.onEvent?.(event);
  const connection = await source.acquire("write");
  const borrowed: MigrationConnection = { connection, dialect };
  let ready = false;
  try {
    const restore = await patient(borrowed, options.tableLockTimeout ?? WAIT);
    const waiting = (): void => void tell({ kind: "waiting" });
    const lock = await acquireMigrationLock(borrowed, options.lockTimeout ?? WAIT, waiting);
    try {
      await createHistory(borrowed);
      return await work({ ...borrowed, lock, allowDataLoss: options.allowDataLoss === true, tell });
    } finally {
      if (connection.usable) {
        await lock.release();
        await restore();
        ready = true;
      }
    }
  } catch (error) {
    throw readable(error, source);
  } finally {
    // A lock or a setting that could not be given back goes with the connection. SQLite's holds neither.
    source.release(connection, !ready && dialect.name !== "sqlite");
  }
}

/** Runs `work` on a connection for reading, without a lock. */
export async function peek<Result>(
  source: ConnectionSource,
  work: (connection: MigrationConnection) => Promise<Result>,
): Promise<Result> {
  const connection = await source.acquire("read");
  try {
    return await work({ connection, dialect: source.dialect });
  } catch (error) {
    throw readable(error, source);
  } finally {
    source.release(connection);
  }
}

/** Statements may run long and wait a while for locks; the returned function sets things back. */
async function patient(run: MigrationConnection, wait: number): Promise<() => Promise<void>> {
  const { connection, dialect } = run;
  if (dialect.name === "postgresql") {
    const [row] = await rowsOf(
      run,
      "SELECT current_setting('statement_timeout'), current_setting('lock_timeout')",
    );
    await connection.script(`SET statement_timeout = 0; SET lock_timeout = ${Math.ceil(wait)}`);
    // RESET would bring back the server's own limits, not those that the pool set for its connections.
    const limits = `SET statement_timeout = '${row?.[0]}'; SET lock_timeout = '${row?.[1]}'`;
    return async () => connection.script(limits);
  }
  if (dialect.name === "mysql") {
    await connection.script(`SET SESSION lock_wait_timeout = ${Math.max(1, Math.ceil(wait / 1000))}`);
    return async () => connection.script("SET SESSION lock_wait_timeout = DEFAULT");
  }
  // Outside of any transaction, where the pragma has an effect: a table that is rebuilt is dropped for a moment.
  const [row] = await rowsOf(run, "PRAGMA foreign_keys");
  await connection.script("PRAGMA foreign_keys = OFF");
  return async () => {
    await connection.script("PRAGMA legacy_alter_table = OFF");
    if (Number(row?.[0]) === 1) await connection.script("PRAGMA foreign_keys = ON");
  };
}

/** A driver's own error in a sentence. */
function readable(error: unknown, { dialect }: ConnectionSource): unknown {
  if (error instanceof LimpidError) return error;
  const { kind } = dialect.classify(error);
  if (kind === "other" && !(error instanceof Error)) return error;
  const found = error instanceof Error ? error.message : String(error);
  if (kind === "read only") {
    return new LimpidError("LMP_ORM_READ_ONLY", "The database cannot be written to.", {
      found,
      fix: "Migrate with a user that may change the schema.",
      cause: error,
    });
  }
  return new LimpidError("LMP_ORM_MIGRATION_FAILED", "The history of migrations cannot be kept.", {
    expected: "a database whose schema this user may read and change",
    found,
    fix: "Mend what the database says, and run the command again.",
    cause: error,
  });
}
