/** Expressions: what compiles each kind. */
import type { Expression } from "../nodes.ts";
import type { Body } from "./body.ts";
import { compileCall, compileFilter, compileTest } from "./expressions/calls.ts";
import { compileDict, compileList, compileLiteral } from "./expressions/literals.ts";
import { compileAttribute, compileItem, compileName, compileSlice } from "./expressions/names.ts";
import {
  compileBinary,
  compileCompare,
  compileConcat,
  compileConditional,
  compileUnary,
  conditionOf,
} from "./expressions/operators.ts";

type Compilers = {
  readonly [Type in Expression["type"]]: (
    node: Extract<Expression, { type: Type }>,
    body: Body,
    tolerant: boolean,
  ) => string;
};

const compilers: Compilers = {
  Literal: compileLiteral,
  List: compileList,
  Dict: compileDict,
  Name: compileName,
  Attribute: compileAttribute,
  Item: compileItem,
  Slice: compileSlice,
  Call: compileCall,
  Filter: compileFilter,
  Test: compileTest,
  Unary: compileUnary,
  Binary: compileBinary,
  Compare: compileCompare,
  Concat: compileConcat,
  Conditional: compileConditional,
  Captured: (_, { captured }) => captured ?? "undefined",
};

export function expressionCode(node: Expression, body: Body, tolerant: boolean): string {
  const compile = compilers[node.type] as (node: Expression, body: Body, tolerant: boolean) => string;
  return compile(node, body, tolerant);
}

export function conditionCode(node: Expression, body: Body): string {
  return conditionOf(node, body) ?? `R.truthy(${expressionCode(node, body, isAttribute(node))})`;
}

/** Whether an attribute is there is a fair question to ask; a name that is not known is a slip. */
function isAttribute(node: Expression): boolean {
  return node.type === "Attribute" || node.type === "Item";
}
