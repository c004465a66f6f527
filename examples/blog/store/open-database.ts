/** Opens the blog's database, one SQLite file; creates its tables and first posts where there are none. */
import { DatabaseSync } from "node:sqlite";
import { LimpidError } from "limpid";
import { changes, currentVersion, schema } from "./schema.ts";
import { seed } from "./seed.ts";
import { transaction } from "./transaction.ts";

/** Opens the file at `path`, `":memory:"` for none. Throws `BLOG_DATABASE_UNREADABLE`. */
export function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    // Another process may be writing: wait up to 5 seconds for it instead of failing at once.
    database = new DatabaseSync(path, { timeout: 5_000, enableForeignKeyConstraints: true });
    // Readers do not wait for a writer, and a commit survives a crash of the process.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    prepareTables(database);
    return database;
  } catch (cause) {
    database?.close();
    throw new LimpidError("BLOG_DATABASE_UNREADABLE", "The blog's database cannot be opened.", {
      expected: "a SQLite file in a folder that may be written to",
      found: `${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
      fix: "Check the folder, or move the file away to start with a new one.",
      cause,
    });
  }
}

/** `user_version` is 0 in a new file only, so posts that somebody deleted do not come back at the next start. */
function prepareTables(database: DatabaseSync): void {
  transaction(database, () => {
    const version = Number(database.prepare("PRAGMA user_version").get()?.user_version);
    database.exec(schema);
    if (version === 0) seed(database);
    else for (const [from, statement] of changes) if (version <= from) database.exec(statement);
    database.exec(`PRAGMA user_version = ${currentVersion}`);
  });
}
