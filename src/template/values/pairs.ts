/** Pairs of key and value, out of everything that `dict` and `update` take. */
import { iterate, toArray } from "./iterate.ts";
import { invalidValue, isPlain } from "./kind.ts";
import { Namespace } from "./namespace.ts";

/** The pairs of an object, a map, or a list of pairs. */
export function pairsOf(value: unknown): [key: unknown, value: unknown][] {
  if (value instanceof Map || value instanceof Namespace) return [...value.entries()];
  if (isPlain(value)) return Object.entries(value);
  return Array.from(iterate(value), pairOf);
}

function pairOf(value: unknown): [unknown, unknown] {
  const pair = toArray(value);
  if (pair.length === 2) return [pair[0], pair[1]];
  throw invalidValue(value, "A list of pairs has an item that is no pair.", "an array of a key and a value");
}
