/** Which functions a template in the sandbox may call. */

import { joiner } from "../globals/joiner.ts";
import { macroOf } from "../runtime/macro.ts";
import { TemplateError } from "../template-error.ts";
import { isMutating } from "../values/attribute.ts";
import { isPlain } from "../values/kind.ts";
import { Namespace } from "../values/namespace.ts";

/** How deep functions are looked for in the objects among the globals: `math.trig.sin`. */
const DEEPEST = 3;

/**
 * Macros, the functions among the globals, methods of the built-in types that change nothing, and what classes expose
 * may be called. A function that came with the data may not: nobody has said that strangers may.
 */
export class Permission {
  readonly #given: ReadonlySet<unknown>;
  readonly #methods = new WeakSet<object>();

  /** `given` are the functions among the globals. */
  constructor(given: ReadonlySet<unknown>) {
    this.#given = given;
  }

  /** Takes note of a method that was read from an object and is bound to it. */
  note(object: unknown, name: string, value: unknown): void {
    if (typeof value !== "function" || typeof object === "function" || object instanceof Namespace) return;
    if (!isOwn(object, name, value)) this.#methods.add(value);
  }

  /** Takes note of what a function gave: `joiner` makes functions. */
  noteResult(fn: unknown, value: unknown): void {
    if (fn === joiner && typeof value === "function") this.#methods.add(value);
  }

  allows(fn: object): boolean {
    return this.#methods.has(fn) || this.#given.has(fn) || macroOf(fn) !== undefined;
  }
}

/** The functions among the globals, and in plain objects among them. */
export function functionsIn(globals: ReadonlyMap<string, unknown>): Set<unknown> {
  const found = new Set<unknown>();
  const look = (value: unknown, depth: number): void => {
    if (typeof value === "function") found.add(value);
    else if (depth < DEEPEST && isPlain(value))
      for (const part of Object.values(value)) look(part, depth + 1);
  };
  for (const value of globals.values()) look(value, 0);
  return found;
}

/** Whether a value is what an object itself has under a name, and no method of its type. */
export function isOwn(object: unknown, name: string, value: unknown): boolean {
  const own = Object.getOwnPropertyDescriptor(Object(object), name);
  return own !== undefined && (own.get !== undefined || own.value === value);
}

/** Throws for a member that changes its object: the data belongs to the application. */
export function refuseMutating(object: unknown, name: string): void {
  if (isMutating(object, name)) throw refusedChange(name);
}

export function refusedChange(name: string): TemplateError {
  return new TemplateError(
    "LMP_TEMPLATE_SANDBOX",
    `\`${name}\` changes what it is called on, which the sandbox refuses.`,
    {
      expected: "a method that changes nothing",
      found: `\`${name}\``,
      fix: "Make a new value: a + [b] for a longer list, `namespace` for a value that changes.",
    },
  );
}

/** The error for a function that may not be called. */
export function refusedFunction(spelled: string): TemplateError {
  return new TemplateError(
    "LMP_TEMPLATE_SANDBOX",
    `\`${spelled}\` is a function that the sandbox does not hand out.`,
    {
      expected: "a macro, a built-in method, or a function among the `globals` of the sandbox",
      found: "a function among the data",
      fix: "Give the function to the sandbox under `globals` if templates of strangers may call it.",
    },
  );
}
