/** Whole numbers where the language asks for one: indexes, counts, widths. */
import { invalidValue } from "./kind.ts";

/** A value as a whole number; `what` begins the sentence of the error: `An index`. */
export function integer(value: unknown, what: string): number {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "boolean") return value ? 1 : 0;
  throw invalidValue(value, `${what} has to be a whole number.`, "a whole number");
}

/** As `integer`, with a default for an argument that was left out. */
export function integerOr(value: unknown, otherwise: number, what: string): number {
  return value === undefined || value === null ? otherwise : integer(value, what);
}
