/** How the members of a built-in type are listed: as tables that are only read for names of their own. */
import { Html } from "../../../message/index.ts";
import { TemplateError } from "../../template-error.ts";
import { invalidValue, kindOf } from "../kind.ts";

/** A function that gets the object first and what the template gave behind it. */
export type Method<T> = (object: T, ...values: unknown[]) => unknown;

/** How a method reads attributes of what it is given: as an expression would. */
export type Reading = (object: unknown, name: string) => unknown;

/** A method that reads attributes. It gets the way to do so, which stands behind all methods. */
export type ReadingMethod<T> = (object: T, read: Reading, ...values: unknown[]) => unknown;

/** Members that are read, methods, and methods that change the object, which the sandbox refuses. */
export interface Members<T> {
  readonly properties: Readonly<Record<string, (object: T) => unknown>>;
  readonly methods: Readonly<Record<string, Method<T>>>;
  readonly mutating: Readonly<Record<string, Method<T>>>;
  readonly reading?: Readonly<Record<string, ReadingMethod<T>>>;
}

/** An argument that has to be a text; markup is one. */
export function textArgument(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  if (value instanceof Html) return String(value);
  throw invalidArgument(value, `${what} has to be a text.`, "a text");
}

/** An argument that a method cannot take. */
export function invalidArgument(value: unknown, sentence: string, expected: string): TemplateError {
  if (value === undefined) return invalidValue(value, sentence, expected);
  return new TemplateError("LMP_TEMPLATE_ARGUMENT_INVALID", sentence, { expected, found: kindOf(value) });
}
