/** Binding a value to what stands left of `=` or behind `for`. */
import type { Target } from "../nodes.ts";
import { unpack } from "../runtime/unpack.ts";
import { runtime } from "../runtime.ts";
import { type Body, read } from "./body.ts";

/** Gives each name of a target its value by `set`. */
export function bindTarget(
  target: Target,
  value: unknown,
  body: Body,
  set: (name: string, value: unknown) => void,
): void {
  if (target.type === "NameTarget") {
    set(target.name, value);
  } else if (target.type === "NamespaceTarget") {
    runtime.setNamespace(read(body, target.name), target.attribute, value, target.name);
  } else {
    if (typeof value === "string") body.running.rt.budget.charge(value.length);
    const parts = unpack(value, target.items.length);
    for (const [index, item] of target.items.entries()) bindTarget(item, parts[index], body, set);
  }
}
