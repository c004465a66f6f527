/** Calls, filters and tests. */
import { type HtmlContext, textContext } from "../../escaper.ts";
import type { Arguments, Call, Expression, Filter, Test } from "../../nodes.ts";
import { runtime } from "../../runtime.ts";
import { spelled } from "../../spelled.ts";
import { superHeight } from "../../super-height.ts";
import { invoke, type NamedArguments } from "../../values/call.ts";
import { toArray } from "../../values/iterate.ts";
import { truthy } from "../../values/truth.ts";
import type { Body } from "../body.ts";
import { chargeMethod } from "../charges.ts";
import { evaluate } from "../parts.ts";
import { refusedFunction } from "../permission.ts";
import { methodOf } from "./names.ts";

/** The positional arguments, those that `*` spreads among them. */
export function positionalOf({ positional, spread }: Arguments, body: Body): unknown[] {
  const values = positional.map((value) => evaluate(value, body));
  if (spread === undefined) return values;
  const rest = toArray(evaluate(spread, body));
  body.running.rt.budget.charge(rest.length);
  return values.concat(rest);
}

/** The named arguments, `caller` among them if there is one; undefined where there are none. */
export function namedOf(
  { named, namedSpread }: Arguments,
  body: Body,
  caller?: unknown,
): NamedArguments | undefined {
  if (named.length === 0 && namedSpread === undefined && caller === undefined) return undefined;
  const pairs = named.flatMap(({ name, value }) => [name, evaluate(value, body)]);
  if (caller !== undefined) pairs.push("caller", caller);
  return runtime.namedArguments(pairs, namedSpread === undefined ? undefined : evaluate(namedSpread, body));
}

export function evaluateCall(node: Call, body: Body): unknown {
  const text = textOfCall(node, body, textContext);
  if (text !== undefined) return body.escaping ? body.running.frame.html(text) : text;
  const { callee } = node;
  const owner = callee.type === "Attribute" ? evaluate(callee.object, body) : undefined;
  const fn = callee.type === "Attribute" ? methodOf(owner, callee, body) : evaluate(callee, body);
  const positional = positionalOf(node.arguments, body);
  return called({ fn, owner, spelled: spelled(callee) }, positional, namedOf(node.arguments, body), body);
}

/** A function, the object that it is a method of, and how the template writes it. */
export interface Callee {
  readonly fn: unknown;
  readonly owner: unknown;
  readonly spelled: string;
}

/** Calls a function that the template may call; what it reads and makes is charged for. */
export function called(
  { fn, owner, spelled: name }: Callee,
  positional: readonly unknown[],
  named: NamedArguments | undefined,
  { running }: Body,
): unknown {
  const { budget, permission } = running.rt;
  if (typeof fn === "function" && !permission.allows(fn)) throw refusedFunction(name);
  chargeMethod(owner, name, positional, budget);
  const value = invoke(fn, owner, positional, named, name);
  budget.look();
  budget.chargeMade(value);
  permission.noteResult(fn, value);
  return value;
}

/**
 * The text of calls whose text is that of another function of the template, `super()`, `self.name()` and `loop(…)`,
 * fit for a place; undefined for other calls.
 */
export function textOfCall(
  { callee, arguments: given }: Call,
  body: Body,
  place: HtmlContext,
): string | undefined {
  const { running, block, loop } = body;
  const { frame, context } = running;
  const height = superHeight(callee);
  if (height > 0 && block !== undefined) {
    return frame.super(block.name, block.unit, height, context, place);
  }
  if (
    callee.type === "Name" &&
    callee.name === "loop" &&
    loop?.again !== undefined &&
    loop.loop !== undefined
  ) {
    if (body.scope.find("loop")?.own("loop") !== loop.loop) return undefined;
    const [items] = given.positional;
    return loop.again(items === undefined ? undefined : evaluate(items, body), loop.loop.depth);
  }
  if (callee.type === "Attribute" && isSelf(callee.object, body))
    return frame.self(callee.name, context, place);
  return undefined;
}

function isSelf(node: Expression, { scope }: Body): boolean {
  return node.type === "Name" && node.name === "self" && scope.find("self") === undefined;
}

export function evaluateFilter(node: Filter, body: Body): unknown {
  const { input, name, arguments: given } = node;
  const value = evaluate(input, body, name === "default" || name === "d");
  const scope = scopeOf(body);
  return invoke(scope.filter(name), scope, [value, ...positionalOf(given, body)], namedOf(given, body), name);
}

export function evaluateTest(node: Test, body: Body): boolean {
  const { input, name, arguments: given } = node;
  if (name === "defined") return evaluate(input, body, true) !== undefined;
  if (name === "undefined") return evaluate(input, body, true) === undefined;
  const value = evaluate(input, body);
  const scope = scopeOf(body);
  return truthy(
    invoke(scope.test(name), scope, [value, ...positionalOf(given, body)], namedOf(given, body), name),
  );
}

function scopeOf({ escaping, running }: Body): Body["running"]["rt"]["scopes"]["plain"] {
  return escaping ? running.rt.scopes.escaping : running.rt.scopes.plain;
}
