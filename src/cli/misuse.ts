/** The errors of a command line that is written wrongly. They end the command with exit code 2. */
import { type ErrorDetails, LimpidError } from "../errors/index.ts";

const misuses = [
  "LMP_CLI_COMMAND_UNKNOWN",
  "LMP_CLI_FLAG_UNKNOWN",
  "LMP_CLI_FLAG_VALUE",
  "LMP_CLI_ARGUMENT_UNKNOWN",
] as const;

/** An error in the words of the command line. */
export function misuse(
  code: (typeof misuses)[number],
  message: string,
  details: ErrorDetails = {},
): LimpidError {
  return new LimpidError(code, message, details);
}

/** The exit code for an error: 2 for wrong words, 1 for everything else. */
export function exitCodeOf(error: unknown): number {
  return error instanceof LimpidError && misuses.some((code) => code === error.code) ? 2 : 1;
}
