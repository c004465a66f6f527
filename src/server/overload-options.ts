/** When a server counts as overloaded, and whom it answers even then. */
import { LimpidError } from "../errors/index.ts";

/** Times in milliseconds. */
export interface OverloadOptions {
  /** Requests are shed where the event loop is late by more than this at its 99th percentile. Default 200. */
  loopDelay?: number | undefined;
  /** Work that one turn of the event loop takes on while requests are shed. Default 10. */
  turnTime?: number | undefined;
  /** Requests are shed where the heap is fuller than this share of its limit. Default 0.85. */
  heap?: number | undefined;
  /** `Retry-After` is a random number of seconds from 1 to this, so that clients do not come back together. Default 5. */
  retryAfter?: number | undefined;
  /** Paths, exactly as a client sends them, that are always let through. Default `["/livez", "/readyz"]`. */
  exempt?: readonly string[] | undefined;
}

/** The options with their defaults. */
export type OverloadLimits = {
  readonly [Name in keyof OverloadOptions]-?: NonNullable<OverloadOptions[Name]>;
};

export const defaultOverload: OverloadLimits = {
  loopDelay: 200,
  turnTime: 10,
  heap: 0.85,
  retryAfter: 5,
  exempt: ["/livez", "/readyz"],
};

const ranges = {
  loopDelay: [1, 60_000],
  turnTime: [1, 60_000],
  heap: [0, 1],
  retryAfter: [1, 3600],
} as const;

/** The options with their defaults. Throws `LMP_SERVER_OPTION_INVALID`. */
export function overloadLimits(options: OverloadOptions): OverloadLimits {
  const limits = { ...defaultOverload };
  for (const name of Object.keys(ranges) as (keyof typeof ranges)[]) {
    const value = options[name];
    if (value === undefined) continue;
    const [least, most] = ranges[name];
    if (!(value >= least && value <= most)) refuse(name, `a number from ${least} to ${most}`, value);
    Object.assign(limits, { [name]: value });
  }
  const { exempt = defaultOverload.exempt } = options;
  if (!Array.isArray(exempt) || exempt.some((path) => typeof path !== "string" || !path.startsWith("/"))) {
    refuse("exempt", "paths that begin with a slash", exempt);
  }
  return { ...limits, exempt };
}

function refuse(name: keyof OverloadLimits, expected: string, value: unknown): never {
  const message = `The option \`overload.${name}\` of the server is not valid.`;
  throw new LimpidError("LMP_SERVER_OPTION_INVALID", message, {
    expected,
    found: String(value),
    fix: `Leave \`${name}\` out for its default, ${String(defaultOverload[name])}.`,
  });
}
