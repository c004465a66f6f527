/** Keys of plain objects, where they come from values: never one that leads to a prototype. */
import { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import { isForbidden } from "./forbidden.ts";
import { invalidValue, type Plain } from "./kind.ts";

/** The name of a property for a value; undefined where it names none. */
export function nameOf(key: unknown): string | undefined {
  switch (typeof key) {
    case "string":
      return key;
    case "number":
    case "bigint":
    case "boolean":
      return String(key);
    default:
      return key instanceof Html ? String(key) : undefined;
  }
}

/** The same for a key that is written: throws where it names no property, or one that no object may get. */
export function keyOf(key: unknown): string {
  const name = key === null ? "null" : nameOf(key);
  if (name === undefined) throw invalidValue(key, "This value cannot be a key.", "a text or a number");
  if (!isForbidden(name)) return name;
  throw new TemplateError("LMP_TEMPLATE_VALUE_INVALID", `An object cannot get a key \`${name}\`.`, {
    expected: "a key that JavaScript does not use for prototypes",
    found: name,
    fix: "Choose another key.",
  });
}

export function hasKey(object: Plain, key: unknown): boolean {
  const name = nameOf(key);
  return name !== undefined && !isForbidden(name) && Object.hasOwn(object, name);
}

export function valueAt(object: Plain, key: unknown): unknown {
  return hasKey(object, key) ? object[nameOf(key) ?? ""] : undefined;
}
