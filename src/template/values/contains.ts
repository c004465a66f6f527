/** `in`: part of a text, item of an array or set, key of an object or map. */
import { Html } from "../../message/index.ts";
import { hasAttribute } from "./attribute.ts";
import { equals } from "./equality.ts";
import { iterate } from "./iterate.ts";
import { invalidValue, isPlain } from "./kind.ts";
import { Namespace } from "./namespace.ts";

/** Whether a container holds a value; nothing is in what is undefined. */
export function contains(container: unknown, value: unknown): boolean {
  if (typeof container === "string") return container.includes(textIn(value));
  if (Array.isArray(container)) return container.includes(value) || anyEqual(container, value);
  if (container instanceof Html) return String(container).includes(textIn(value));
  if (container instanceof Map || container instanceof Set) {
    return container.has(value) || (isCompound(value) && anyEqual(container.keys(), value));
  }
  if (isPlain(container) || container instanceof Namespace) return hasKey(container, value);
  return anyEqual(iterate(container), value);
}

function textIn(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Html) return String(value);
  throw invalidValue(
    value,
    "Only a text can be in a text.",
    "a text",
    "Turn it into one with the `string` filter.",
  );
}

function hasKey(object: object, key: unknown): boolean {
  if (typeof key !== "string" && typeof key !== "number" && !(key instanceof Html)) return false;
  const name = String(key);
  return (Object.hasOwn(object, name) || object instanceof Namespace) && hasAttribute(object, name);
}

/** Whether a value may be equal to one that is not identical to it. */
function isCompound(value: unknown): boolean {
  return (
    (typeof value === "object" && value !== null) || typeof value === "boolean" || typeof value === "bigint"
  );
}

function anyEqual(items: Iterable<unknown>, value: unknown): boolean {
  for (const item of items) if (equals(item, value)) return true;
  return false;
}
