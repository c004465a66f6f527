/** The settings of a pool: what was asked for, checked, and the defaults. */
import { checkedOptions, invalidOption, type OptionCheck, wholeNumber } from "../checked-options.ts";
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

const checks: Readonly<Record<keyof PoolOptions, OptionCheck>> = {
  minimum: wholeNumber(0),
  maximum: wholeNumber(1),
  acquireTimeout: wholeNumber(1),
  idleTimeout: wholeNumber(1),
  maximumLifetime: wholeNumber(1),
  healthCheckAfter: wholeNumber(0),
  leakAfter: wholeNumber(1),
};

/** Throws `LMP_ORM_OPTION_INVALID`. */
export function poolSettings(options: PoolOptions = {}): PoolSettings {
  const settings = { ...defaults, ...checkedOptions<PoolOptions>(options, checks, "pool.") };
  if (settings.minimum > settings.maximum)
    throw invalidOption("pool.minimum", `at most pool.maximum, ${settings.maximum}`, settings.minimum);
  return settings;
}
