/** Keeps two runs of migrations from overlapping, across processes; a process that dies does not keep it. */
import { LimpidError } from "../../errors/index.ts";
import { execute, LOCK, type MigrationConnection, rowsOf } from "./plain-sql.ts";

export interface MigrationLock {
  /** Throws `LMP_ORM_MIGRATION_LOCKED` where another run has taken it meanwhile. Call it in each transaction. */
  renew(): Promise<void>;
  release(): Promise<void>;
}

/** Milliseconds between two tries. */
const PAUSE = 100;
/** SQLite: milliseconds that the lock outlives a process that does not renew it. */
const LEASE = 30_000;
/** Our half of the key of PostgreSQL's advisory lock; the other is the schema's. */
const ADVISORY = 1_818_846_832;

/** Takes the lock, waiting up to `wait` milliseconds. Throws `LMP_ORM_MIGRATION_LOCKED`. */
export async function acquireMigrationLock(
  run: MigrationConnection,
  wait: number,
  waiting: () => void,
): Promise<MigrationLock> {
  const attempt = { sqlite: lockSqlite, postgresql: lockPostgresql, mysql: lockMysql }[run.dialect.name];
  const { setTimeout: sleep } = process.getBuiltinModule("node:timers/promises");
  const deadline = performance.now() + wait;
  for (let told = false; ; told = true) {
    const lock = await attempt(run);
    if (lock !== undefined) return lock;
    if (performance.now() >= deadline) throw locked(wait);
    if (!told) waiting();
    await sleep(Math.min(PAUSE, Math.max(1, deadline - performance.now())));
  }
}

/** The server gives it up with the connection. */
async function lockPostgresql(run: MigrationConnection): Promise<MigrationLock | undefined> {
  const key = `${ADVISORY}, hashtext(coalesce(current_schema(), ''))`;
  const [row] = await rowsOf(run, `SELECT CASE WHEN pg_try_advisory_lock(${key}) THEN 1 ELSE 0 END`);
  if (Number(row?.[0]) !== 1) return undefined;
  return {
    renew: async () => {},
    release: async () => void (await rowsOf(run, `SELECT pg_advisory_unlock(${key})::text`)),
  };
}

async function lockMysql(run: MigrationConnection): Promise<MigrationLock | undefined> {
  const name = "concat('limpid:', left(sha1(database()), 40))";
  const [row] = await rowsOf(run, `SELECT get_lock(${name}, 0)`);
  if (Number(row?.[0]) !== 1) return undefined;
  return {
    renew: async () => {},
    release: async () => void (await rowsOf(run, `SELECT release_lock(${name})`)),
  };
}

/**
 * A row that says who migrates and until when. It is renewed inside of each transaction, before its COMMIT: while one
 * runs SQLite itself keeps others out, and afterwards the lease is fresh.
 */
async function lockSqlite(run: MigrationConnection): Promise<MigrationLock | undefined> {
  const holder = process.getBuiltinModule("node:crypto").randomUUID();
  const host = process.getBuiltinModule("node:os").hostname();
  try {
    await run.connection.script("BEGIN IMMEDIATE");
  } catch (error) {
    if (run.dialect.classify(error).kind === "lock") return undefined;
    throw error;
  }
  try {
    await run.connection.script(
      `CREATE TABLE IF NOT EXISTS ${LOCK} (id INTEGER PRIMARY KEY, holder TEXT, host TEXT, pid INTEGER, expires INTEGER)`,
    );
    const [held] = await rowsOf(run, `SELECT host, pid, expires FROM ${LOCK} WHERE id = 1`);
    const taken = held !== undefined && Number(held[2]) > Date.now();
    if (taken && !(held[0] === host && isDead(Number(held[1])))) {
      await run.connection.script("ROLLBACK");
      return undefined;
    }
    await execute(run, `REPLACE INTO ${LOCK} (id, holder, host, pid, expires) VALUES (1, ?, ?, ?, ?)`, [
      holder,
      host,
      process.pid,
      Date.now() + LEASE,
    ]);
    await run.connection.script("COMMIT");
  } catch (error) {
    await rollBack(run);
    throw error;
  }
  return {
    renew: () => renewSqlite(run, holder),
    release: async () => void (await execute(run, `DELETE FROM ${LOCK} WHERE holder = ?`, [holder])),
  };
}

async function renewSqlite(run: MigrationConnection, holder: string): Promise<void> {
  const changes = await execute(run, `UPDATE ${LOCK} SET expires = ? WHERE holder = ?`, [
    Date.now() + LEASE,
    holder,
  ]);
  if (changes === 0) throw locked(0);
}

async function rollBack(run: MigrationConnection): Promise<void> {
  try {
    await run.connection.script("ROLLBACK");
  } catch {
    // What went wrong before is what the caller should hear of.
  }
}

/** Whether a process of this machine is no more. One of another user answers that it may not be asked: it lives. */
function isDead(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

function locked(wait: number): LimpidError {
  return new LimpidError("LMP_ORM_MIGRATION_LOCKED", "Another process is migrating this database.", {
    expected: wait === 0 ? "to be the only one" : `that it ends within ${wait / 1000} s`,
    found: "the lock of migrations, held",
    fix: "Wait until it is done and run the command again; a process that died gives the lock up by itself.",
  });
}
