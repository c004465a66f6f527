/** The history of migrations: a table in the database itself that tells what has run, and how far. */
import type { Direction } from "./migration.ts";
import { bound, execute, HISTORY, type MigrationConnection, rowsOf, tableExists } from "./plain-sql.ts";

/** One migration as the database remembers it. */
export interface HistoryEntry {
  readonly hash: string;
  readonly name: string;
  /** Counts up in the order in which migrations were applied. */
  readonly ordinal: number;
  /** When it began, in ISO 8601 and UTC. */
  readonly appliedAt: string;
  /** Where it was going; `"down"` only while a rollback is under way or was interrupted. */
  readonly direction: Direction;
  /** False while it runs step by step, and where it was interrupted. */
  readonly finished: boolean;
  readonly stepsDone: number;
  /** The number of the step that was begun last; `stepsDone` or one more. */
  readonly stepStarted: number;
  /** The checksum of each step that is done. */
  readonly checksums: readonly string[];
  /** A fingerprint of the schema before the step that was begun last. */
  readonly stateBefore: string | undefined;
}

const columns = `hash, name, ordinal, applied_at, direction, finished, steps_done, step_started, checksums, state_before`;

/** Makes the table where there is none. */
export async function createHistory(run: MigrationConnection): Promise<void> {
  if (await tableExists(run, HISTORY)) return;
  const engine = run.dialect.name === "mysql" ? " ENGINE = InnoDB DEFAULT CHARSET = utf8mb4" : "";
  await run.connection.script(`CREATE TABLE IF NOT EXISTS ${HISTORY} (
  hash varchar(32) NOT NULL PRIMARY KEY,
  name varchar(255) NOT NULL,
  ordinal integer NOT NULL,
  applied_at varchar(30) NOT NULL,
  direction varchar(4) NOT NULL,
  finished integer NOT NULL,
  steps_done integer NOT NULL,
  step_started integer NOT NULL,
  checksums text NOT NULL,
  state_before text
)${engine}`);
}

/** What has run, in the order in which it ran; nothing where there is no table. */
export async function readHistory(run: MigrationConnection): Promise<HistoryEntry[]> {
  if (!(await tableExists(run, HISTORY))) return [];
  const rows = await rowsOf(run, `SELECT ${columns} FROM ${HISTORY} ORDER BY ordinal`);
  return rows.map((row) => ({
    hash: String(row[0]),
    name: String(row[1]),
    ordinal: Number(row[2]),
    appliedAt: String(row[3]),
    direction: row[4] === "down" ? "down" : "up",
    finished: Number(row[5]) === 1,
    stepsDone: Number(row[6]),
    stepStarted: Number(row[7]),
    checksums: JSON.parse(String(row[8])) as string[],
    stateBefore: row[9] === null ? undefined : String(row[9]),
  }));
}

/** Writes an entry, in the place of the one with this hash or, where its content has changed, of `replaced`. */
export async function writeHistory(
  run: MigrationConnection,
  entry: HistoryEntry,
  replaced: string = entry.hash,
): Promise<void> {
  await deleteHistory(run, replaced);
  const values = [
    entry.hash,
    entry.name,
    entry.ordinal,
    entry.appliedAt,
    entry.direction,
    entry.finished ? 1 : 0,
    entry.stepsDone,
    entry.stepStarted,
    JSON.stringify(entry.checksums),
    entry.stateBefore ?? null,
  ];
  const places = values.map(() => "?").join(", ");
  await execute(
    run,
    bound(`INSERT INTO ${HISTORY} (${columns}) VALUES (${places})`, run.dialect.name),
    values,
  );
}

export async function deleteHistory(run: MigrationConnection, hash: string): Promise<void> {
  await execute(run, bound(`DELETE FROM ${HISTORY} WHERE hash = ?`, run.dialect.name), [hash]);
}

/** The number for the next migration that is applied. */
export function nextOrdinal(history: readonly HistoryEntry[]): number {
  return 1 + Math.max(0, ...history.map(({ ordinal }) => ordinal));
}
