/** Expressions: what evaluates each kind, with a step for each and a place for each error. */
import type { Expression } from "../nodes.ts";
import { spelled } from "../spelled.ts";
import type { Body } from "./body.ts";
import { evaluateCall, evaluateFilter, evaluateTest } from "./expressions/calls.ts";
import { evaluateDict, evaluateList, evaluateLiteral } from "./expressions/literals.ts";
import { evaluateAttribute, evaluateItem, evaluateName, evaluateSlice } from "./expressions/names.ts";
import {
  evaluateBinary,
  evaluateCompare,
  evaluateConcat,
  evaluateConditional,
  evaluateUnary,
} from "./expressions/operators.ts";
import { locatedError } from "./located-error.ts";
import { refusedFunction } from "./permission.ts";

type Evaluators = {
  readonly [Type in Expression["type"]]: (
    node: Extract<Expression, { type: Type }>,
    body: Body,
    tolerant: boolean,
  ) => unknown;
};

const evaluators: Evaluators = {
  Literal: evaluateLiteral,
  List: evaluateList,
  Dict: evaluateDict,
  Name: evaluateName,
  Attribute: evaluateAttribute,
  Item: evaluateItem,
  Slice: evaluateSlice,
  Call: evaluateCall,
  Filter: evaluateFilter,
  Test: evaluateTest,
  Unary: evaluateUnary,
  Binary: evaluateBinary,
  Compare: evaluateCompare,
  Concat: evaluateConcat,
  Conditional: evaluateConditional,
  Captured: (_, { captured }) => captured,
};

export function expressionValue(node: Expression, body: Body, tolerant: boolean): unknown {
  const { rt, program } = body.running;
  const evaluator = evaluators[node.type] as (node: Expression, body: Body, tolerant: boolean) => unknown;
  try {
    rt.budget.descend();
    const value = evaluator(node, body, tolerant);
    rt.budget.rise();
    if (typeof value === "function" && !tolerant && !rt.permission.allows(value))
      throw refusedFunction(spelled(node));
    return value;
  } catch (error) {
    throw locatedError(error, program.source, node.at);
  }
}
