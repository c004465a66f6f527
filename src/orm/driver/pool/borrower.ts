/** Who holds a connection: the line of the application that borrowed it, for the report of leaks. */

/** Limpid's own folder, whose lines are passed over. */
const own = new URL("../../../", import.meta.url).href;
const depth = 24;

/** A stack that is only made readable when somebody asks. */
export interface Borrower {
  readonly stack?: string;
}

/** Takes the stack of whoever called `above`. */
export function borrower(above: (...values: never[]) => unknown): Borrower {
  const taken: Borrower = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = depth;
  Error.captureStackTrace(taken, above);
  Error.stackTraceLimit = limit;
  return taken;
}

/** The first line of the application's own. */
export function borrowingLine(taken: Borrower): string {
  const lines = (taken.stack ?? "").split("\n").slice(1);
  const theirs = lines.find(
    (line) => !line.includes(own) && !line.includes("node:") && /:\d+:\d+\)?$/.test(line),
  );
  return (theirs ?? lines[0] ?? "an unknown line").trim().replace(/^at /, "");
}
