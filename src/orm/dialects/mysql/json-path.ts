/** Paths into JSON as MySQL and MariaDB take them, made of steps that may come from outside. */
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

/** MariaDB does not find a key that begins with a minus, however it is quoted. */
function key(step: string): string {
  if (step.isWellFormed() && !step.startsWith("-")) return JSON.stringify(step);
  throw valueInvalid("a key of well-formed text that does not begin with a minus", step);
}

/** MySQL has no positions from the end, and MariaDB's are wrong where a path is read twice. Whole numbers may be bigints here. */
function position(index: BoundValue): string {
  const step = typeof index === "bigint" ? Number(index) : index;
  if (typeof step === "number" && Number.isSafeInteger(step) && step >= 0) return `[${step}]`;
  throw valueInvalid("a key or a position from 0 on as the step of a JSON path", index);
}
