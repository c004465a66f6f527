/** How the language calls functions: named arguments find their positions, and some functions are never called. */
import { TemplateError } from "../template-error.ts";
import { kindOf } from "./kind.ts";
import { NamedArguments } from "./named-arguments.ts";

export { NamedArguments };

/** Anything that can be called. */
export type Callable = (this: unknown, ...values: unknown[]) => unknown;

const parameters = Symbol("parameters");

/**
 * Gives names to the positions of a function, so that named arguments come to it as positional ones. The names are
 * those of all parameters in order; for a filter or a test the first is the value it is applied to.
 */
export function withParameters<F extends (...values: never[]) => unknown>(
  names: readonly string[],
  fn: F,
): F {
  Object.defineProperty(fn, parameters, { value: names, configurable: true });
  return fn;
}

/** The names that `withParameters` gave; undefined where it gave none. */
export function parametersOf(fn: unknown): readonly string[] | undefined {
  return typeof fn === "function" ? (fn as { [parameters]?: readonly string[] })[parameters] : undefined;
}

/** Calls a function, filter or test; `spelled` is how the template wrote it, for errors. */
export function invoke(
  fn: unknown,
  thisValue: unknown,
  positional: readonly unknown[],
  named: NamedArguments | undefined,
  spelled: string,
): unknown {
  const called = callable(fn, spelled);
  if (named === undefined) return Reflect.apply(called, thisValue, positional);
  const names = parametersOf(called);
  if (names === undefined) return Reflect.apply(called, thisValue, [...positional, named]);
  return Reflect.apply(called, thisValue, positioned(names, positional, named, spelled));
}

/** The value as a function; throws where it is none, or one that makes code out of text. */
export function callable(fn: unknown, spelled: string): Callable {
  if (typeof fn !== "function") throw notCallable(fn, spelled);
  if (makesCode(fn)) {
    throw new TemplateError("LMP_TEMPLATE_VALUE_INVALID", `\`${spelled}\` would run text as code.`, {
      fix: "Give the template a function that does what it needs.",
    });
  }
  return fn as Callable;
}

function notCallable(fn: unknown, spelled: string): TemplateError {
  if (fn === undefined) {
    return new TemplateError("LMP_TEMPLATE_UNDEFINED", `\`${spelled}\` is called, but it is not defined.`, {
      expected: "a function, a macro or a method",
      found: "undefined",
      fix: "Check the spelling, or give the template a value of this name.",
    });
  }
  return new TemplateError("LMP_TEMPLATE_VALUE_INVALID", `\`${spelled}\` is not a function.`, {
    expected: "a function, a macro or a method",
    found: kindOf(fn),
    fix: "Leave the brackets out to use the value itself.",
  });
}

/**
 * `Function`, its kin for generators and async functions, and `eval`. No attribute leads to them; this also refuses
 * them where an application's data does.
 */
function makesCode(fn: object): boolean {
  return fn === Function || fn === Reflect.get(globalThis, "eval") || Object.getPrototypeOf(fn) === Function;
}

function positioned(
  names: readonly string[],
  positional: readonly unknown[],
  named: NamedArguments,
  spelled: string,
): unknown[] {
  const placed = [...positional];
  for (const name of Object.keys(named)) {
    const index = names.indexOf(name);
    if (index === -1) {
      throw new TemplateError(
        "LMP_TEMPLATE_ARGUMENT_INVALID",
        `\`${spelled}\` has no parameter \`${name}\`.`,
        {
          expected: names.length === 0 ? "no named arguments" : `one of ${names.join(", ")}`,
          found: name,
          fix: "Check the name of the argument.",
        },
      );
    }
    if (index < positional.length) {
      throw new TemplateError(
        "LMP_TEMPLATE_ARGUMENT_INVALID",
        `\`${spelled}\` was given \`${name}\` twice: by its position and by its name.`,
        { fix: "Leave one of the two out." },
      );
    }
    while (placed.length < index) placed.push(undefined);
    placed[index] = named[name];
  }
  return placed;
}
