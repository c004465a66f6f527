/** The error for a value that is not of its column's type, and how such a value is described without giving it away. */
import { LimpidError } from "../../errors/index.ts";

/** What went wrong between a value and its column. Texts are described by their length: one may be a secret. */
export function valueInvalid(expected: string, value: unknown, fix?: string, cause?: unknown): LimpidError {
  return new LimpidError("LMP_ORM_VALUE_INVALID", "A value is not of its column's type.", {
    expected,
    found: describeValue(value),
    fix: fix ?? "Convert the value before it is given to the column.",
    cause,
  });
}

/** What a database holds and the type of its column cannot say. */
export function storedValueInvalid(expected: string, value: unknown): LimpidError {
  return new LimpidError("LMP_ORM_VALUE_INVALID", "The database holds a value that its column cannot have.", {
    expected,
    found: describeValue(value),
    fix: "Compare the column's type in the model with the one in the database.",
  });
}

/** Says of which kind a value is. */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case "string":
      return describeText(value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return `the bigint ${String(value).length > 40 ? "of more than 40 digits" : String(value)}`;
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      return value === null ? "null" : describeObject(value);
    default:
      return `a ${typeof value}`;
  }
}

function describeText(text: string): string {
  if (text.includes("\0")) return "a string with the character NUL";
  if (!text.isWellFormed()) return "a string with half of a surrogate pair";
  return `a string of ${text.length} characters`;
}

/** Reads only what can run nothing: a value from outside may have getters or be a proxy. */
function describeObject(value: object): string {
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return "a Date";
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return "bytes";
  return "an object";
}
