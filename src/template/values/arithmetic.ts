/** The operators of numbers, with Python's rules for signs, and what texts and arrays make of `+`, `*` and `%`. */
import { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import { kindOf } from "./kind.ts";
import { checkItems, checkLength } from "./limits.ts";
import { escapedText, markupOf, trusted } from "./markup.ts";
import { percentFormat } from "./percent-format.ts";
import { bigFloorDivide, bigModulo, bigPower, bounded } from "./whole-numbers.ts";

/** `a + b` of numbers, texts or arrays; a text that is added to markup is escaped. */
export function add(a: unknown, b: unknown): unknown {
  if (typeof a === "number" && typeof b === "number") return a + b;
  if (typeof a === "string" && typeof b === "string") return a + b;
  if (isText(a) && isText(b)) return trusted(escapedText(a) + escapedText(b));
  if (Array.isArray(a) && Array.isArray(b)) {
    checkItems(a.length + b.length);
    return [...(a as unknown[]), ...(b as unknown[])];
  }
  if (isText(a) !== isText(b) && (isNumber(a) || isNumber(b))) {
    throw operands("+", a, b, "Join values of any kind with `~`.");
  }
  return calculate(
    "+",
    a,
    b,
    (x, y) => x + y,
    (x, y) => bounded(x + y),
  );
}

/** `a - b` */
export function subtract(a: unknown, b: unknown): unknown {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return calculate(
    "-",
    a,
    b,
    (x, y) => x - y,
    (x, y) => bounded(x - y),
  );
}

/** `a * b`; a text or an array is repeated. */
export function multiply(a: unknown, b: unknown): unknown {
  if (typeof a === "number" && typeof b === "number") return a * b;
  if (isText(a) || Array.isArray(a)) return repeat(a, b, a, b);
  if (isText(b) || Array.isArray(b)) return repeat(b, a, a, b);
  return calculate(
    "*",
    a,
    b,
    (x, y) => x * y,
    (x, y) => bounded(x * y),
  );
}

/** `a / b`, always with a fraction. */
export function divide(a: unknown, b: unknown): unknown {
  if (typeof a === "number" && typeof b === "number" && b !== 0) return a / b;
  return calculate(
    "/",
    a,
    nonZero("/", b),
    (x, y) => x / y,
    (x, y) => Number(x) / Number(y),
  );
}

/** `a // b`, rounded down. */
export function floorDivide(a: unknown, b: unknown): unknown {
  return calculate("//", a, nonZero("//", b), floorQuotient, bigFloorDivide);
}

/** `a % b` with the sign of `b`; behind a text it formats as Python does. */
export function modulo(a: unknown, b: unknown): unknown {
  if (isText(a)) return percentFormat(a, b);
  return calculate("%", a, nonZero("%", b), remainder, bigModulo);
}

/** `a ** b` */
export function power(a: unknown, b: unknown): unknown {
  if (typeof a === "number" && typeof b === "number") return a ** b;
  return calculate("**", a, b, (x, y) => x ** y, bigPower);
}

/** `-a` */
export function negate(a: unknown): unknown {
  if (typeof a === "number" || typeof a === "bigint") return -a;
  if (typeof a === "boolean") return a ? -1 : 0;
  throw operand("-", a);
}

/** `+a` */
export function positive(a: unknown): unknown {
  if (typeof a === "number" || typeof a === "bigint") return a;
  if (typeof a === "boolean") return a ? 1 : 0;
  throw operand("+", a);
}

function isText(value: unknown): value is string | Html {
  return typeof value === "string" || value instanceof Html;
}

function isNumber(value: unknown): value is number | bigint | boolean {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
}

/** Booleans count as numbers; a bigint stays one with a whole number beside it, and becomes a number with a fraction. */
function calculate(
  operator: string,
  a: unknown,
  b: unknown,
  numbers: (a: number, b: number) => number,
  bigints: (a: bigint, b: bigint) => bigint | number,
): number | bigint {
  if (!isNumber(a) || !isNumber(b)) throw operands(operator, a, b);
  if (typeof a !== "bigint" && typeof b !== "bigint") return numbers(Number(a), Number(b));
  const whole = (value: number | bigint | boolean): boolean =>
    typeof value === "bigint" || Number.isInteger(Number(value));
  return whole(a) && whole(b) ? bigints(BigInt(a), BigInt(b)) : numbers(Number(a), Number(b));
}

function remainder(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

/** From the remainder, as Python does: `1 // 0.1` is 9, for 0.1 is a little more than a tenth. */
function floorQuotient(a: number, b: number): number {
  return Math.round((a - remainder(a, b)) / b);
}

function nonZero(operator: string, value: unknown): unknown {
  if (value !== 0 && value !== 0n && value !== false) return value;
  throw new TemplateError("LMP_TEMPLATE_VALUE_INVALID", `\`${operator}\` divides by 0.`, {
    expected: "a number other than 0",
    found: "0",
    fix: "Ask whether the number is 0 first.",
  });
}

function repeat(value: string | Html | unknown[], times: unknown, a: unknown, b: unknown): unknown {
  if (!isNumber(times) || !Number.isInteger(Number(times))) throw operands("*", a, b);
  const count = Math.max(0, Number(times));
  if (Array.isArray(value)) {
    checkItems(value.length * count);
    return Array.from({ length: value.length * count }, (_, index) => value[index % value.length] as unknown);
  }
  const text = value instanceof Html ? markupOf(value) : value;
  checkLength(text.length * count);
  const repeated = text.repeat(text === "" ? 0 : count);
  return value instanceof Html ? trusted(repeated) : repeated;
}

function operand(operator: string, value: unknown): TemplateError {
  const code = value === undefined ? "LMP_TEMPLATE_UNDEFINED" : "LMP_TEMPLATE_VALUE_INVALID";
  return new TemplateError(code, `\`${operator}\` stands in front of a value that is no number.`, {
    expected: "a number",
    found: kindOf(value),
    fix: "Turn it into a number with the `int` or `float` filter.",
  });
}

function operands(operator: string, a: unknown, b: unknown, fix?: string): TemplateError {
  const missing = a === undefined || b === undefined;
  const code = missing ? "LMP_TEMPLATE_UNDEFINED" : "LMP_TEMPLATE_VALUE_INVALID";
  const sentence = missing
    ? `\`${operator}\` has a side that is not defined.`
    : `\`${operator}\` cannot be done with these values.`;
  return new TemplateError(code, sentence, {
    expected: operator === "+" ? "two numbers, two texts or two arrays" : "two numbers",
    found: `${kindOf(a)} and ${kindOf(b)}`,
    fix:
      fix ??
      (missing
        ? "Give it a default, or check the spelling."
        : "Turn texts into numbers with `int` or `float`."),
  });
}
