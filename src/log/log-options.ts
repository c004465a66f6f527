/** The levels and formats of logs, and what the environment says about them. */
import { describeError, LimpidError } from "../errors/index.ts";

/** From the most to the least talkative; `silent` writes nothing. */
export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** One JSON object a line, or lines for people. */
export const logFormats = ["json", "pretty"] as const;
export type LogFormat = (typeof logFormats)[number];

/** The level by its name, in any case. Throws `LMP_LOG_OPTION_INVALID`. */
export function checkLevel(level: string): LogLevel {
  const known = logLevels.find((name) => name === level.toLowerCase());
  if (known === undefined) throw invalid("level", level, logLevels);
  return known;
}

/** The format by its name. Throws `LMP_LOG_OPTION_INVALID`. */
export function checkFormat(format: string): LogFormat {
  const known = logFormats.find((name) => name === format.toLowerCase());
  if (known === undefined) throw invalid("format", format, logFormats);
  return known;
}

/** What `LOG_LEVEL` and `LOG_FORMAT` ask for. What does not exist is left out and complained of, not thrown. */
export interface EnvironmentOptions {
  level: LogLevel | undefined;
  format: LogFormat | undefined;
  complaints: string[];
}

export function environmentOptions(): EnvironmentOptions {
  const complaints: string[] = [];
  const valid = <Value>(value: string | undefined, check: (value: string) => Value): Value | undefined => {
    if (value === undefined || value === "") return undefined;
    try {
      return check(value);
    } catch (error) {
      complaints.push(describeError(error).split("\n", 1)[0]!);
      return undefined;
    }
  };
  const { LOG_LEVEL, LOG_FORMAT } = process.env;
  return { level: valid(LOG_LEVEL, checkLevel), format: valid(LOG_FORMAT, checkFormat), complaints };
}

/** Pretty where a person reads: at a terminal, outside production. */
export function defaultFormat(terminal: boolean): LogFormat {
  return terminal && process.env.NODE_ENV !== "production" ? "pretty" : "json";
}

/** Whether to write colours to a terminal: as https://no-color.org and `FORCE_COLOR` say. */
export function isColoured(terminal: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "" && FORCE_COLOR !== "0") return true;
  return terminal && TERM !== "dumb";
}

function invalid(option: string, found: string, known: readonly string[]): LimpidError {
  return new LimpidError("LMP_LOG_OPTION_INVALID", `There is no log ${option} "${found}".`, {
    expected: known.join(", "),
    found,
    fix: `Choose one of these for ${option}, or for LOG_${option.toUpperCase()} in the environment.`,
  });
}
