/** Expressions: what compiles each kind, and how a name, a condition or a value that may be a promise is written. */
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

/**
 * Code for the value of an expression. Tolerant code gives undefined where strict code would throw because a name or
 * an attribute is not there: it stands where that is the question.
 */
export function compileExpression(node: Expression, body: Body, tolerant = false): string {
  const compile = compilers[node.type] as (node: Expression, body: Body, tolerant: boolean) => string;
  return compile(node, body, tolerant);
}

/** Code that is true or false. */
export function compileCondition(node: Expression, body: Body): string {
  return conditionOf(node, body) ?? `R.truthy(${compileExpression(node, body, isAttribute(node))})`;
}

/** Whether an attribute is there is a fair question to ask; a name that is not known is a slip. */
function isAttribute(node: Expression): boolean {
  return node.type === "Attribute" || node.type === "Item";
}

/** Code for a value that may be a promise, which is waited for. */
export function awaited(code: string, body: Body): string {
  if (!body.script.async) return code;
  const variable = body.scope.names.temporary();
  return `(R.isPromise(${variable} = ${code}) ? await rt.wait(${variable}) : ${variable})`;
}
