/** `namespace(name=value)`: see `Namespace`. */
import { NamedArguments } from "../values/call.ts";
import { keyOf } from "../values/keys.ts";
import { Namespace } from "../values/namespace.ts";
import { pairsOf } from "../values/pairs.ts";

/** A namespace with the given attributes. */
export function namespace(...values: unknown[]): Namespace {
  const made = new Namespace();
  for (const value of values) {
    const pairs = value instanceof NamedArguments ? Object.entries(value) : pairsOf(value);
    for (const [key, item] of pairs) made.set(keyOf(key), item);
  }
  return made;
}
