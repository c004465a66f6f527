/** The parts of a node at work: what the files of single nodes call for what stands inside. */
import type { Expression, Node } from "../nodes.ts";
import { truthy } from "../values/truth.ts";
import type { Body, Signal } from "./body.ts";

/**
 * The value of an expression. A tolerant evaluation gives undefined where a name or an attribute is not there: it
 * stands where that is the question, so that a function which may not be called is no error there either.
 */
export function evaluate(node: Expression, body: Body, tolerant = false): unknown {
  return body.running.program.interpreters.expression(node, body, tolerant);
}

/** Whether a condition holds. */
export function holds(node: Expression, body: Body): boolean {
  if (node.type === "Binary" && node.operator === "and")
    return holds(node.left, body) && holds(node.right, body);
  if (node.type === "Binary" && node.operator === "or")
    return holds(node.left, body) || holds(node.right, body);
  return truthy(evaluate(node, body, isAttribute(node)));
}

/** Whether an attribute is there is a fair question to ask; a name that is not known is a slip. */
export function isAttribute({ type }: Expression): boolean {
  return type === "Attribute" || type === "Item";
}

/** Runs statements up to the end, or to a `break` or `continue`, which it gives to the loop around them. */
export function runStatements(nodes: readonly Node[], body: Body): Signal {
  return body.running.program.interpreters.statements(nodes, body);
}
