/** Tests for whole numbers. */
import type { TemplateTest } from "../filter-scope.ts";
import { modulo } from "../values/arithmetic.ts";
import { equals } from "../values/equality.ts";

export const numberTests: Readonly<Record<string, TemplateTest>> = {
  divisibleby: (value, divisor) => equals(numeric(value, divisor), 0),
  even: (value) => equals(numeric(value, 2), 0),
  odd: (value) => equals(numeric(value, 2), 1),
};

/** The remainder of numbers only: for a text, `%` would format. */
function numeric(value: unknown, divisor: unknown): unknown {
  return typeof value === "string" ? modulo(Number.NaN, divisor) : modulo(value, divisor);
}
