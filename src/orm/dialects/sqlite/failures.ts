/** What an error of node:sqlite means: read from SQLite's result code, and from its message where that says more. */
import type { BrokenConstraint, Failure } from "../dialect.ts";

/** https://www.sqlite.org/rescode.html: the lowest eight bits are the primary code, the rest says more. */
const primaryCodes: Readonly<Record<number, Failure>> = {
  5: { kind: "lock" }, // BUSY: another connection writes.
  6: { kind: "lock" }, // LOCKED: another statement of the same connection does.
  8: { kind: "read only" }, // READONLY
  9: { kind: "statement timeout" }, // INTERRUPT: nothing else interrupts.
  10: { kind: "connection" }, // IOERR
  11: { kind: "connection" }, // CORRUPT
  13: { kind: "disk full" }, // FULL
  14: { kind: "connection" }, // CANTOPEN
  15: { kind: "connection" }, // PROTOCOL
  26: { kind: "connection" }, // NOTADB
};
const busySnapshot = 517;
const constraint = 19;
const logicError = 1;
const columnIndexOutOfRange = 25;

/** The messages of SQLITE_ERROR that speak of the statement; the others speak of what it computes. */
const syntaxMessage =
  /syntax error|incomplete input|unrecognized token|^no such |has no column named|ambiguous column name|already exists|already another|misuse of|wrong number of arguments|values for \d+ columns|values were supplied|number of result columns|should match number of|duplicate column name|no query solution|parser stack overflow|not authorized/;

/** Says what an error of the driver means. */
export function classify(error: unknown): Failure {
  if (!(error instanceof Error)) return { kind: "other" };
  const { errcode } = error as { errcode?: unknown };
  if (typeof errcode !== "number") return isClosed(error) ? { kind: "connection" } : { kind: "other" };
  if (errcode === busySnapshot) return { kind: "serialization" };
  const primary = errcode & 0xff;
  if (primary === constraint) return readConstraint(error.message);
  if (primary === columnIndexOutOfRange) return { kind: "syntax" };
  if (primary === logicError) return { kind: syntaxMessage.test(error.message) ? "syntax" : "other" };
  return primaryCodes[primary] ?? { kind: "other" };
}

/** node:sqlite's own error for a connection or a statement that was closed. */
function isClosed(error: Error): boolean {
  return "code" in error && error.code === "ERR_INVALID_STATE";
}

/** The messages are those of SQLite's code generator and have not changed for many years. */
function readConstraint(message: string): Failure {
  const [, what = "", rest = ""] =
    /^(UNIQUE|NOT NULL|CHECK|FOREIGN KEY) constraint failed(?:: (.*))?$/s.exec(message) ?? [];
  switch (what) {
    case "UNIQUE":
      return broken({ kind: "unique", ...readColumns(rest) });
    case "NOT NULL":
      return broken({ kind: "not null", ...readColumns(rest) });
    case "CHECK":
      return broken({ kind: "check", table: undefined, columns: [], constraint: rest });
    case "FOREIGN KEY":
      return broken({ kind: "foreign key", table: undefined, columns: [], constraint: undefined });
    default:
      return { kind: "other" }; // RAISE(ABORT) of a trigger, or a value that a STRICT table refuses.
  }
}

function broken(constraint: BrokenConstraint): Failure {
  return { kind: "constraint", broken: constraint };
}

/** `users.email, users.tenant`, or `index 'users_email_idx'` of an index on an expression. */
function readColumns(text: string): Omit<BrokenConstraint, "kind"> {
  const index = /^index '(.*)'$/s.exec(text);
  if (index !== null) return { table: undefined, columns: [], constraint: index[1]?.replaceAll("''", "'") };
  const point = text.indexOf(".");
  if (point === -1) return { table: undefined, columns: [], constraint: undefined };
  const table = text.slice(0, point);
  const columns = text.slice(point + 1).split(`, ${table}.`);
  return { table, columns, constraint: undefined };
}
