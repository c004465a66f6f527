/** An error as the two fields of a log line: what it is, and the whole story with stack and causes. */
import { redactText } from "./redact-text.ts";

/** How an error appears in a log line. */
export interface ExceptionFields {
  /** `"TypeError: x is not a function"`, with the code where there is one: `"NotFoundError [LMP_NOT_FOUND]: …"`. */
  exception: string;
  /** The stack, then what was expected and found and the fix, then the causes. */
  stack_trace: string;
}

/** Causes followed, and errors shown of one `AggregateError`. */
const DEEPEST_CAUSE = 8;
const ERRORS_SHOWN = 8;
const LONGEST_STACK = 16_384;

/**
 * An error as fields of a log line. It reads errors whose getters throw, whose cause is themselves, or that have no stack.
 *
 * @example
 * ```ts
 * import { exceptionFields } from "limpid/log";
 *
 * const error = new TypeError("It broke.", { cause: new Error("The disk is full.") });
 * const { exception, stack_trace } = exceptionFields(error);
 * console.log(exception, stack_trace.includes("Caused by: Error: The disk is full.")); // TypeError: It broke. true
 * ```
 */
export function exceptionFields(error: Error, show: (value: unknown) => string = String): ExceptionFields {
  const story = tell(error, show, new Set());
  const shown = story.length > LONGEST_STACK ? `${story.slice(0, LONGEST_STACK)}…` : story;
  return { exception: redactText(headline(error)), stack_trace: redactText(shown) };
}

/** `Name [code]: message`. */
function headline(error: Error): string {
  const name = text(error, "name") ?? "Error";
  const code = text(error, "code");
  const message = text(error, "message") ?? "";
  return `${name}${code === undefined ? "" : ` [${code}]`}${message === "" ? "" : `: ${message}`}`;
}

function tell(error: Error, show: (value: unknown) => string, told: Set<Error>): string {
  told.add(error);
  const lines = [text(error, "stack") ?? headline(error)];
  for (const detail of ["expected", "found", "fix"]) {
    const value = text(error, detail);
    if (value !== undefined) lines.push(`  ${detail}: ${value}`);
  }
  const also = (label: string, value: unknown): void => {
    if (told.size >= DEEPEST_CAUSE * ERRORS_SHOWN) return;
    if (!isError(value)) lines.push(`${label}: ${shown(value, show)}`);
    else if (told.has(value)) lines.push(`${label}: ${headline(value)} (told above)`);
    else lines.push(`${label}: ${tell(value, show, told)}`);
  };
  const errors = read(error, "errors");
  if (error instanceof AggregateError && Array.isArray(errors)) {
    for (const one of errors.slice(0, ERRORS_SHOWN)) also("One of", one);
  }
  const cause = read(error, "cause");
  if (cause !== undefined) {
    if (told.size < DEEPEST_CAUSE) also("Caused by", cause);
    else lines.push("Caused by: more causes, not shown");
  }
  return lines.join("\n");
}

/** Whether a value is an error, also one from another realm. */
export function isError(value: unknown): value is Error {
  try {
    return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
  } catch {
    return false;
  }
}

/** A property as text, where it is text or a number and can be read. */
function text(error: Error, name: string): string | undefined {
  const value = read(error, name);
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function read(error: Error, name: string): unknown {
  try {
    return (error as unknown as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}

function shown(value: unknown, show: (value: unknown) => string): string {
  try {
    return show(value);
  } catch {
    return "a value that cannot be shown";
  }
}
