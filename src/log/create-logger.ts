/** Makes a pino logger with Limpid's fields, redaction and formats. */
import type { Bindings, ChildLoggerOptions, Logger } from "pino";
import { escapeControlInJson } from "./escape-control.ts";
import { LogDestination, type LogSink } from "./log-destination.ts";
import { type Fields, lineFields } from "./log-line.ts";
import {
  checkFormat,
  checkLevel,
  defaultFormat,
  environmentOptions,
  isColoured,
  type LogFormat,
  type LogLevel,
} from "./log-options.ts";
import { prettyLine } from "./pretty-line.ts";
import { redactFields } from "./redact.ts";

/** How a logger writes. */
export interface LogOptions {
  /** The least level that is written. Default: `LOG_LEVEL`, else `"info"`. */
  level?: LogLevel | (string & {}) | undefined;
  /** Default: `LOG_FORMAT`, else `"pretty"` at a terminal outside production, else `"json"`. */
  format?: LogFormat | undefined;
  /** The field `logger` of every line. Default: `"app"`. */
  name?: string | undefined;
  /** Default: standard output. */
  destination?: LogSink | undefined;
}

/** pino and what it needs are loaded for the first logger: a program that has nothing to say starts without them. */
function loadPino(): typeof import("pino") {
  const { createRequire } = process.getBuiltinModule("node:module");
  return createRequire(import.meta.url)("pino") as typeof import("pino");
}

/** Bytes of lines held for a standard output that takes none; lines beyond are counted and dropped. */
const BYTES_HELD = 16 * 1024 * 1024;

/** Where a logger keeps the fields of its lines. pino would write them as text, and repeated ones twice. */
const bound = Symbol("fields of the logger");
type BoundLogger = Logger & { [bound]: Fields };
/** `child` without the custom levels that its own type is generic over. */
type Child = (this: Logger, bindings: Bindings, options?: ChildLoggerOptions) => BoundLogger;

/**
 * A logger whose lines have the fields `timestamp`, `level`, `logger`, `message`, and where they apply `request_id`,
 * `user_id`, `exception` and `stack_trace`. Credentials are redacted at any depth (see `redact`). No log call throws.
 * Throws `LMP_LOG_OPTION_INVALID` for a level or a format that does not exist.
 *
 * @example
 * ```ts
 * import { createLogger } from "limpid/log";
 *
 * const lines: string[] = [];
 * const log = createLogger({ name: "shop", format: "json", destination: { write: (line) => lines.push(line) } });
 * log.child({ request_id: "r-1" }).warn({ password: "pw", left: 2 }, "running out");
 * const { level, logger, message, request_id, password, left } = JSON.parse(lines[0]!);
 * console.log(level, logger, message, request_id, password, left); // warn shop running out r-1 [redacted] 2
 * ```
 */
export function createLogger(options: LogOptions = {}): Logger {
  const terminal = isTerminal(options.destination);
  const environment = environmentOptions();
  const level = checkLevel(options.level ?? environment.level ?? "info");
  const format = checkFormat(options.format ?? environment.format ?? defaultFormat(terminal));
  const coloured = isColoured(terminal);
  const transform = format === "pretty" ? (line: string) => prettyLine(line, coloured) : escapeControlInJson;
  const { pino } = loadPino();
  const sink = options.destination ?? standardOutput(pino);
  const logger = pino(
    {
      level,
      base: null,
      messageKey: "message",
      errorKey: "exception",
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        logMethod(args, method) {
          try {
            method.call(this, lineFields((this as BoundLogger)[bound], args));
          } catch {
            // What can be thrown here comes from arguments that no reading of them survived.
            method.call(this, { logger: "limpid.log", message: "A log line could not be written." });
          }
        },
      },
    },
    new LogDestination(sink, transform),
  );
  const complete = keepingFields(logger, { logger: options.name ?? "app" });
  for (const complaint of environment.complaints) complete.warn({ logger: "limpid.log" }, complaint);
  return complete;
}

/** Gives the logger, and with it every child, methods that keep the bound fields as values. */
function keepingFields(logger: Logger, fields: Fields): Logger {
  const pinoChild = logger.child as unknown as Child;
  return Object.assign(logger, {
    [bound]: fields,
    child(this: BoundLogger, bindings: Bindings, options?: ChildLoggerOptions): Logger {
      const child = pinoChild.call(this, {}, options);
      child[bound] = { ...this[bound], ...redactFields(bindings) };
      return child;
    },
    bindings(this: BoundLogger): Bindings {
      return { ...this[bound] };
    },
    setBindings(this: BoundLogger, bindings: Bindings): void {
      this[bound] = { ...this[bound], ...redactFields(bindings) };
    },
  }) as Logger;
}

function isTerminal(destination: LogSink | undefined): boolean {
  return (destination ?? process.stdout).isTTY === true;
}

/** Lines are written at once: the last ones before a crash are those that are needed. */
function standardOutput({ destination }: typeof import("pino").pino): LogSink {
  return destination({ dest: 1, sync: true, maxLength: BYTES_HELD });
}
