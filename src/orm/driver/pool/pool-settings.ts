/** The settings of a pool: what was asked for, checked, and the defaults. */
import { LimpidError } from "../../../errors/index.ts";
import type { PoolOptions } from "../driver.ts";

export type PoolSettings = { readonly [Name in keyof PoolOptions]-?: number };

const defaults: PoolSettings = {
  minimum: 0,
  maximum: 10,
  acquireTimeout: 5_000,
  idleTimeout: 30_000,
  maximumLifetime: 30 * 60_000,
  healthCheckAfter: 10_000,
  leakAfter: 30_000,
};

/** Throws `LMP_ORM_OPTION_INVALID`. */
export function poolSettings(options: PoolOptions = {}): PoolSettings {
  const settings: Record<string, number> = { ...defaults };
  for (const [name, value] of Object.entries(options)) {
    if (!(name in defaults)) throw invalid(name, "a name of the pool's options", name);
    if (value === undefined) continue;
    const least = name === "minimum" || name === "healthCheckAfter" ? 0 : 1;
    if (typeof value !== "number" || Number.isNaN(value) || value < least)
      throw invalid(name, `a number from ${least}`, String(value));
    settings[name] = value;
  }
  const checked = settings as unknown as PoolSettings;
  if (checked.minimum > checked.maximum)
    throw invalid("minimum", `at most the maximum, ${checked.maximum}`, String(checked.minimum));
  return checked;
}

function invalid(name: string, expected: string, found: string): LimpidError {
  return new LimpidError("LMP_ORM_OPTION_INVALID", `The pool's option ${name} cannot be used.`, {
    expected,
    found,
    fix: `Correct pool.${name}, or leave it out.`,
  });
}
