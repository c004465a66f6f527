/** `{{ … }}` */

import type { Call, CallBlock, Output } from "../../nodes.ts";
import { spelled } from "../../spelled.ts";
import { append, fitted, placeOf } from "../append.ts";
import { type Body, write } from "../body.ts";
import { quoted } from "../code.ts";
import { namedCode, positionalCode, textOfCall } from "../expressions/calls.ts";
import { awaited, compileExpression } from "../parts.ts";

export function compileOutput(node: Output, body: Body): void {
  if (body.silent) return;
  const { expression } = node;
  if (expression.type === "Call") {
    compileCallOutput(node, expression, body);
    return;
  }
  const value = body.scope.names.temporary();
  write(body, `${value} = ${compileExpression(expression, body)};`, expression);
  append(body, fitted(body, value, node), expression);
}

/**
 * A macro writes what fits the place; what other functions give is escaped for it. `caller` is the variable with the
 * body of a `call` block.
 */
export function compileCallOutput(node: Output | CallBlock, call: Call, body: Body, caller?: string): void {
  const text = textOfCall(call, body, placeOf(body, node));
  if (text !== undefined) {
    append(body, text, call);
    return;
  }
  const { names } = body.scope;
  const [fn, positional, named, value] = [
    names.temporary(),
    names.temporary(),
    names.temporary(),
    names.temporary(),
  ];
  const { callee } = call;
  const object = callee.type === "Attribute" ? names.temporary() : "undefined";
  if (callee.type === "Attribute") {
    write(body, `${object} = ${compileExpression(callee.object, body)};`, callee.object);
    write(
      body,
      `${fn} = R.method(${object}, ${quoted(callee.name)}, ${quoted(spelled(callee.object))});`,
      callee,
    );
  } else write(body, `${fn} = ${compileExpression(callee, body)};`, callee);
  write(body, `${positional} = ${positionalCode(call.arguments, body)};`, call);
  write(body, `${named} = ${namedCode(call.arguments, body, caller)};`, call);
  const macro = names.temporary();
  write(body, `if ((${macro} = R.macroOf(${fn})) !== undefined) {`, call);
  const fit = `${macro}.fit(${placeOf(body, node)}, ${positional}, ${named})`;
  append(body, body.script.async ? `await ${fit}` : fit, call);
  write(body, "} else {", call);
  const result = `R.invoke(${fn}, ${object}, ${positional}, ${named}, ${quoted(spelled(callee))})`;
  write(body, `${value} = ${awaited(result, body)};`, call);
  append(body, fitted(body, value, node), call);
  write(body, "}", call);
}
