/** What a value is: for choosing what an operator does, and for telling the author of a template in an error. */
import { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import { NamedArguments } from "./named-arguments.ts";

/** An object whose own properties are data. */
export type Plain = Record<string, unknown>;

/** Whether a value is an object of data: `{}`, one without a prototype, or named arguments. */
export function isPlain(value: unknown): value is Plain {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || prototype === NamedArguments.prototype;
}

/** What a value is, as a phrase: `a string`, `an array`, `a User`. Never the value itself, which may be a secret. */
export function kindOf(value: unknown): string {
  switch (typeof value) {
    case "undefined":
      return "undefined";
    case "function":
      return "a function";
    case "boolean":
      return "a boolean";
    case "object":
      return value === null ? "null" : kindOfObject(value);
    default:
      return `a ${typeof value}`;
  }
}

function kindOfObject(value: object): string {
  if (Array.isArray(value)) return "an array";
  if (isPlain(value)) return "an object";
  if (value instanceof Html) return "markup";
  const made = (Object.getPrototypeOf(value) as { constructor?: unknown }).constructor;
  const name = typeof made === "function" ? made.name : "";
  if (name === "" || name.length > 60) return "an object of a class";
  return /^[AEIO]/.test(name) ? `an ${name}` : `a ${name}`;
}

/** A value of a kind that cannot be taken: an undefined one has a code of its own. */
export function invalidValue(
  value: unknown,
  sentence: string,
  expected: string,
  fix?: string,
): TemplateError {
  const code = value === undefined ? "LMP_TEMPLATE_UNDEFINED" : "LMP_TEMPLATE_VALUE_INVALID";
  return new TemplateError(code, sentence, { expected, found: kindOf(value), fix });
}
