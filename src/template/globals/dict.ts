/** `dict(name=value)`: an object, out of named arguments and of what already holds pairs. */
import { NamedArguments } from "../values/call.ts";
import { keyOf } from "../values/keys.ts";
import type { Plain } from "../values/kind.ts";
import { pairsOf } from "../values/pairs.ts";

/** A new object; later pairs replace earlier ones of the same key. */
export function dict(...values: unknown[]): Plain {
  const object: Plain = {};
  for (const value of values) {
    const pairs = value instanceof NamedArguments ? Object.entries(value) : pairsOf(value);
    for (const [key, item] of pairs) object[keyOf(key)] = item;
  }
  return object;
}
