/** The parts of a node, compiled: what the files of single nodes call for what stands inside. */
import type { Expression, Node } from "../nodes.ts";
import type { Body } from "./body.ts";

/**
 * Code for the value of an expression. Tolerant code gives undefined where strict code would throw because a name or
 * an attribute is not there: it stands where that is the question.
 */
export function compileExpression(node: Expression, body: Body, tolerant = false): string {
  return body.script.compilers.expression(node, body, tolerant);
}

/** Code that is true or false. */
export function compileCondition(node: Expression, body: Body): string {
  return body.script.compilers.condition(node, body);
}

export function compileStatements(nodes: readonly Node[], body: Body): void {
  body.script.compilers.statements(nodes, body);
}

/** Code for a value that may be a promise, which is waited for. */
export function awaited(code: string, body: Body): string {
  if (!body.script.async) return code;
  const variable = body.scope.names.temporary();
  return `(R.isPromise(${variable} = ${code}) ? await rt.wait(${variable}) : ${variable})`;
}
