/** Decimals as SQLite keeps them: exact as text, so compared as numbers only where their order matters. */

import type { ColumnType } from "../../model/column-type.ts";
import { expressionType } from "../../query/expression-type.ts";
import type { CallNode, ComparisonNode, ExpressionNode } from "../../query/nodes.ts";

export type DecimalType = Extract<ColumnType, { readonly kind: "numeric" }>;

/** Whether values of the type are kept as text. */
export function isDecimal(type: ColumnType | undefined): type is DecimalType {
  return type?.kind === "numeric" && type.as === "string";
}

const numberFunctions: ReadonlySet<CallNode["name"]> = new Set(["sum", "avg", "min", "max", "abs", "round"]);

/** Whether SQLite has computed a number, though the type says decimal. */
export function givesNumber(node: ExpressionNode): boolean {
  return node.kind === "arithmetic" || (node.kind === "call" && numberFunctions.has(node.name));
}

/** Texts that are kept are equal if their decimals are; everything else about decimals is a matter of numbers. */
export function comparesAsNumbers({ left, operator, right }: ComparisonNode): boolean {
  if (!isDecimal(expressionType(left)) && !isDecimal(expressionType(right))) return false;
  const isOrder = operator === "<" || operator === "<=" || operator === ">" || operator === ">=";
  return isOrder || !isKept(left) || !isKept(right);
}

/** A decimal that is not sure to be a text as it is kept. */
export function isComputedDecimal(node: ExpressionNode): boolean {
  return isDecimal(expressionType(node)) && !isKept(node);
}

function isKept(node: ExpressionNode): boolean {
  const isStored = node.kind === "column" || node.kind === "excluded";
  return (isStored || node.kind === "parameter") && isDecimal(expressionType(node));
}
