/** What a log call was given, as the fields of its line: message, bound fields, own fields, exception. */
import { exceptionFields, isError } from "./exception-fields.ts";
import { redact, redactFields } from "./redact.ts";
import { redactText } from "./redact-text.ts";

export type Fields = Record<string, unknown>;

/** Names that the logger itself writes, or that would stand twice. */
const reserved = new Set(["level", "timestamp", "message"]);
const LONGEST_MESSAGE = 16_384;

/**
 * The fields of a line. The first argument is the fields, an error, or the message; behind it come the message and the
 * values for its placeholders (`%s`, `%d`, `%j`, `%o`). An error is found wherever it stands.
 */
export function lineFields(bound: Fields, args: readonly unknown[]): Fields {
  const { given, template, values } = split(args);
  const error = errorOf(given) ?? (isError(template) ? template : values.find(isError));
  const own = isError(given) ? {} : redactFields(withoutError(given));
  const message =
    messageOf(isError(template) ? undefined : template, values) ?? own.message ?? error?.message;
  const line: Fields = Object.create(null);
  line.logger = own.logger ?? bound.logger;
  line.message = typeof message === "string" ? redactText(message) : (message ?? "");
  Object.assign(line, bound);
  for (const [name, value] of Object.entries(own)) {
    if (!reserved.has(name)) line[name] = value;
    else if (name !== "message" || value !== message) line[`${name}_`] = value;
  }
  if (error !== undefined)
    Object.assign(
      line,
      exceptionFields(error, (cause) => JSON.stringify(redact(cause))),
    );
  // pino takes an object with these three for a request of node:http and would put it in the place of the line.
  if (line.method && line.headers && line.socket) delete line.socket;
  return line;
}

interface Split {
  given: unknown;
  template: unknown;
  values: readonly unknown[];
}

function split(args: readonly unknown[]): Split {
  const [first, second, ...rest] = args;
  if (typeof first === "object" || first === undefined)
    return { given: first, template: second, values: rest };
  return { given: undefined, template: first, values: args.slice(1) };
}

function errorOf(given: unknown): Error | undefined {
  if (isError(given)) return given;
  if (typeof given !== "object" || given === null) return undefined;
  for (const name of ["error", "err"]) {
    const value = readable(given, name);
    if (isError(value)) return value;
  }
  return undefined;
}

/** The fields without the error that becomes `exception` and `stack_trace`. */
function withoutError(given: unknown): unknown {
  if (typeof given !== "object" || given === null || errorOf(given) === undefined) return given;
  const rest: Fields = Object.create(null);
  for (const name of Object.keys(given)) {
    const value = readable(given, name);
    if ((name === "error" || name === "err") && isError(value)) continue;
    rest[name] = value;
  }
  return rest;
}

function readable(given: object, name: string): unknown {
  try {
    return (given as Fields)[name];
  } catch {
    return "[unreadable]";
  }
}

function messageOf(template: unknown, values: readonly unknown[]): string | undefined {
  if (template === undefined || template === null) return undefined;
  const text = typeof template === "string" ? template : String(redact(template));
  // An error that no placeholder asks for is the exception of the line, not a part of the message.
  const asked = text.includes("%") ? values : values.filter((value) => !isError(value));
  const message =
    asked.length === 0 ? text : process.getBuiltinModule("node:util").format(text, ...asked.map(formattable));
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
}

function formattable(value: unknown): unknown {
  if (isError(value)) return exceptionFields(value).exception;
  const copy = redact(value);
  return typeof copy === "object" && copy !== null ? JSON.parse(JSON.stringify(copy)) : copy;
}
