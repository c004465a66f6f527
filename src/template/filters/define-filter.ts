/** How a built-in filter is declared: by the signature that templates see, from which its parameters get their names. */
import type { FilterScope, TemplateFilter } from "../filter-scope.ts";
import { TemplateError } from "../template-error.ts";
import { NamedArguments, withParameters } from "../values/call.ts";
import { Arguments, type Signature } from "./arguments.ts";

/** What a filter does with a value and its arguments. */
export type Apply = (this: FilterScope, value: unknown, given: Arguments) => unknown;

/** What a filter does whose arguments go on to another filter or test, or into a text. */
export type ApplyVariadic = (
  this: FilterScope,
  value: unknown,
  positional: readonly unknown[],
  named: NamedArguments | undefined,
  signature: Signature,
) => unknown;

/** A filter with the parameters that its signature lists: `center(width=80)`. */
export function defineFilter(text: string, apply: Apply): TemplateFilter {
  const signature = signatureOf(text);
  const count = signature.parameters.length;
  const none = new Arguments(signature, []);
  return withParameters(["value", ...signature.parameters], function filter(value, ...rest) {
    if (rest.length > count) throw tooMany(signature, rest.length);
    return apply.call(this, value, rest.length === 0 ? none : new Arguments(signature, rest));
  } as TemplateFilter);
}

/** A filter that takes any arguments, positional and named. */
export function defineVariadicFilter(text: string, apply: ApplyVariadic): TemplateFilter {
  const signature = signatureOf(text);
  return function filter(value, ...rest) {
    const last = rest.at(-1);
    if (!(last instanceof NamedArguments)) return apply.call(this, value, rest, undefined, signature);
    return apply.call(this, value, rest.slice(0, -1), last, signature);
  };
}

function signatureOf(text: string): Signature {
  const parameters = Array.from(text.matchAll(/[(,]\s*(\w+)/g), (match) => match[1] ?? "");
  return { name: text.split("(", 1)[0] ?? text, text, parameters };
}

function tooMany(signature: Signature, count: number): TemplateError {
  const { name, parameters, text } = signature;
  return new TemplateError(
    "LMP_TEMPLATE_ARGUMENT_INVALID",
    `The filter \`${name}\` was given more arguments than it takes.`,
    { expected: `at most ${parameters.length}`, found: String(count), fix: `It is used as \`${text}\`.` },
  );
}
