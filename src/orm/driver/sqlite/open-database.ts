/** Opens a SQLite file with the settings of every connection, and says in words why one cannot be opened. */
import type { DatabaseSync } from "node:sqlite";
import { LimpidError } from "../../../errors/index.ts";

/** The name of a database that lives in its connection and ends with it. */
export const inMemory = ":memory:";

/**
 * What every connection is told. FULL: a commit is on the disk when it is acknowledged. The schema is not trusted,
 * because the file may have been made by somebody else.
 */
const settings = `
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -16000;
`;

/** What a connection is for; a reader refuses to write. */
export type Role = "writer" | "reader";

/** Opens a connection; `busyTimeout` in milliseconds is what SQLite itself waits, which blocks the thread. */
export function openDatabase(path: string, role: Role, busyTimeout: number): DatabaseSync {
  const sqlite = loadSqlite();
  let database: DatabaseSync | undefined;
  try {
    database = new sqlite.DatabaseSync(path, {
      timeout: busyTimeout,
      enableDoubleQuotedStringLiterals: false,
      allowExtension: false,
      defensive: true,
    });
    if (path !== inMemory && role === "writer") writeAhead(database, path);
    database.exec(settings);
    if (role === "reader") database.exec("PRAGMA query_only = ON");
    return database;
  } catch (error) {
    if (database?.isOpen === true) database.close();
    throw isBusy(error) || error instanceof LimpidError ? error : connectFailed(path, error);
  }
}

/** With a write-ahead log, readers and the writer do not wait for each other. */
function writeAhead(database: DatabaseSync, path: string): void {
  const { journal_mode: mode } = database.prepare("PRAGMA journal_mode = WAL").get() ?? {};
  if (mode === "wal") return;
  throw new LimpidError("LMP_ORM_CONNECT_FAILED", `The database ${path} cannot have a write-ahead log.`, {
    expected: "journal mode wal",
    found: String(mode),
    fix: "Keep the file on a local disk, and let the process write to its folder.",
  });
}

function loadSqlite(): typeof import("node:sqlite") {
  const sqlite = process.getBuiltinModule("node:sqlite");
  if (sqlite !== undefined) return sqlite;
  throw new LimpidError("LMP_ORM_DRIVER_MISSING", "This Node has been built without SQLite.", {
    expected: "the module node:sqlite",
    fix: "Use an official build of Node, or a PostgreSQL database.",
  });
}

/** Whether another connection holds the lock: SQLITE_BUSY with all its variants. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === 5;
}

/** SQLite says "unable to open database file" for all that can be wrong with a path: what it is, is looked up. */
function connectFailed(path: string, cause: unknown): LimpidError {
  return new LimpidError("LMP_ORM_CONNECT_FAILED", `The database ${path} cannot be opened.`, {
    ...diagnose(path, cause),
    cause,
  });
}

function diagnose(path: string, cause: unknown): { expected: string; found: string; fix: string } {
  const { accessSync, constants, statSync } = process.getBuiltinModule("node:fs");
  const { dirname } = process.getBuiltinModule("node:path");
  const mayWrite = (target: string): boolean => {
    try {
      accessSync(target, constants.R_OK | constants.W_OK);
      return true;
    } catch {
      return false;
    }
  };
  const folder = dirname(path);
  const folderStat = statSync(folder, { throwIfNoEntry: false });
  if (folderStat?.isDirectory() !== true)
    return {
      expected: "a file in a folder that exists",
      found: `no folder ${folder}`,
      fix: `Make the folder: mkdir -p ${folder}`,
    };
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true)
    return { expected: "a file", found: "a folder", fix: "Name a file in it: sqlite:data/app.db" };
  if (!mayWrite(folder) || (stat !== undefined && !mayWrite(path)))
    return {
      expected: "a file and a folder that this process may read and write",
      found: "no permission",
      fix: "Give the process's user the file and its folder: chown, chmod u+rw.",
    };
  const message = cause instanceof Error ? cause.message : String(cause);
  const fix = message.includes("not a database")
    ? "Name a file of SQLite 3, or one that does not exist yet."
    : "Look at the cause; is the disk mounted and not full?";
  return { expected: "a database of SQLite 3", found: message, fix };
}
