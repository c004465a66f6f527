/** Turns a statement's values into what goes over the wire: text that the server reads, bytes as they are, or NULL. */
import { LimpidError } from "../../../errors/index.ts";
import type { DriverValue } from "../../dialects/dialect.ts";
import { type ArrayOfTexts, writeArrayLiteral } from "../../dialects/postgresql/array-literal.ts";
import type { BoundValue } from "./pg.ts";

/**
 * The length of a message has 32 bits, and one that wraps around would make messages of values. PostgreSQL itself takes
 * no value of a gibibyte. A character is three bytes at most.
 */
const mostUnits = 256 * 2 ** 20;

/** Throws `LMP_ORM_VALUE_INVALID` for values that are too large together. */
export function boundValues(values: readonly DriverValue[]): BoundValue[] {
  const bound = new Array<BoundValue>(values.length);
  let units = 0;
  for (let at = 0; at < values.length; at++) {
    const value = boundValue(values[at] ?? null);
    if (value !== null) units += value.length;
    bound[at] = value;
  }
  if (units > mostUnits) throw tooLarge(units);
  return bound;
}

function tooLarge(units: number): LimpidError {
  return new LimpidError("LMP_ORM_VALUE_INVALID", "The values of a statement are too large.", {
    expected: "at most 256 MiB together",
    found: `${Math.round(units / 2 ** 20)} MiB`,
    fix: "Write fewer rows at a time; keep large files outside of the database.",
  });
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
