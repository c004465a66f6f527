/** An error as the command prints it. */
import { describeError, LimpidError } from "../errors/index.ts";
import { exceptionFields } from "../log/index.ts";

/** A coded error in its own words; any other, such as one from a start hook, with the way to its place. */
export function shownError(error: unknown): string {
  if (error instanceof LimpidError || !(error instanceof Error)) return describeError(error);
  const lines = exceptionFields(error).stack_trace.split("\n");
  return lines.filter((line) => !/^\s+at .*\(?node:/.test(line)).join("\n");
}
