/** The members that a class shows to templates. */
import { isForbidden } from "./forbidden.ts";

/**
 * The key of the list in which a class names the getters and methods that templates may use. Subclasses inherit what
 * is listed; a list of their own adds to it.
 *
 * @example
 * ```ts
 * import { exposed, Template } from "limpid/template";
 *
 * class User {
 *   static readonly [exposed] = ["handle"];
 *   name = "Ada";
 *   get handle(): string {
 *     return `@${this.name.toLowerCase()}`;
 *   }
 *   erase(): string {
 *     return "gone";
 *   }
 * }
 *
 * const template = new Template("{{ user.handle }} {{ user.erase is defined }}");
 * console.log(String(template.render({ user: new User() }))); // @ada false
 * ```
 */
export const exposed: unique symbol = Symbol.for("limpid.template.exposed");

const nothing: ReadonlySet<string> = new Set();
const byPrototype = new WeakMap<object, ReadonlySet<string>>();

/** The names that a class and the classes above it expose and have, by the prototype of its instances. */
export function exposedBy(prototype: object): ReadonlySet<string> {
  const known = byPrototype.get(prototype);
  if (known !== undefined) return known;
  const names = collect(prototype);
  byPrototype.set(prototype, names);
  return names;
}

function collect(prototype: object): ReadonlySet<string> {
  const listed = new Set<string>();
  const present = new Set<string>();
  // The walk ends below Object.prototype, so that a name which a class lists but lacks is not found there.
  for (let at: object | null = prototype; at !== null && at !== Object.prototype; at = parentOf(at)) {
    for (const name of listOf(at)) if (!isForbidden(name)) listed.add(name);
    for (const name of Object.getOwnPropertyNames(at)) present.add(name);
  }
  const names = new Set([...listed].filter((name) => present.has(name)));
  return names.size === 0 ? nothing : names;
}

function parentOf(object: object): object | null {
  return Object.getPrototypeOf(object) as object | null;
}

function listOf(prototype: object): readonly string[] {
  if (!Object.hasOwn(prototype, "constructor")) return [];
  const made = (prototype as { constructor: unknown }).constructor;
  if (typeof made !== "function" || !Object.hasOwn(made, exposed)) return [];
  const list = (made as { [exposed]?: unknown })[exposed];
  return Array.isArray(list) ? list.filter((name) => typeof name === "string") : [];
}
