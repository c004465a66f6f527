/** Takes conditions apart into nodes, and joins nodes by AND. Beside `query.ts`, so that relations can use it too. */
import { LimpidError } from "../../errors/index.ts";
import { Expression } from "./expression.ts";
import type { ExpressionNode } from "./nodes.ts";

/** `left AND right`, where there is a left. */
export function both(left: ExpressionNode | undefined, right: ExpressionNode): ExpressionNode {
  if (left === undefined) return right;
  if (left.kind === "logical" && left.operator === "and")
    return { kind: "logical", operator: "and", operands: [...left.operands, right] };
  return { kind: "logical", operator: "and", operands: [left, right] };
}

/** The node of a condition. Throws `LMP_ORM_QUERY_INVALID` for what is none: data from outside never is. */
export function conditionNode(condition: unknown): ExpressionNode {
  if (condition instanceof Expression) return condition.node;
  throw new LimpidError("LMP_ORM_QUERY_INVALID", "Rows are filtered by conditions.", {
    expected: 'User.name.eq("Ada"), and(…), or(…)',
    found: condition === null ? "null" : typeof condition,
    fix: "Write the comparison with a column of the model. Plain objects are never conditions.",
  });
}
