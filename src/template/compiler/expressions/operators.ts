/** Operators: arithmetic, comparison, `and`, `or`, `not`, `~` and the inline `if`. */
import type {
  Binary,
  BinaryOperator,
  Compare,
  CompareOperator,
  Concat,
  Conditional,
  Expression,
  Unary,
} from "../../nodes.ts";
import type { Body } from "../body.ts";
import { escapingCode } from "../escaping-code.ts";
import { compileCondition, compileExpression } from "../parts.ts";

const functions: Readonly<Record<Exclude<BinaryOperator, "and" | "or">, string>> = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "//": "floorDivide",
  "%": "modulo",
  "**": "power",
};

export function compileUnary({ operator, operand }: Unary, body: Body): string {
  if (operator === "not") return `!${compileCondition(operand, body)}`;
  return `R.${operator === "-" ? "negate" : "positive"}(${compileExpression(operand, body)})`;
}

/** `and` and `or` give one of their operands, as in Python. */
export function compileBinary({ operator, left, right }: Binary, body: Body): string {
  if (operator !== "and" && operator !== "or") {
    return `R.${functions[operator]}(${compileExpression(left, body)}, ${compileExpression(right, body)})`;
  }
  const variable = body.scope.names.temporary();
  const first = `R.truthy(${variable} = ${compileExpression(left, body, asksForAttribute(left))})`;
  const second = compileExpression(right, { ...body, conditional: true });
  return operator === "and" ? `(${first} ? ${second} : ${variable})` : `(${first} ? ${variable} : ${second})`;
}

/** In `errors.title or ""` an attribute that is not there is no slip. */
function asksForAttribute({ type }: Expression): boolean {
  return type === "Attribute" || type === "Item";
}

export function compileCompare({ first, comparisons }: Compare, body: Body): string {
  let left = compileExpression(first, body);
  const parts = comparisons.map(({ operator, right }, index) => {
    const value = compileExpression(right, body);
    if (index === comparisons.length - 1) return comparison(operator, left, value);
    const variable = body.scope.names.temporary();
    const part = comparison(operator, left, `(${variable} = ${value})`);
    left = variable;
    return part;
  });
  return parts.length === 1 ? (parts[0] ?? "true") : `(${parts.join(" && ")})`;
}

function comparison(operator: CompareOperator, left: string, right: string): string {
  switch (operator) {
    case "==":
      return `R.equals(${left}, ${right})`;
    case "!=":
      return `!R.equals(${left}, ${right})`;
    case "in":
      return `R.isIn(${left}, ${right})`;
    case "not in":
      return `!R.isIn(${left}, ${right})`;
    default:
      return `(R.compare(${left}, ${right}) ${operator} 0)`;
  }
}

export function compileConcat({ parts }: Concat, body: Body): string {
  const values = parts.map((part) => compileExpression(part, body)).join(", ");
  return `R.concatenate([${values}], ${escapingCode(body)})`;
}

export function compileConditional({ test, then, otherwise }: Conditional, body: Body): string {
  const inner = { ...body, conditional: true };
  const other = otherwise === undefined ? "undefined" : compileExpression(otherwise, inner);
  return `(${compileCondition(test, body)} ? ${compileExpression(then, inner)} : ${other})`;
}

/** Code for an expression that is true or false by itself; undefined for others. */
export function conditionOf(node: Expression, body: Body): string | undefined {
  switch (node.type) {
    case "Test":
    case "Compare":
      return compileExpression(node, body);
    case "Unary":
      return node.operator === "not" ? compileExpression(node, body) : undefined;
    case "Binary": {
      if (node.operator !== "and" && node.operator !== "or") return undefined;
      const operator = node.operator === "and" ? "&&" : "||";
      return `(${compileCondition(node.left, body)} ${operator} ${compileCondition(node.right, { ...body, conditional: true })})`;
    }
    case "Literal":
      return typeof node.value === "boolean" ? String(node.value) : undefined;
    default:
      return undefined;
  }
}
