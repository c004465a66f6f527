/** Everything that compiled code calls, under the names by which it does. */
import type { Data } from "./runtime/context.ts";
import type { Frame } from "./runtime/frame.ts";
import { Loop } from "./runtime/loop.ts";
import { fittingMacroOf, type MacroBody, MacroValue, macroFunction } from "./runtime/macro.ts";
import { captured, nonced, plain } from "./runtime/pieces.ts";
import { printed } from "./runtime/printed.ts";
import { isPromise } from "./runtime/promise.ts";
import {
  attributeOf,
  itemOf,
  methodOf,
  strictAttribute,
  strictItem,
  strictName,
  tolerantAttribute,
  tolerantItem,
} from "./runtime/reading.ts";
import { Sink } from "./runtime/sink.ts";
import type { Unit } from "./runtime/unit.ts";
import { unpack } from "./runtime/unpack.ts";
import { TemplateError } from "./template-error.ts";
import { unknownFilter, unknownTest } from "./unknown-name.ts";
import {
  add,
  divide,
  floorDivide,
  modulo,
  multiply,
  negate,
  positive,
  power,
  subtract,
} from "./values/arithmetic.ts";
import { invoke, NamedArguments } from "./values/call.ts";
import { concatenate } from "./values/concatenate.ts";
import { contains } from "./values/contains.ts";
import { equals } from "./values/equality.ts";
import { slice } from "./values/item.ts";
import { iterate, toArray } from "./values/iterate.ts";
import { keyOf } from "./values/keys.ts";
import { kindOf } from "./values/kind.ts";
import { Namespace } from "./values/namespace.ts";
import { compare } from "./values/order.ts";
import { print } from "./values/print.ts";
import { truthy } from "./values/truth.ts";

export const runtime = {
  // values
  add,
  subtract,
  multiply,
  divide,
  floorDivide,
  modulo,
  power,
  negate,
  positive,
  compare,
  equals,
  truthy,
  slice,
  iterate,
  toArray,
  unpack,
  isIn: (value: unknown, container: unknown) => contains(container, value),
  concatenate: (parts: readonly unknown[], escaping: boolean) =>
    escaping ? concatenate(parts) : parts.map(print).join(""),
  dict,
  // names
  attribute: attributeOf,
  strictAttribute,
  tolerantAttribute,
  item: itemOf,
  strictItem,
  tolerantItem,
  strictName,
  setNamespace,
  imported,
  nothing: Object.freeze({}),
  // calls
  invoke,
  call: (fn: unknown, positional: readonly unknown[], named: NamedArguments | undefined, spelled: string) =>
    invoke(fn, undefined, positional, named, spelled),
  method: methodOf,
  callMethod,
  namedArguments,
  macro,
  macroOf: fittingMacroOf,
  tag: (
    frame: Frame,
    name: string,
    positional: readonly unknown[],
    named: NamedArguments | undefined,
    body: unknown,
  ) => frame.rt.host.tag(name, positional, named, body as (() => unknown) | undefined),
  // text
  plain,
  printed,
  nonced,
  captured,
  sink: () => new Sink(),
  super: (frame: Frame, ...values: Parameters<Frame["super"]>) => frame.super(...values),
  self: (frame: Frame, ...values: Parameters<Frame["self"]>) => frame.self(...values),
  superAsync: (frame: Frame, ...values: Parameters<Frame["super"]>) =>
    gathered((out) => frame.superAsync(...values, out)),
  selfAsync: (frame: Frame, ...values: Parameters<Frame["self"]>) =>
    gathered((out) => frame.selfAsync(...values, out)),
  // loops and promises
  Loop,
  chosen,
  isPromise,
  // what is found missing only when it is reached
  unknownFilter: (_: unknown, name: string) => {
    throw unknownFilter(name, []);
  },
  unknownTest: (_: unknown, name: string) => {
    throw unknownTest(name, []);
  },
};

function callMethod(
  object: unknown,
  name: string,
  owner: string,
  positional: readonly unknown[],
  named: NamedArguments | undefined,
  spelled: string,
): unknown {
  return invoke(methodOf(object, name, owner), object, positional, named, spelled);
}

function macro(
  unit: Unit,
  name: string,
  parameters: readonly string[],
  caller: boolean,
  kwargs: boolean,
  varargs: boolean,
  escaping: boolean,
  body: MacroBody,
): (...values: unknown[]) => unknown {
  return macroFunction(new MacroValue({ name, parameters, caller, kwargs, varargs, escaping }, unit, body));
}

/** Keys and values in turn. */
function dict(pairs: readonly unknown[]): Data {
  const object: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (let index = 0; index < pairs.length; index += 2) object[keyOf(pairs[index])] = pairs[index + 1];
  return object;
}

/** Names and values in turn, then what `**` spreads. */
function namedArguments(pairs: readonly unknown[], spread: unknown): NamedArguments {
  const named = new NamedArguments(dict(pairs));
  if (spread === undefined) return named;
  for (const key of toArray(spread)) {
    const name = keyOf(key);
    if (Object.hasOwn(named, name)) {
      throw new TemplateError("LMP_TEMPLATE_ARGUMENT_INVALID", `The argument \`${name}\` is given twice.`, {
        fix: "Leave it out before `**`, or out of what `**` spreads.",
      });
    }
    named[name] = itemOf(spread, key, "**");
  }
  return named;
}

function setNamespace(namespace: unknown, name: string, value: unknown, spelled: string): void {
  if (namespace instanceof Namespace) {
    namespace.set(name, value);
    return;
  }
  throw new TemplateError("LMP_TEMPLATE_VALUE_INVALID", `\`${spelled}.${name}\` cannot be set.`, {
    expected: "a namespace",
    found: kindOf(namespace),
    fix: `Make one first: {% set ${spelled} = namespace(${name}=…) %}.`,
  });
}

/** A name of an imported template; one that is not there is undefined until it is used. */
function imported(module: Data, name: string): unknown {
  return module[name];
}

async function gathered(run: (out: Sink) => Promise<void>): Promise<string> {
  const out = new Sink();
  await run(out);
  return out.text;
}

async function chosen(
  items: readonly unknown[],
  test: (item: unknown) => Promise<boolean>,
): Promise<unknown[]> {
  const kept: unknown[] = [];
  for (const item of items) if (await test(item)) kept.push(item);
  return kept;
}
