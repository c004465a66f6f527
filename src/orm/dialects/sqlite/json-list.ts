/** A list of values as the JSON text that SQLite's `json_each` reads. */
import type { BoundValue } from "../../compiler/compiled.ts";

export function jsonList(values: BoundValue): string {
  const items = Array.isArray(values) ? values : [values];
  return `[${items.map(item).join(",")}]`;
}

function item(value: BoundValue): string {
  if (typeof value === "bigint") return value.toString();
  // The shortest digits of a large number are another whole number than it is; with an exponent they are read as REAL.
  if (typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER) return value.toExponential();
  // Bound as text half a character becomes U+FFFD, so it does here.
  return JSON.stringify(typeof value === "string" ? value.toWellFormed() : value);
}
