/** A logger whose lines a test can read. */
import { createLogger, type Logger, type LogOptions } from "limpid/log";

/** The fields of a line. */
export type Line = Record<string, unknown>;

/** A logger and what it wrote. */
export interface Recorded {
  readonly log: Logger;
  /** The lines as they were written. */
  readonly written: string[];
  /** The lines as objects, of a logger in JSON. */
  lines(): Line[];
}

/** A logger that writes into an array; in JSON unless asked otherwise. */
export function recorded(options: LogOptions = {}): Recorded {
  const written: string[] = [];
  const destination = { write: (line: string) => written.push(line) };
  const log = createLogger({ format: "json", level: "trace", destination, ...options });
  return { log, written, lines: () => written.map((line) => JSON.parse(line) as Line) };
}
