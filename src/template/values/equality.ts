/** `==`: by value, for arrays, objects, maps, sets and dates too. */
import { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import { isPlain, type Plain } from "./kind.ts";

/** Comparisons that one `==` may need: what is built of the same parts over and over would need endless ones. */
const MOST = 10_000_000;
const DEEPEST = 500;

/**
 * Whether two values are equal. `true` is 1 and `false` is 0; markup is equal to its text; arrays and objects are
 * equal where their parts are. NaN is equal to itself, so that `==`, `in` and `unique` agree.
 */
export function equals(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  switch (typeof a) {
    case "string":
      return b instanceof Html && String(b) === a;
    case "number":
    case "boolean":
    case "bigint":
      return equalNumbers(a, b);
    case "object":
      return a !== null && equalToObject(a, b, { depth: 0, left: MOST });
    default:
      return false;
  }
}

interface Comparing {
  depth: number;
  left: number;
}

function equalNumbers(a: number | boolean | bigint, b: unknown): boolean {
  if (typeof b !== "number" && typeof b !== "boolean" && typeof b !== "bigint") return false;
  const left = typeof a === "boolean" ? Number(a) : a;
  const right = typeof b === "boolean" ? Number(b) : b;
  // Not `===`, which tells 1n from 1.
  return left <= right && left >= right ? true : Number.isNaN(left) && Number.isNaN(right);
}

function equalParts(a: unknown, b: unknown, comparing: Comparing): boolean {
  if (a === b) return true;
  if (comparing.left-- === 0 || comparing.depth > DEEPEST) throw endless();
  if (typeof a !== "object" || a === null) return equals(a, b);
  comparing.depth++;
  const equal = equalToObject(a, b, comparing);
  comparing.depth--;
  return equal;
}

function equalToObject(a: object, b: unknown, comparing: Comparing): boolean {
  if (a instanceof Html) return b instanceof Html ? String(a) === String(b) : String(a) === b;
  if (typeof b !== "object" || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && equalArrays(a, b, comparing);
  if (isPlain(a)) return isPlain(b) && equalPlain(a, b, comparing);
  if (a instanceof Date) return b instanceof Date && equalNumbers(a.getTime(), b.getTime());
  if (a instanceof Map) return b instanceof Map && equalMaps(a, b, comparing);
  if (a instanceof Set) return b instanceof Set && equalSets(a, b);
  return false;
}

function equalArrays(a: readonly unknown[], b: readonly unknown[], comparing: Comparing): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    if (!equalParts(a[index], b[index], comparing)) return false;
  }
  return true;
}

function equalPlain(a: Plain, b: Plain, comparing: Comparing): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(b, key) || !equalParts(a[key], b[key], comparing)) return false;
  }
  return true;
}

function equalMaps(a: Map<unknown, unknown>, b: Map<unknown, unknown>, comparing: Comparing): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    if (!b.has(key) || !equalParts(value, b.get(key), comparing)) return false;
  }
  return true;
}

function equalSets(a: Set<unknown>, b: Set<unknown>): boolean {
  if (a.size !== b.size) return false;
  for (const value of a) if (!b.has(value)) return false;
  return true;
}

function endless(): TemplateError {
  return new TemplateError("LMP_TEMPLATE_VALUE_INVALID", "Values that contain themselves are compared.", {
    expected: `arrays and objects in at most ${DEEPEST} levels`,
    fix: "Compare the parts that matter, such as an id.",
  });
}
