/** All or nothing: what is written together is kept together or not at all. */
import type { DatabaseSync } from "node:sqlite";

/** Runs `work` in a transaction that holds the write lock from its start; rolls back when it throws. */
export function transaction<Value>(database: DatabaseSync, work: () => Value): Value {
  database.exec("BEGIN IMMEDIATE");
  try {
    const value = work();
    database.exec("COMMIT");
    return value;
  } catch (error) {
    // A full disk has rolled back already.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
