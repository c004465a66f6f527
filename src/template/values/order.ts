/** `<`, `<=`, `>` and `>=`, and the order of `sort`. */
import { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import { kindOf } from "./kind.ts";

const DEEPEST = 500;

/** Comparisons that one `<` may need: what holds the same array over and over would need endless ones. */
const MOST = 10_000_000;

interface Comparing {
  depth: number;
  left: number;
}

/**
 * Less than 0 where `a` comes before `b`, 0 where they are equal. Numbers, booleans and bigints have one order, texts
 * (by code unit) another, dates and arrays theirs; NaN comes behind all other numbers. Throws for anything else.
 */
export function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return compareNumbers(a, b);
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
  return compareOthers(a, b, { depth: 0, left: MOST });
}

function compareOthers(a: unknown, b: unknown, comparing: Comparing): number {
  const left = ranked(a);
  const right = ranked(b);
  if (typeof left === "string") {
    if (typeof right === "string") return left < right ? -1 : left > right ? 1 : 0;
  } else if (typeof left === "number" || typeof left === "bigint") {
    const sameKind = a instanceof Date === b instanceof Date;
    if (sameKind && (typeof right === "number" || typeof right === "bigint"))
      return compareNumbers(left, right);
  } else if (Array.isArray(left) && Array.isArray(right)) {
    return compareArrays(left, right, comparing);
  }
  throw incomparable(a, b);
}

/** A value as what it is ordered by. */
function ranked(value: unknown): unknown {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof Html) return String(value);
  return value instanceof Date ? value.getTime() : value;
}

function compareNumbers(a: number | bigint, b: number | bigint): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

function compareArrays(a: readonly unknown[], b: readonly unknown[], comparing: Comparing): number {
  if (++comparing.depth > DEEPEST) throw incomparable(a, b);
  const shorter = Math.min(a.length, b.length);
  for (let index = 0; index < shorter; index++) {
    if (comparing.left-- === 0) throw incomparable(a, b);
    const order = compareOthers(a[index], b[index], comparing);
    if (order !== 0) return order;
  }
  comparing.depth--;
  return a.length - b.length;
}

function incomparable(a: unknown, b: unknown): TemplateError {
  const code = a === undefined || b === undefined ? "LMP_TEMPLATE_UNDEFINED" : "LMP_TEMPLATE_VALUE_INVALID";
  return new TemplateError(code, "Two values that have no order are compared.", {
    expected: "two numbers, two texts, two dates or two arrays of such",
    found: `${kindOf(a)} and ${kindOf(b)}`,
    fix: "Give missing values a default, or turn one side into what the other is.",
  });
}
