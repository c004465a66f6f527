/** The errors of compilers: what a database cannot do, and what no database could make sense of. */
import { LimpidError } from "../../errors/index.ts";

/** `what` completes "SQLite has no …". */
export function unsupported(database: string, what: string, fix: string): LimpidError {
  return new LimpidError("LMP_ORM_UNSUPPORTED", `${database} has no ${what}.`, { fix });
}

export function invalidQuery(message: string, fix: string): LimpidError {
  return new LimpidError("LMP_ORM_QUERY_INVALID", message, { fix });
}
