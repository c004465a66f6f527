/** Errors of interpreted templates: each with the place of the innermost node that was at work. */

import type { Source } from "../source.ts";
import { TemplateError } from "../template-error.ts";
import { isTooLarge } from "../values/limits.ts";
import { tooDeep, tooLarge } from "./budget.ts";

/** The error with its place; what the application threw stays as it is. */
export function locatedError(thrown: unknown, source: Source, at: number): unknown {
  const error = limitError(thrown) ?? thrown;
  return error instanceof TemplateError ? error.locate(source, at) : error;
}

/** What JavaScript, or a single operation, gave up on, as the limit that it is. */
function limitError(thrown: unknown): TemplateError | undefined {
  if (isTooLarge(thrown)) return tooLarge(thrown.sentence, thrown.expected, thrown);
  if (!(thrown instanceof RangeError || thrown instanceof SyntaxError)) return undefined;
  // No regular expressions here: where the stack is full they fail too, as if they were written wrong.
  const { message } = thrown;
  if (message.includes("call stack") || message.includes("Stack overflow"))
    return tooDeep("a full stack", undefined, thrown);
  return message.startsWith("Invalid string length") || message.startsWith("Invalid array length")
    ? tooLarge("A value would become too large.", undefined, thrown)
    : undefined;
}
