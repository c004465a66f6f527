/** Options refused where they cannot be meant: a name that does not exist, a value that cannot be. */
import { LimpidError, nearest } from "../../errors/index.ts";

/** What an option may be. */
export interface OptionCheck {
  /** In words. */
  readonly expected: string;
  test(value: unknown): boolean;
}

/** Options without those that are `undefined`. */
export type GivenOptions<Options> = { readonly [Name in keyof Options]?: Exclude<Options[Name], undefined> };

/** The longest time in milliseconds that timers and servers know; a longer one would be none at all. */
const most = 2_147_483_647;

/** A count, or a time in milliseconds. */
export function wholeNumber(least: number): OptionCheck {
  return {
    expected: `a whole number from ${least} to ${most}`,
    test: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  };
}

export const anObject: OptionCheck = {
  expected: "an object",
  test: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

/**
 * The options that were given, as own properties of an object without a prototype. `place` stands before their names
 * in what is said: `pool.`. Throws `LMP_ORM_OPTION_INVALID`.
 */
export function checkedOptions<Options extends object>(
  options: Options,
  checks: Readonly<Record<keyof Options, OptionCheck>>,
  place = "",
): GivenOptions<Options> {
  const known = Object.keys(checks) as (string & keyof Options)[];
  const checked = Object.create(null) as { [Name in keyof Options]?: Exclude<Options[Name], undefined> };
  for (const [given, value] of Object.entries(options)) {
    const name = known.find((one) => one === given);
    if (name === undefined) throw unknownOption(given, known, place);
    if (value === undefined) continue;
    if (!checks[name].test(value)) throw invalidOption(place + name, checks[name].expected, value);
    checked[name] = value;
  }
  return checked;
}

/** The error for a value that cannot be. */
export function invalidOption(name: string, expected: string, value: unknown): LimpidError {
  const found = typeof value === "object" && value !== null ? "an object" : JSON.stringify(value);
  return new LimpidError("LMP_ORM_OPTION_INVALID", `The option ${name} cannot be used.`, {
    expected,
    found: typeof value === "number" ? String(value) : (found ?? typeof value),
    fix: `Correct ${name}, or leave it out.`,
  });
}

function unknownOption(given: string, known: readonly string[], place: string): LimpidError {
  const meant = nearest(given, known);
  return new LimpidError("LMP_ORM_OPTION_INVALID", `There is no option ${place}${given}.`, {
    expected: `one of ${known.map((name) => place + name).join(", ")}`,
    found: place + given,
    fix: meant === undefined ? "Leave it out." : `Did you mean ${place}${meant}?`,
  });
}
