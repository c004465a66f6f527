/** Paths into JSON as SQLite takes them, made of steps that may come from outside. */
import type { BoundValue } from "../../compiler/compiled.ts";
import { valueInvalid } from "../value-error.ts";

/** `$."key"[0]` of the steps. A key stands as a JSON string, so none ends before its end. Throws `LMP_ORM_VALUE_INVALID`. */
export function jsonPath(steps: BoundValue): string {
  let path = "$";
  for (const step of Array.isArray(steps) ? steps : [steps]) {
    path += typeof step === "string" ? `.${key(step)}` : position(step);
  }
  return path;
}

function key(step: string): string {
  // Half a character cannot be bound: SQLite takes UTF-8.
  if (step.isWellFormed()) return JSON.stringify(step);
  throw valueInvalid("a key of well-formed text", step);
}

/** From the end where it is negative. Whole numbers may have become bigints on their way. */
function position(index: BoundValue): string {
  const step = typeof index === "bigint" ? Number(index) : index;
  if (typeof step === "number" && Number.isSafeInteger(step)) return step < 0 ? `[#${step}]` : `[${step}]`;
  throw valueInvalid("a key or a whole number as the step of a JSON path", step);
}
