/** Says what a driver's error means, and takes the values of the statement out of it: it goes into logs from here on. */
import type { Dialect, Failure } from "../dialects/dialect.ts";

/** The fields in which drivers repeat rows, values and statements. */
const repeating: readonly string[] = ["detail", "where", "internalQuery", "sqlMessage", "sql"];

/** Errors whose text has been changed cannot be read a second time. */
const meanings = new WeakMap<Error, Failure>();

/** What the error means, by the dialect. */
export function meaningOf(error: unknown, dialect: Dialect): Failure {
  if (!(error instanceof Error)) return dialect.classify(error);
  let meaning = meanings.get(error);
  if (meaning === undefined) {
    meaning = dialect.classify(error);
    meanings.set(error, meaning);
    // The other kinds speak of names, locks and connections, which are needed to mend them.
    if (meaning.kind === "constraint" || meaning.kind === "other") conceal(error);
  }
  return meaning;
}

/** Rows in the fields, and what stands in quotes in the message: `invalid input syntax for type integer: "…"`. */
function conceal(error: Error): void {
  for (const field of repeating) Reflect.deleteProperty(error, field);
  const { message, stack = "" } = error;
  // A value may have quotes in it, so everything from the first to the last is taken for one.
  const concealed = message.replace(/".*"/s, '"…"').replace(/'.*'/s, "'…'");
  if (concealed === message) return;
  Reflect.set(error, "message", concealed);
  Reflect.set(
    error,
    "stack",
    stack.replace(message, () => concealed),
  );
}
