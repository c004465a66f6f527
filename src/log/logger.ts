/** Structured logs on pino: JSON for machines, readable lines at a terminal, secrets taken out of both. */
import { type DestinationStream, destination, type Logger, type LoggerOptions, pino } from "pino";
import { exceptionFields } from "./exception.ts";
import { prettyStream } from "./pretty.ts";
import { redact } from "./redact.ts";

export type { Logger };

/** How a logger writes. */
export interface LogOptions {
  /** `trace debug info warn error fatal silent`. Default: `LOG_LEVEL`, else `info`. */
  level?: string | undefined;
  /** Default: `LOG_FORMAT`, else `pretty` at a terminal outside production, else `json`. */
  format?: "json" | "pretty" | undefined;
  /** The field `logger`. Default: `"limpid"`. */
  name?: string | undefined;
  /** Where lines go. Default: standard output. */
  destination?: { write(line: string): unknown } | undefined;
}

let root: Logger | undefined;

/**
 * Makes a logger. Its lines have the fields `timestamp level logger message`, `request_id` and `user_id` where they
 * are bound, and `exception` and `stack_trace` where an error was given.
 *
 * @example
 * ```ts
 * import { createLogger } from "limpid/log";
 *
 * const log = createLogger({ format: "json", destination: { write: (line) => console.log(JSON.parse(line).message) } });
 * log.info({ password: "hunter2" }, "signed in"); // signed in
 * ```
 */
export function createLogger(options: LogOptions = {}): Logger {
  const settings: LoggerOptions = {
    level: options.level ?? process.env["LOG_LEVEL"] ?? "info",
    base: { logger: options.name ?? "limpid" },
    messageKey: "message",
    errorKey: "error",
    timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
    formatters: {
      level: (label) => ({ level: label }),
      // pino asks the bindings for `hasOwnProperty`, which a copy made by `redact` does not have.
      bindings: (bindings) => ({ ...(redact(bindings) as object) }),
      log: fields,
    },
    // `fields` has turned errors into text; pino's own serializer would look for them again.
    serializers: { error: (value: unknown) => value, err: (value: unknown) => value },
  };
  return pino(settings, streamOf(options));
}

/** The logger that everything descends from unless it is told otherwise. */
export function rootLogger(): Logger {
  return (root ??= createLogger());
}

/** Replaces the root logger, for whoever asks from now on. */
export function setRootLogger(logger: Logger): void {
  root = logger;
}

/** The fields of one line: an error under `error` or `err` becomes `exception` and `stack_trace`. */
function fields(object: Record<string, unknown>): Record<string, unknown> {
  try {
    const { error, err, ...rest } = object;
    const thrown = error ?? err;
    const safe = redact(rest) as object;
    return thrown === undefined ? { ...safe } : { ...safe, ...exceptionFields(thrown) };
  } catch {
    return { unreadable: true };
  }
}

function streamOf(options: LogOptions): DestinationStream {
  const terminal = options.destination === undefined && process.stdout.isTTY === true;
  const format = options.format ?? process.env["LOG_FORMAT"] ?? (terminal && !inProduction() ? "pretty" : "json");
  // Written at once: the last lines before a crash are the ones that are needed.
  const output = options.destination ?? destination({ dest: 1, sync: true });
  const raw = { write: (line: string): void => void output.write(line) };
  if (format !== "pretty") return raw;
  return prettyStream(raw, { color: terminal && !process.env["NO_COLOR"] });
}

function inProduction(): boolean {
  return process.env["NODE_ENV"] === "production";
}
