/** A macro, or the body of a `call` block, as a function that runs it. */
import { storedNames } from "../compiler/stored-names.ts";
import { mentions } from "../compiler/uses.ts";
import type { CallBlock, Macro } from "../nodes.ts";
import { MacroValue, macroFunction } from "../runtime/macro.ts";
import type { Table } from "../runtime/unit.ts";
import { type Body, innerRole, read } from "./body.ts";
import { evaluate, runStatements } from "./parts.ts";
import { Scope } from "./scope.ts";

/** Names that a macro's body gets when it uses them, in the order in which they are bound. */
const extras = ["caller", "kwargs", "varargs"] as const;

/** Those of the extras that a macro uses, found once for each. */
const used = new WeakMap<object, ReadonlySet<string>>();

export function macroValue(node: Macro | CallBlock, name: string, body: Body): unknown {
  const unit = body.running.program.units.get(node) ?? body.unit;
  const bound = extrasOf(node);
  const signature = {
    name,
    parameters: node.parameters.map((parameter) => parameter.name),
    caller: bound.has("caller"),
    kwargs: bound.has("kwargs"),
    varargs: bound.has("varargs"),
    escaping: body.escaping,
  };
  const run = (table: Table | null, values: readonly unknown[]): string => {
    const inner: Body = {
      ...body,
      scope: new Scope(body.scope),
      unit,
      table,
      out: { text: "" },
      role: innerRole(body),
      toplevel: false,
      silent: false,
      loop: undefined,
    };
    return runMacro(node, bound, inner, values);
  };
  return macroFunction(new MacroValue(signature, unit, run));
}

function runMacro(
  node: Macro | CallBlock,
  bound: ReadonlySet<string>,
  inner: Body,
  values: readonly unknown[],
): string {
  const { budget } = inner.running.rt;
  budget.enter();
  bindParameters(node, bound, inner, values);
  for (const name of storedNames(node.body)) inner.scope.declare(name, read(inner, name));
  runStatements(node.body, inner);
  budget.leave();
  return inner.out.text;
}

/** A parameter that is left out has its default, which may use the parameters before it. */
function bindParameters(
  { parameters }: Macro | CallBlock,
  bound: ReadonlySet<string>,
  inner: Body,
  values: readonly unknown[],
): void {
  for (const [index, parameter] of parameters.entries()) {
    const { name, default: otherwise } = parameter;
    const isLeftOut = otherwise !== undefined && !(index in values);
    inner.scope.declare(name, isLeftOut ? evaluate(otherwise, inner) : values[index]);
  }
  let index = parameters.length;
  for (const name of bound) inner.scope.declare(name, values[index++]);
}

function extrasOf(node: Macro | CallBlock): ReadonlySet<string> {
  let names = used.get(node);
  if (names === undefined) {
    const parameters = new Set(node.parameters.map(({ name }) => name));
    const parts = [node.body, node.parameters];
    names = new Set(extras.filter((extra) => !parameters.has(extra) && mentions(parts, extra)));
    used.set(node, names);
  }
  return names;
}
