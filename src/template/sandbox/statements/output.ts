/** `{{ … }}` */
import type { Call, CallBlock, Output } from "../../nodes.ts";
import { fittingMacroOf } from "../../runtime/macro.ts";
import { spelled } from "../../spelled.ts";
import { append, appendWritten, fitted, placeOf } from "../append.ts";
import { type Body, isExtending } from "../body.ts";
import { called, namedOf, positionalOf, textOfCall } from "../expressions/calls.ts";
import { methodOf } from "../expressions/names.ts";
import { evaluate } from "../parts.ts";

export function runOutput(node: Output, body: Body): undefined {
  if (body.silent || isExtending(body)) return;
  const { expression } = node;
  if (expression.type === "Call") writeCall(node, expression, body);
  else append(body, fitted(body, evaluate(expression, body), node));
}

/**
 * A macro writes what fits the place; what other functions give is escaped for it. `caller` is the body of a `call`
 * block.
 */
export function writeCall(node: Output | CallBlock, call: Call, body: Body, caller?: unknown): void {
  const text = textOfCall(call, body, placeOf(body, node));
  if (text !== undefined) {
    appendWritten(body, text);
    return;
  }
  const { callee, arguments: given } = call;
  const owner = callee.type === "Attribute" ? evaluate(callee.object, body) : undefined;
  const fn = callee.type === "Attribute" ? methodOf(owner, callee, body) : evaluate(callee, body);
  const positional = positionalOf(given, body);
  const named = namedOf(given, body, caller);
  const macro = fittingMacroOf(fn);
  if (macro === undefined) {
    append(
      body,
      fitted(body, called({ fn, owner, spelled: spelled(callee) }, positional, named, body), node),
    );
  } else {
    appendWritten(body, macro.fit(placeOf(body, node), positional, named) as string);
  }
}
