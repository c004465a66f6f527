/** Taking a value apart for several names. */
import { TemplateError } from "../template-error.ts";
import { iterate } from "../values/iterate.ts";

/** The parts of a value, as many as there are names for. */
export function unpack(value: unknown, count: number): readonly unknown[] {
  const parts = Array.isArray(value) ? value : [...iterate(value)];
  if (parts.length === count) return parts;
  throw new TemplateError(
    "LMP_TEMPLATE_VALUE_INVALID",
    "A value has not as many parts as there are names for it.",
    {
      expected: `${count} parts`,
      found: String(parts.length),
      fix: "For the keys and values of an object write `for key, value in object | items`.",
    },
  );
}
