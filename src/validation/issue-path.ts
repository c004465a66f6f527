/** Brings the paths that schema libraries report into one shape: names and indices. */
import type { StandardSchemaV1 } from "@standard-schema/spec";

/** The path of an issue; a segment may be a key or an object that holds one (Standard Schema, `PathSegment`). */
export function issuePath(path: StandardSchemaV1.Issue["path"]): (string | number)[] {
  // A library may report a subclass of Array, whose own `map` would give another of its kind.
  return Array.from(path ?? [], (segment) => keyOf(typeof segment === "object" ? segment?.key : segment));
}

/** Symbols have no other form a person could read, and the key of a `Map` may be any value. */
function keyOf(key: unknown): string | number {
  if (typeof key === "number" || typeof key === "string") return key;
  return typeof key === "symbol" ? (key.description ?? "") : String(key);
}
