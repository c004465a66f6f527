/** What counts as true in `if`, `and`, `or` and `not`: everything but nothing, zero and what is empty. */
import { Html } from "../../message/index.ts";
import { isPlain } from "./kind.ts";

/** Whether a value counts as true: empty texts, arrays, maps, sets and objects do not, as in Python. */
export function truthy(value: unknown): boolean {
  switch (typeof value) {
    case "boolean":
      return value;
    case "string":
      return value !== "";
    case "object":
      return value !== null && filled(value);
    case "undefined":
      return false;
    case "number":
      return value !== 0 && !Number.isNaN(value);
    case "bigint":
      return value !== 0n;
    default:
      return true;
  }
}

function filled(value: object): boolean {
  if (Array.isArray(value)) return value.length !== 0;
  if (isPlain(value)) {
    for (const key in value) if (Object.hasOwn(value, key)) return true;
    return false;
  }
  if (value instanceof Html) return value.toString() !== "";
  if (value instanceof Map || value instanceof Set) return value.size !== 0;
  return true;
}
