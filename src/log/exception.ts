/** An error as the fields of a log line: what it is in one line, and where it came from. */
import { LimpidError } from "../errors/index.ts";
import { withoutUserinfo } from "./redact.ts";

/** The fields that an error becomes. */
export interface ExceptionFields {
  /** `"TypeError: x is not a function"`; a coded error ends in its code: `"… [LMP_BODY_USED]"`. */
  exception: string;
  /** The stack with those of its causes. */
  stack_trace: string;
}

/** Causes are followed this far; an error may be its own. */
const CAUSES = 5;

/** The fields of an error. Never throws, whatever was thrown. */
export function exceptionFields(error: unknown): ExceptionFields {
  const stacks: string[] = [];
  let current = error;
  for (let depth = 0; depth < CAUSES && current !== undefined && current !== null; depth++) {
    stacks.push(text(() => (current instanceof Error ? (current.stack ?? current.message) : String(current))));
    const cause = current instanceof Error ? readCause(current) : undefined;
    if (cause === current) break;
    current = cause;
  }
  return { exception: summary(error), stack_trace: withoutUserinfo(stacks.join("\ncaused by: ")) };
}

function summary(error: unknown): string {
  return text(() => {
    if (!(error instanceof Error)) return withoutUserinfo(String(error));
    const code = error instanceof LimpidError ? ` [${error.code}]` : "";
    return withoutUserinfo(`${error.name}: ${error.message}${code}`);
  });
}

function readCause(error: Error): unknown {
  try {
    return error.cause;
  } catch {
    return undefined;
  }
}

function text(read: () => string): string {
  try {
    return read();
  } catch {
    return "[an error that cannot be read]";
  }
}
