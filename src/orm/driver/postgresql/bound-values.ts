/** Turns a statement's values into what goes over the wire: text that the server reads, bytes as they are, or NULL. */
import type { DriverValue } from "../../dialects/dialect.ts";
import { type ArrayOfTexts, writeArrayLiteral } from "../../dialects/postgresql/array-literal.ts";
import type { BoundValue } from "./pg.ts";

export function boundValues(values: readonly DriverValue[]): BoundValue[] {
  const bound = new Array<BoundValue>(values.length);
  for (let at = 0; at < values.length; at++) bound[at] = boundValue(values[at] ?? null);
  return bound;
}

export function boundValue(value: DriverValue): BoundValue {
  if (typeof value === "string" || value === null) return value;
  // String() forgets the sign of a zero, the server's numbers do not.
  if (typeof value !== "object") return Object.is(value, -0) ? "-0" : String(value);
  if (Array.isArray(value)) return writeArrayLiteral(value.map(arrayItem));
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

function arrayItem(value: DriverValue): ArrayOfTexts[number] {
  if (Array.isArray(value)) return value.map(arrayItem);
  const bound = boundValue(value);
  return bound === null || typeof bound === "string" ? bound : `\\x${bound.toString("hex")}`;
}
