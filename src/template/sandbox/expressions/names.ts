/** Names, attributes, items and slices. */
import { Html } from "../../../message/index.ts";
import type { Attribute, Item, Name, Slice } from "../../nodes.ts";
import {
  attributeOf,
  itemOf,
  methodOf as memberCalled,
  strictAttribute,
  strictItem,
  strictName,
  tolerantAttribute,
  tolerantItem,
} from "../../runtime/reading.ts";
import { spelled } from "../../spelled.ts";
import { slice } from "../../values/item.ts";
import { nameOf } from "../../values/keys.ts";
import { isBuiltinMutating } from "../../values/methods.ts";
import type { Body } from "../body.ts";
import { evaluate } from "../parts.ts";
import { isOwn, refusedChange, refuseMutating } from "../permission.ts";

export function evaluateName({ name }: Name, body: Body, tolerant: boolean): unknown {
  const scope = body.scope.find(name);
  if (scope !== undefined) return scope.own(name);
  const { context, program } = body.running;
  const value = context.lookup(name);
  return value === undefined && program.strict && !tolerant ? strictName(context, name) : value;
}

export function evaluateAttribute({ object, name }: Attribute, body: Body, tolerant: boolean): unknown {
  const owner = evaluate(object, body, tolerant);
  if (tolerant) return noted(body, owner, name, tolerantAttribute(owner, name));
  const readAttribute = body.running.program.strict ? strictAttribute : attributeOf;
  refuseMutating(owner, name);
  return noted(body, owner, name, readAttribute(owner, name, spelled(object)));
}

/** The function that `object.name(…)` calls. */
export function methodOf(owner: unknown, { object, name }: Attribute, body: Body): unknown {
  const fn = memberCalled(owner, name, spelled(object));
  // A method of the built-in types may be meant although an own property has its name.
  if (isBuiltinMutating(owner, name) && !isOwn(owner, name, fn)) throw refusedChange(name);
  return noted(body, owner, name, fn);
}

export function evaluateItem({ object, key }: Item, body: Body, tolerant: boolean): unknown {
  const owner = evaluate(object, body, tolerant);
  const at = evaluate(key, body);
  chargeReading(owner, body);
  const isSpelled = body.running.program.strict && key.type === "Literal" && typeof at === "string";
  const read = isSpelled ? strictItem(owner, at, spelled(object)) : undefined;
  const value = tolerant ? tolerantItem(owner, at) : (read ?? itemOf(owner, at, spelled(object)));
  const name = nameOf(at);
  if (typeof value !== "function" || name === undefined) return value;
  refuseMutating(owner, name);
  return noted(body, owner, name, value);
}

export function evaluateSlice({ object, start, stop, step }: Slice, body: Body): unknown {
  const owner = evaluate(object, body);
  const [from, to, by] = [start, stop, step].map((part) =>
    part === undefined ? undefined : evaluate(part, body),
  );
  chargeReading(owner, body);
  const value = slice(owner, from, to, by);
  body.running.rt.budget.chargeMade(value);
  return value;
}

/** Items of a text are counted from its beginning. */
function chargeReading(owner: unknown, { running }: Body): void {
  if (typeof owner === "string" || owner instanceof Html) running.rt.budget.chargeMade(owner);
}

function noted(body: Body, owner: unknown, name: string, value: unknown): unknown {
  body.running.rt.permission.note(owner, name, value);
  return value;
}
