/** Conditions made of conditions. */

import { conditionNode } from "./condition-node.ts";
import { type Condition, type Expression, truth } from "./expression.ts";
import { queryNode, type Subquery } from "./subquery.ts";

/** All of these; those that are `undefined` are left out. Of none: true. */
export function and(...conditions: readonly (Condition | undefined)[]): Expression<boolean> {
  return logical("and", conditions);
}

/** At least one of these; those that are `undefined` are left out. Of none: false. */
export function or(...conditions: readonly (Condition | undefined)[]): Expression<boolean> {
  return logical("or", conditions);
}

export function not(condition: Condition): Expression<boolean> {
  return truth({ kind: "not", operand: conditionNode(condition) });
}

/** Whether a query gives a row. */
export function exists(query: Subquery): Expression<boolean> {
  return truth({ kind: "exists", query: queryNode(query), negated: false });
}

function logical(
  operator: "and" | "or",
  conditions: readonly (Condition | undefined)[],
): Expression<boolean> {
  const operands = conditions.filter((condition) => condition !== undefined).map(conditionNode);
  const [only, ...others] = operands;
  if (only !== undefined && others.length === 0) return truth(only);
  return truth({ kind: "logical", operator, operands });
}
