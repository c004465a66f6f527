/** `{% for %}`, with `else`, a condition, `loop`, unpacking and recursion. */
import { addTarget, storedNames } from "../../compiler/stored-names.ts";
import { uses } from "../../compiler/uses.ts";
import type { For } from "../../nodes.ts";
import { Loop } from "../../runtime/loop.ts";
import { iterate, toArray } from "../../values/iterate.ts";
import { appendWritten } from "../append.ts";
import { type Body, innerRole, nested, type RunningLoop, read, type Signal } from "../body.ts";
import { evaluate, holds, runStatements } from "../parts.ts";
import { Scope } from "../scope.ts";
import { bindTarget } from "../targets.ts";

/** What is found out once about each loop. */
interface Facts {
  readonly usesLoop: boolean;
  readonly targets: ReadonlySet<string>;
  readonly stored: ReadonlySet<string>;
}

const known = new WeakMap<For, Facts>();

export function runFor(node: For, body: Body): Signal {
  if (!node.recursive) return runRounds(node, body, evaluate(node.iterable, body), 0);
  const { budget } = body.running.rt;
  /** Each call for the items below has variables of its own. */
  const again = (items: unknown, depth: number): string => {
    budget.enter();
    const out = { text: "" };
    const scope = new Scope(body.scope);
    const inner = { ...body, out, scope, role: innerRole(body), toplevel: false };
    runRounds(node, inner, items, depth, again);
    budget.leave();
    return out.text;
  };
  appendWritten(body, again(evaluate(node.iterable, body), 0));
  return undefined;
}

function runRounds(
  node: For,
  body: Body,
  iterable: unknown,
  depth: number,
  again?: RunningLoop["again"],
): Signal {
  const { usesLoop, targets, stored } = factsOf(node);
  const withLoop = usesLoop || again !== undefined;
  const items = withLoop ? itemsOf(node, iterable, body) : iterate(iterable);
  const loop = withLoop ? new Loop(items as unknown[], depth) : undefined;
  let ran = false;
  for (const item of items) {
    body.running.rt.budget.charge(1);
    const inner = nested(body, { conditional: true, loop: { loop, again } });
    bindTarget(node.target, item, inner, (name, value) => inner.scope.declare(name, value));
    if (
      loop === undefined &&
      node.condition !== undefined &&
      !holds(node.condition, { ...inner, loop: body.loop })
    )
      continue;
    ran = true;
    if (loop !== undefined) {
      loop.index0 += 1;
      inner.scope.declare("loop", loop);
    }
    // What the body sets is new in every round and begins as it is outside.
    for (const name of stored) inner.scope.declare(name, read(targets.has(name) ? inner : body, name));
    if (runStatements(node.body, inner) === "break") break;
  }
  return ran || node.otherwise === undefined ? undefined : runOtherwise(node.otherwise, body);
}

function runOtherwise(statements: NonNullable<For["otherwise"]>, body: Body): Signal {
  const inner = nested(body, { conditional: true });
  for (const name of storedNames(statements)) inner.scope.declare(name, read(body, name));
  return runStatements(statements, inner);
}

/** With a condition, `loop` counts only the items that meet it. */
function itemsOf(node: For, iterable: unknown, body: Body): unknown[] {
  const { budget } = body.running.rt;
  if (typeof iterable === "string") budget.charge(iterable.length);
  const items = toArray(iterable);
  const { condition } = node;
  if (condition === undefined) return items;
  return items.filter((item) => {
    budget.charge(1);
    const inner = nested(body);
    bindTarget(node.target, item, inner, (name, value) => inner.scope.declare(name, value));
    return holds(condition, inner);
  });
}

function factsOf(node: For): Facts {
  let facts = known.get(node);
  if (facts === undefined) {
    const targets = new Set<string>();
    addTarget(node.target, targets);
    facts = { usesLoop: uses([node.body], "loop"), targets, stored: storedNames(node.body) };
    known.set(node, facts);
  }
  return facts;
}
