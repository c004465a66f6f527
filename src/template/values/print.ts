/** What a value is as text: the JavaScript way, with arrays and objects as JSON. */
import { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import { jsonText } from "./json-text.ts";
import { invalidValue, isPlain, kindOf } from "./kind.ts";

/** The text of a value, not escaped and without places for a nonce; `null` and `undefined` are nothing. */
export function print(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "bigint":
      return String(value);
    case "undefined":
      return "";
    case "boolean":
      return value ? "true" : "false";
    case "object":
      return value === null ? "" : printObject(value);
    case "function":
      throw invalidValue(value, "A function is printed.", "a value", "Call it: put `()` behind its name.");
    default:
      throw invalidValue(value, "A symbol is printed.", "a value");
  }
}

/** The same with markup left as it is, for joining markup and text. */
export function printed(value: unknown): string | Html {
  return value instanceof Html ? value : print(value);
}

function printObject(value: object): string {
  if (value instanceof Html) return String(value);
  if (value instanceof Promise) throw stillToCome();
  if (Array.isArray(value) || isPlain(value)) return jsonText(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString();
  if (value instanceof Map || value instanceof Set) return jsonText(value);
  return printInstance(value as Instance);
}

interface Instance {
  readonly then?: unknown;
  readonly toJSON?: unknown;
  readonly toString?: unknown;
}

/** An object of a class says itself how it is printed; `[object Object]` helps no one. */
function printInstance(value: Instance): string {
  if (typeof value.toString === "function" && value.toString !== Object.prototype.toString)
    return String(value);
  if (typeof value.toJSON === "function") return print((value.toJSON as () => unknown)());
  if (typeof value.then === "function") throw stillToCome();
  if (Symbol.iterator in value) return jsonText([...(value as Iterable<unknown>)]);
  throw invalidValue(
    value,
    `${kindOf(value)} has no text of its own.`.replace(/^a/, "A"),
    "a text, a number or another value that can be printed",
    "Print one of its attributes, or give its class a toString method.",
  );
}

function stillToCome(): TemplateError {
  return new TemplateError("LMP_TEMPLATE_ASYNC", "A value that is still to come is printed.", {
    found: "a promise",
    fix: "Render with renderAsync or renderStream, or await the value before rendering.",
  });
}
