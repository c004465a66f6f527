/** What `for`, and every filter of a list, walks through. */
import { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import { invalidValue, isPlain } from "./kind.ts";
import { Namespace } from "./namespace.ts";

/** The items of an array or iterable, the characters of a text, the keys of a map or object; nothing of undefined. */
export function iterate(value: unknown): Iterable<unknown> {
  if (Array.isArray(value)) return value;
  if (typeof value === "string" || value === undefined) return value ?? [];
  if (typeof value === "object" && value !== null) return iterateObject(value);
  throw notIterable(value);
}

/** The same as an array: the value itself where it is one. */
export function toArray(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  const items = iterate(value);
  return Array.isArray(items) ? items : [...items];
}

function iterateObject(value: object): Iterable<unknown> {
  if (isPlain(value)) return Object.keys(value);
  if (value instanceof Map) return value.keys();
  if (value instanceof Html) return String(value);
  if (value instanceof Namespace) return Array.from(value.entries(), ([name]) => name);
  // No iterator is among what `Object.prototype` has, and symbols do not come from data.
  if (typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === "function") {
    return value as Iterable<unknown>;
  }
  if (value instanceof Promise || Symbol.asyncIterator in value) {
    throw new TemplateError("LMP_TEMPLATE_ASYNC", "A list that is still to come is walked through.", {
      found: value instanceof Promise ? "a promise" : "an asynchronous iterable",
      fix: "Render with renderAsync or renderStream, or await the list before rendering.",
    });
  }
  throw notIterable(value);
}

function notIterable(value: unknown): TemplateError {
  return invalidValue(
    value,
    "This value cannot be walked through.",
    "an array, a text, an object, a map, a set or another iterable",
    value === null ? "Give it a default: `| default([], true)`." : "Check what the template is given.",
  );
}
