/** Borrows a connection for a run of migrations, readies it, and holds the lock until the run is over. */
import { LimpidError } from "../../errors/index.ts";
import type { ConnectionSource } from "../driver/driver.ts";
import { createHistory } from "./history.ts";
import { acquireMigrationLock, type MigrationLock } from "./migration-lock.ts";
import type { MigrationEvent, MigrationRun } from "./migration-run.ts";
import type { MigrationConnection } from "./plain-sql.ts";
import { liftLimits } from "./session-limits.ts";

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

/** Runs `work` alone, on a connection whose statements may take their time; it goes back as it was. */
export async function openRun<Result>(
  source: ConnectionSource,
  options: RunOptions,
  work: (run: MigrationRun) => Promise<Result>,
): Promise<Result> {
  const { dialect } = source;
  const tell = (event: MigrationEvent): void | Promise<void> => options.onEvent?.(event);
  const connection = await source.acquire("migrate");
  const borrowed: MigrationConnection = { connection, dialect };
  let clean = false;
  try {
    const restore = await liftLimits(borrowed, options.tableLockTimeout ?? WAIT);
    let lock: MigrationLock | undefined;
    try {
      const waiting = (): void => void tell({ kind: "waiting" });
      lock = await acquireMigrationLock(borrowed, options.lockTimeout ?? WAIT, waiting);
      await createHistory(borrowed);
      return await work({ ...borrowed, lock, allowDataLoss: options.allowDataLoss === true, tell });
    } finally {
      if (connection.usable) {
        await restore();
        await lock?.release();
        clean = true;
      }
    }
  } catch (error) {
    throw readable(error, source);
  } finally {
    // A lock or a setting that could not be given back goes with the connection.
    source.release(connection, !clean);
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
