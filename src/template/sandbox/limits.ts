/** How much a template in the sandbox may use up. */
import { TemplateError } from "../template-error.ts";

/** Limits of one rendering; what is left out has its default. */
export interface SandboxLimits {
  /**
   * Statements and expressions that are run, items that are walked through, and a share for every few characters that
   * operators, filters and methods read and write. Default 1,000,000.
   */
  readonly steps?: number | undefined;
  /**
   * Macros, blocks, includes and rounds of recursive loops inside one another. Default 200; of whole templates never
   * more than 50 stand inside one another.
   */
  readonly depth?: number | undefined;
  /** Characters that are written, also those that are captured and then dropped. Default 10 MiB. */
  readonly output?: number | undefined;
  /** Milliseconds. Default 1,000. */
  readonly time?: number | undefined;
}

/** Limits that are all there. */
export type Limits = Readonly<Record<keyof SandboxLimits, number>>;

const defaults: Limits = { steps: 1_000_000, depth: 200, output: 10 * 1024 * 1024, time: 1000 };

/** The limits with their defaults; throws `LMP_TEMPLATE_OPTION_INVALID`. */
export function checkedLimits(given: unknown): Limits {
  if (given === undefined) return defaults;
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw invalid("The option `limits` cannot be this.", "an object", given === null ? "null" : typeof given);
  }
  const limits: Record<keyof SandboxLimits, number> = { ...defaults };
  for (const [name, value] of Object.entries(given)) {
    if (!isLimit(name))
      throw invalid(`There is no limit \`${name}\`.`, `one of ${Object.keys(defaults).join(", ")}`, name);
    if (value === undefined) continue;
    if (!Number.isSafeInteger(value) || (value as number) < 1) {
      throw invalid(`The limit \`${name}\` cannot be this.`, "a whole number from 1", String(value));
    }
    limits[name] = value as number;
  }
  return limits;
}

function isLimit(name: string): name is keyof SandboxLimits {
  return Object.hasOwn(defaults, name);
}

function invalid(sentence: string, expected: string, found: string): TemplateError {
  return new TemplateError("LMP_TEMPLATE_OPTION_INVALID", sentence, {
    expected,
    found,
    fix: "Leave it out for its default.",
  });
}
