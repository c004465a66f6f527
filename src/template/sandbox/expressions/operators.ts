/** Operators: arithmetic, comparison, `and`, `or`, `not`, `~` and the inline `if`. */
import { Html } from "../../../message/index.ts";
import type {
  Binary,
  BinaryOperator,
  Compare,
  CompareOperator,
  Concat,
  Conditional,
  Unary,
} from "../../nodes.ts";
import { runtime } from "../../runtime.ts";
import { truthy } from "../../values/truth.ts";
import type { Body } from "../body.ts";
import type { Budget } from "../budget.ts";
import { evaluate, holds, isAttribute } from "../parts.ts";
import { chargeWhole } from "../weight.ts";

type Arithmetic = (left: unknown, right: unknown) => unknown;

const functions: Readonly<Record<Exclude<BinaryOperator, "and" | "or">, Arithmetic>> = {
  "+": runtime.add,
  "-": runtime.subtract,
  "*": runtime.multiply,
  "/": runtime.divide,
  "//": runtime.floorDivide,
  "%": runtime.modulo,
  "**": runtime.power,
};

export function evaluateUnary({ operator, operand }: Unary, body: Body): unknown {
  if (operator === "not") return !holds(operand, body);
  const value = evaluate(operand, body);
  return operator === "-" ? runtime.negate(value) : runtime.positive(value);
}

/** `and` and `or` give one of their operands, as in Python. */
export function evaluateBinary({ operator, left, right }: Binary, body: Body): unknown {
  if (operator === "and" || operator === "or") {
    const first = evaluate(left, body, isAttribute(left));
    return truthy(first) === (operator === "and") ? evaluate(right, body) : first;
  }
  return calculated(operator, evaluate(left, body), evaluate(right, body), body.running.rt.budget);
}

function calculated(
  operator: keyof typeof functions,
  left: unknown,
  right: unknown,
  budget: Budget,
): unknown {
  if (operator === "*") chargeRepeated(left, right, budget);
  if (operator === "%") chargeWhole(right, budget);
  const value = functions[operator](left, right);
  if (operator !== "*") budget.chargeMade(value);
  return value;
}

/** What is repeated is charged for before it takes any memory. */
function chargeRepeated(left: unknown, right: unknown, budget: Budget): void {
  const times = typeof left === "number" ? left : Number(typeof right === "number" ? right : 1);
  for (const value of [left, right]) {
    if (typeof value === "string" || value instanceof Html) budget.chargeText(String(value).length * times);
    else if (Array.isArray(value)) budget.charge(Math.max(0, value.length * times));
  }
}

export function evaluateCompare({ first, comparisons }: Compare, body: Body): boolean {
  let left = evaluate(first, body);
  for (const { operator, right } of comparisons) {
    const value = evaluate(right, body);
    if (!compares(operator, left, value, body.running.rt.budget)) return false;
    left = value;
  }
  return true;
}

function compares(operator: CompareOperator, left: unknown, right: unknown, budget: Budget): boolean {
  if (operator === "in" || operator === "not in") {
    chargeContained(left, right, budget);
    return runtime.isIn(left, right) === (operator === "in");
  }
  if (left !== right) chargeCompared(left, right, budget);
  if (operator === "==" || operator === "!=") return runtime.equals(left, right) === (operator === "==");
  const order = runtime.compare(left, right);
  if (operator === "<") return order < 0;
  if (operator === "<=") return order <= 0;
  return operator === ">" ? order > 0 : order >= 0;
}

/** Only lists and objects of data are compared part by part, and only with their like. */
function chargeCompared(left: unknown, right: unknown, budget: Budget): void {
  if (typeof left === "string" && typeof right === "string")
    budget.chargeText(Math.min(left.length, right.length));
  if (typeof left !== "object" || typeof right !== "object") return;
  chargeWhole(left, budget);
  chargeWhole(right, budget);
}

function chargeContained(value: unknown, container: unknown, budget: Budget): void {
  if (typeof container === "string" || container instanceof Html) {
    const length = String(container).length;
    budget.chargeText(length);
    if (typeof value === "string" || value instanceof Html) budget.chargeSearch(length, String(value).length);
  } else if (Array.isArray(container)) {
    if (typeof value === "string" || (typeof value === "object" && value !== null))
      chargeWhole(container, budget);
    else budget.charge(container.length);
  } else if (typeof value === "object" && value !== null) {
    chargeWhole(container, budget);
  }
}

export function evaluateConcat({ parts }: Concat, body: Body): unknown {
  const { budget } = body.running.rt;
  const values = parts.map((part) => {
    const value = evaluate(part, body);
    if (typeof value === "object" && !(value instanceof Html)) chargeWhole(value, budget);
    return value;
  });
  const text = runtime.concatenate(values, body.escaping);
  budget.chargeMade(text);
  return text;
}

export function evaluateConditional({ test, then, otherwise }: Conditional, body: Body): unknown {
  if (holds(test, body)) return evaluate(then, body);
  return otherwise === undefined ? undefined : evaluate(otherwise, body);
}
