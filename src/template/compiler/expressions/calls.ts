/** Calls, filters and tests. */
import { textContext } from "../../escaper.ts";
import type { Arguments, Call, Expression, Filter, NamedArgument, Test } from "../../nodes.ts";
import { spelled } from "../../spelled.ts";
import { superHeight } from "../../super-height.ts";
import { unknownFilter, unknownTest } from "../../unknown-name.ts";
import type { Body } from "../body.ts";
import { quoted } from "../code.ts";
import { filterScopeCode } from "../escaping-code.ts";
import { awaited, compileExpression } from "../parts.ts";

/** Code for an array of the positional arguments. */
export function positionalCode({ positional, spread }: Arguments, body: Body): string {
  const values = positional.map((value) => compileExpression(value, body));
  if (spread !== undefined) values.push(`...R.toArray(${compileExpression(spread, body)})`);
  return `[${values.join(", ")}]`;
}

/** Code for the named arguments, `caller` among them if there is one: undefined where there are none. */
export function namedCode({ named, namedSpread }: Arguments, body: Body, caller?: string): string {
  if (named.length === 0 && namedSpread === undefined && caller === undefined) return "undefined";
  const pairs = named.map(
    ({ name, value }: NamedArgument) => `${quoted(name)}, ${compileExpression(value, body)}`,
  );
  if (caller !== undefined) pairs.push(`"caller", ${caller}`);
  const spread = namedSpread === undefined ? "undefined" : compileExpression(namedSpread, body);
  return `R.namedArguments([${pairs.join(", ")}], ${spread})`;
}

export function compileCall(node: Call, body: Body): string {
  return awaited(special(node, body) ?? plainCall(node, body), body);
}

function plainCall({ callee, arguments: given }: Call, body: Body): string {
  const values = `${positionalCode(given, body)}, ${namedCode(given, body)}, ${quoted(spelled(callee))}`;
  if (callee.type === "Attribute") {
    const object = compileExpression(callee.object, body);
    return `R.callMethod(${object}, ${quoted(callee.name)}, ${quoted(spelled(callee.object))}, ${values})`;
  }
  return `R.call(${compileExpression(callee, body)}, ${values})`;
}

/** Calls whose text is that of another function of the template: `super()`, `self.name()`, `loop(…)`. */
function special(node: Call, body: Body): string | undefined {
  const text = textOfCall(node, body, body.script.constants.context(textContext));
  if (text === undefined) return undefined;
  return body.escaping === false ? text : `f.html(${text})`;
}

/** Code for the text of such a call, fit for a place; undefined for other calls. */
export function textOfCall(
  { callee, arguments: given }: Call,
  body: Body,
  place: string,
): string | undefined {
  const { script, scope, block } = body;
  const height = superHeight(callee);
  if (height > 0 && block !== undefined) {
    return textCode(
      body,
      `super`,
      `${quoted(block.name)}, ${script.constants.unit(block.unit)}, ${height}, c, ${place}`,
    );
  }
  if (callee.type === "Name" && callee.name === "loop" && body.loop?.again !== undefined) {
    if (scope.find("loop") !== body.loop.loop) return undefined;
    const [items] = given.positional;
    const again = `${body.loop.again}(${items === undefined ? "undefined" : compileExpression(items, body)}, ${body.loop.loop}.depth)`;
    return script.async ? `await ${again}` : again;
  }
  if (callee.type === "Attribute" && isSelf(callee.object, body)) {
    return textCode(body, "self", `${quoted(callee.name)}, c, ${place}`);
  }
  return undefined;
}

function textCode({ script }: Body, method: string, values: string): string {
  return script.async ? `await R.${method}Async(f, ${values})` : `R.${method}(f, ${values})`;
}

function isSelf(node: Expression, { scope }: Body): boolean {
  return node.type === "Name" && node.name === "self" && scope.find("self") === undefined;
}

export function compileFilter(node: Filter, body: Body): string {
  const { input, name, arguments: given } = node;
  const { script } = body;
  const tolerant = name === "default" || name === "d";
  const value = compileExpression(input, body, tolerant);
  if (!script.library.filters.has(name)) {
    const error = unknownFilter(name, script.library.filters.keys());
    if (!body.conditional) throw error.locate(script.source, node.at);
    return `R.unknownFilter(${value}, ${quoted(name)})`;
  }
  return awaited(applied(script.constants.filter(name), name, value, given, body), body);
}

export function compileTest(node: Test, body: Body): string {
  const { input, name, arguments: given } = node;
  const { script } = body;
  if (name === "defined") return `(${compileExpression(input, body, true)} !== undefined)`;
  if (name === "undefined") return `(${compileExpression(input, body, true)} === undefined)`;
  const value = compileExpression(input, body);
  if (!script.library.tests.has(name)) {
    const error = unknownTest(name, script.library.tests.keys());
    if (!body.conditional) throw error.locate(script.source, node.at);
    return `R.unknownTest(${value}, ${quoted(name)})`;
  }
  return `R.truthy(${awaited(applied(script.constants.test(name), name, value, given, body), body)})`;
}

/** Positional arguments go straight to the function; named ones have to find their places. */
function applied(fn: string, name: string, value: string, given: Arguments, body: Body): string {
  const scope = filterScopeCode(body);
  if (given.named.length === 0 && given.namedSpread === undefined && given.spread === undefined) {
    const values = [value, ...given.positional.map((argument) => compileExpression(argument, body))];
    return `${fn}.call(${scope}, ${values.join(", ")})`;
  }
  const positional = positionalCode(given, body).slice(1);
  const values = `[${value}${positional === "]" ? "" : ", "}${positional}`;
  return `R.invoke(${fn}, ${scope}, ${values}, ${namedCode(given, body)}, ${quoted(name)})`;
}
