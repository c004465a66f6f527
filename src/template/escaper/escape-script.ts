/** Values as JavaScript and as JSON, and text inside strings of both. */
import { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import { JsonMarkup } from "../values/json-markup.ts";
import { isPlain, kindOf } from "../values/kind.ts";
import { textOf } from "./escape-text.ts";
import type { Escape } from "./placed.ts";

const DEEPEST = 500;

/** The JSON of a value that is to be a part of code: nothing in it ends the element or an attribute. */
export function jsonValue(value: unknown): string {
  return harmless(write(value, false, 0) ?? "null");
}

/** As JavaScript, where `{"__proto__": …}` would set the prototype: a computed name is an ordinary property. */
export function scriptValue(value: unknown): string {
  return harmless(write(value, true, 0) ?? "null");
}

/** Numbers and words with a blank where they would join with what stands before or behind them. */
export function paddedScriptValue(before: boolean, behind: boolean): Escape {
  if (before) return behind ? paddedBoth : paddedBefore;
  return behind ? paddedBehind : scriptValue;
}

const paddedBoth: Escape = (value) => padded(value, " ", " ");
const paddedBefore: Escape = (value) => padded(value, " ", "");
const paddedBehind: Escape = (value) => padded(value, "", " ");

function padded(value: unknown, before: string, behind: string): string {
  const text = scriptValue(value);
  return /^["[{]/.test(text) ? text : `${before}${text}${behind}`;
}

function harmless(json: string): string {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function write(value: unknown, code: boolean, depth: number): string | undefined {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return Number.isFinite(value) ? String(value) : "null";
    case "bigint":
    case "boolean":
      return String(value);
    case "undefined":
      return undefined;
    case "object":
      return value === null ? "null" : writeObject(value, code, depth + 1);
    default:
      throw notData(value);
  }
}

function writeObject(value: object, code: boolean, depth: number): string | undefined {
  if (depth > DEEPEST) {
    throw new TemplateError(
      "LMP_TEMPLATE_VALUE_INVALID",
      "A value that contains itself stands in a script.",
      {
        expected: `arrays and objects in at most ${DEEPEST} levels`,
        fix: "Put only the parts of it into the script that are needed there.",
      },
    );
  }
  if (value instanceof JsonMarkup) return write(JSON.parse(String(value)), code, depth);
  if (value instanceof Html) return JSON.stringify(String(value));
  if (value instanceof Promise) throw promised();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "null" : JSON.stringify(value);
  if (Array.isArray(value) || value instanceof Set) return writeItems(value, code, depth);
  if (value instanceof Map) return writeMembers(value, code, depth);
  const own =
    !isPlain(value) || Object.hasOwn(value, "toJSON") ? (value as { toJSON?: unknown }).toJSON : undefined;
  if (typeof own === "function") {
    const replaced: unknown = Reflect.apply(own, value, [""]);
    if (replaced !== value) return write(replaced, code, depth);
  }
  return writeMembers(Object.entries(value), code, depth);
}

function writeItems(items: Iterable<unknown>, code: boolean, depth: number): string {
  const written: string[] = [];
  for (const item of items) written.push(write(item, code, depth) ?? "null");
  return `[${written.join(",")}]`;
}

function writeMembers(members: Iterable<[unknown, unknown]>, code: boolean, depth: number): string {
  const written: string[] = [];
  for (const [key, item] of members) {
    const name = JSON.stringify(String(key));
    const text = write(item, code, depth);
    if (text !== undefined) written.push(`${code && name === '"__proto__"' ? `[${name}]` : name}:${text}`);
  }
  return `{${written.join(",")}}`;
}

function notData(value: unknown): TemplateError {
  return new TemplateError("LMP_TEMPLATE_VALUE_INVALID", "A value in a script is no data.", {
    expected: "strings, numbers, arrays, objects and other values that JSON can say",
    found: kindOf(value),
    fix: "Put data into the script, and write the code as text of the template.",
  });
}

function promised(): TemplateError {
  return new TemplateError("LMP_TEMPLATE_ASYNC", "A value that is still to come stands in a script.", {
    found: "a promise",
    fix: "Await it before rendering, or render with renderAsync or renderStream.",
  });
}

/** Everything but letters, digits and what means nothing in any string, comment or tag, as code units. */
const special = /[^A-Za-z0-9 _.,:;@#!?()[\]*|~^%+=\u00a1-\u2027\u202a-\ufefe\uff00-\uffff-]/g;

/** Text inside a string or template literal of JavaScript. */
export function scriptString(value: unknown): string {
  return textOf(value).replace(special, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, "0")}` : `\\u${code.padStart(4, "0")}`;
  });
}

/** Text inside a string of JSON, which has no `\x`. */
export function jsonString(value: unknown): string {
  return textOf(value)
    .toWellFormed()
    .replace(special, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
