/** The operators of bigints: Python's rules for signs, and a bound on how long a number can become. */
import { TemplateError } from "../template-error.ts";

const MOST_BITS = 65_536;

/** The number itself, where it is not longer than numbers in templates may become. */
export function bounded(value: bigint): bigint {
  const bound = 1n << BigInt(MOST_BITS);
  if (value < bound && value > -bound) return value;
  throw tooLong();
}

export function bigModulo(a: bigint, b: bigint): bigint {
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
}

export function bigFloorDivide(a: bigint, b: bigint): bigint {
  return (a - bigModulo(a, b)) / b;
}

export function bigPower(base: bigint, exponent: bigint): bigint | number {
  if (exponent < 0n) return Number(base) ** Number(exponent);
  const bits = base < 0n ? -base : base;
  // Told from the length first: the power itself could take all the memory there is.
  if (bits > 1n && BigInt(bits.toString(16).length) * 4n * exponent > BigInt(MOST_BITS) * 4n) throw tooLong();
  return bounded(base ** exponent);
}

function tooLong(): TemplateError {
  return new TemplateError("LMP_TEMPLATE_VALUE_INVALID", "A whole number would become too long.", {
    expected: `at most ${MOST_BITS} bits`,
  });
}
