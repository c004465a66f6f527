/** The base of every error Limpid throws: a stable code, a plain sentence, and how to mend it. */
import type { ErrorCode } from "./codes.ts";

/** A Limpid code or one of the application's own; editors complete the former. */
export type Code = ErrorCode | (string & {});

/** What an error can say beside its sentence. */
export interface ErrorDetails {
  /** What would have been right, as a phrase: `"a port from 0 to 65535"`. */
  expected?: string | undefined;
  /** What was there instead: `"70000"`. Never a secret. */
  found?: string | undefined;
  /** The likely remedy, as an imperative: `"Choose another port with --port."`. */
  fix?: string | undefined;
  /** The error that led to this one. */
  cause?: unknown;
}

/**
 * An error with a stable code, a plain sentence, what was expected and found, and the likely fix.
 *
 * @example
 * ```ts
 * import { LimpidError } from "limpid/errors";
 *
 * const error = new LimpidError("SHOP_STOCK_EMPTY", "The last one has been sold.", {
 *   expected: "at least 1 in stock",
 *   found: "0",
 *   fix: "Offer the customer a reservation.",
 * });
 * console.log(error.code); // SHOP_STOCK_EMPTY
 * ```
 */
export class LimpidError extends Error {
  /** Stable and meant for programs; `docs/errors.md` lists Limpid's own. */
  readonly code: Code;
  readonly expected: string | undefined;
  readonly found: string | undefined;
  readonly fix: string | undefined;

  constructor(code: Code, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.expected = details.expected;
    this.found = details.found;
    this.fix = details.fix;
  }

  /** The class's name, so that a subclass is named in stacks and logs without a line of its own. */
  override get name(): string {
    return this.constructor.name;
  }
}

/**
 * An error as the lines a person reads at a terminal: sentence, expected, found, fix and code.
 *
 * @example
 * ```ts
 * import { describeError, LimpidError } from "limpid/errors";
 *
 * console.log(describeError(new LimpidError("A_CODE", "It broke.", { fix: "Mend it." })));
 * // It broke.
 * //   fix: Mend it.
 * //   code: A_CODE
 * ```
 */
export function describeError(error: unknown): string {
  if (!(error instanceof LimpidError)) return error instanceof Error ? error.message : String(error);
  const lines = [error.message];
  if (error.expected !== undefined) lines.push(`  expected: ${error.expected}`);
  if (error.found !== undefined) lines.push(`  found: ${error.found}`);
  if (error.fix !== undefined) lines.push(`  fix: ${error.fix}`);
  lines.push(`  code: ${error.code}`);
  return lines.join("\n");
}
