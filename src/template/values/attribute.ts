/** `object.name`: own properties, what classes expose, and the allow-listed members of the built-in types. */
import { TemplateError } from "../template-error.ts";
import { exposed, exposedBy } from "./exposed.ts";
import { isForbidden } from "./forbidden.ts";
import { builtinMember, hasBuiltinMember, isBuiltinMutating } from "./methods.ts";
import { Namespace } from "./namespace.ts";

export { exposed };

/** The attribute of a value, undefined where it has none; throws where the value is null or undefined. */
export function attribute(object: unknown, name: string): unknown {
  if (typeof object === "object" && object !== null) {
    if (!Object.hasOwn(object, name)) return inherited(object, name);
    return isForbidden(name) ? undefined : (object as Record<string, unknown>)[name];
  }
  if (typeof object === "string" || typeof object === "number" || typeof object === "bigint") {
    return builtinMember(object, name, attribute);
  }
  if (object === undefined || object === null) throw nothingToRead(object, name);
  if (typeof object === "function" && hasOwnOfFunction(object, name)) return Reflect.get(object, name);
  return undefined;
}

/** The member that is called in `object.name()`: where an own property is no function, a built-in method is meant. */
export function method(object: unknown, name: string): unknown {
  const own = attribute(object, name);
  if (own === undefined || typeof own === "function") return own;
  const builtin = builtinMember(object as object, name, attribute);
  return typeof builtin === "function" ? builtin : own;
}

/** Whether a value has an attribute, be it undefined. */
export function hasAttribute(object: unknown, name: string): boolean {
  if (object === undefined || object === null || isForbidden(name)) return false;
  if (typeof object === "function") return hasOwnOfFunction(object, name);
  if (typeof object !== "object") return hasBuiltinMember(object, name);
  if (Object.hasOwn(object, name)) return true;
  if (object instanceof Namespace) return object.has(name);
  return hasBuiltinMember(object, name) || exposedBy(Object.getPrototypeOf(object) ?? {}).has(name);
}

/** Whether an attribute is a built-in method that changes the object, which the sandbox refuses. */
export function isMutating(object: unknown, name: string): boolean {
  if (typeof object !== "object" || object === null || Object.hasOwn(object, name)) return false;
  return isBuiltinMutating(object, name);
}

/** What an object has without owning it; the prototype itself is never read for a name that is not listed. */
function inherited(object: object, name: string): unknown {
  const prototype = Object.getPrototypeOf(object) as object | null;
  if (prototype === Object.prototype || prototype === null) return builtinMember(object, name, attribute);
  if (object instanceof Namespace) return object.get(name);
  if (exposedBy(prototype).has(name)) {
    const value = (object as Record<string, unknown>)[name];
    return typeof value === "function" ? bound(value, object) : value;
  }
  return builtinMember(object, name, attribute);
}

function bound(fn: object, object: object): unknown {
  return (...values: unknown[]) => Reflect.apply(fn as () => unknown, object, values);
}

/** Of a function only what was put on it: no `prototype`, no static methods, nothing of `Function.prototype`. */
function hasOwnOfFunction(fn: object, name: string): boolean {
  return !isForbidden(name) && Object.prototype.propertyIsEnumerable.call(fn, name);
}

function nothingToRead(object: null | undefined, name: string): TemplateError {
  if (object === null) {
    return new TemplateError("LMP_TEMPLATE_VALUE_INVALID", `\`${name}\` is read from a value that is null.`, {
      expected: "an object",
      found: "null",
      fix: "Ask `is none` first, or give it a default.",
    });
  }
  return new TemplateError(
    "LMP_TEMPLATE_UNDEFINED",
    `\`${name}\` is read from a value that is not defined.`,
    {
      expected: "an object",
      found: "undefined",
      fix: "Check the spelling of what stands in front of the dot, or ask `is defined` first.",
    },
  );
}
