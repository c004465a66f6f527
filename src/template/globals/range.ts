/** `range(stop)`, `range(start, stop)`, `range(start, stop, step)`: whole numbers in a row. */
import { TemplateError } from "../template-error.ts";
import { integer, integerOr } from "../values/integer.ts";
import { checkItems } from "../values/limits.ts";

/** The numbers from `start` up to, but not with, `stop`; counted before any memory is taken. */
export function range(first: unknown, second?: unknown, third?: unknown): number[] {
  const start = second === undefined ? 0 : integer(first, "The start of a range");
  const stop = integer(second === undefined ? first : second, "The end of a range");
  const step = integerOr(third, 1, "The step of a range");
  if (step === 0) {
    throw new TemplateError("LMP_TEMPLATE_ARGUMENT_INVALID", "The step of a range is 0.", {
      expected: "a whole number other than 0",
      found: "0",
    });
  }
  const length = Math.max(0, Math.ceil((stop - start) / step));
  checkItems(length);
  const numbers: number[] = [];
  for (let index = 0; index < length; index++) numbers.push(start + index * step);
  return numbers;
}
