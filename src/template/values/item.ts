/** `object[key]` and `object[start:stop:step]`. */
import { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import { attribute } from "./attribute.ts";
import { isForbidden } from "./forbidden.ts";
import { integer, integerOr } from "./integer.ts";
import { nameOf } from "./keys.ts";
import { invalidValue, kindOf } from "./kind.ts";

const surrogate = /[\ud800-\udfff]/;

/** The item of an array, text, map or object, undefined where there is none; negative indexes count from the end. */
export function item(object: unknown, key: unknown): unknown {
  if (typeof key === "string") {
    if (object instanceof Map && object.has(key)) return isForbidden(key) ? undefined : object.get(key);
    return attribute(object, key);
  }
  if (typeof object === "object" && object !== null) {
    if (object instanceof Html) return itemOfText(String(object), key);
    if (Array.isArray(object)) return typeof key === "number" ? at(object, key) : itemOfArray(object, key);
    return itemOfObject(object, key);
  }
  if (typeof object === "string") return itemOfText(object, key);
  if (object === undefined || object === null) throw nothingToRead(object, key);
  const name = nameOf(key);
  return name === undefined ? undefined : attribute(object, name);
}

/** Python's slice: what lies outside is left out, and a negative step goes backwards. */
export function slice(object: unknown, start?: unknown, stop?: unknown, step?: unknown): unknown[] | string {
  const by = integerOr(step, 1, "The step of a slice");
  if (by === 0) {
    throw new TemplateError("LMP_TEMPLATE_VALUE_INVALID", "The step of a slice is 0.", {
      expected: "a whole number other than 0",
      found: "0",
    });
  }
  if (Array.isArray(object)) return cut(object, start, stop, by);
  const text = object instanceof Html ? String(object) : object;
  if (typeof text !== "string") {
    throw invalidValue(
      object,
      "Only arrays and texts can be sliced.",
      "an array or a text",
      "Make an array of it with the `list` filter first.",
    );
  }
  if (by === 1 && !surrogate.test(text)) {
    const [from, to] = bounds(text.length, start, stop, by);
    return text.slice(from, Math.max(from, to));
  }
  return cut([...text], start, stop, by).join("");
}

function at(list: readonly unknown[], index: number): unknown {
  return list[index < 0 ? list.length + index : index];
}

function itemOfArray(list: readonly unknown[], key: unknown): unknown {
  return typeof key === "bigint" || typeof key === "boolean" ? at(list, integer(key, "An index")) : undefined;
}

function itemOfObject(object: object, key: unknown): unknown {
  if (object instanceof Map && object.has(key)) return object.get(key);
  const name = nameOf(key);
  return name === undefined ? undefined : attribute(object, name);
}

/** By code point, as `for` walks through a text: half of a character is never given out. */
function itemOfText(text: string, key: unknown): unknown {
  if (typeof key !== "number" && typeof key !== "bigint" && typeof key !== "boolean") {
    const name = nameOf(key);
    return name === undefined ? undefined : attribute(text, name);
  }
  const index = Number(key);
  if (surrogate.test(text)) return at([...text], index);
  return text[index < 0 ? text.length + index : index];
}

function cut<T>(list: readonly T[], start: unknown, stop: unknown, step: number): T[] {
  const [from, to] = bounds(list.length, start, stop, step);
  if (step === 1) return list.slice(from, Math.max(from, to));
  const taken: T[] = [];
  if (step > 0) for (let index = from; index < to; index += step) taken.push(list[index] as T);
  else for (let index = from; index > to; index += step) taken.push(list[index] as T);
  return taken;
}

/** The first index and the one to stop in front of; going backwards the latter may be -1. */
function bounds(length: number, start: unknown, stop: unknown, step: number): [from: number, to: number] {
  const lowest = step > 0 ? 0 : -1;
  const highest = step > 0 ? length : length - 1;
  const place = (value: unknown, otherwise: number, what: string): number => {
    if (value === undefined || value === null) return otherwise;
    const index = integer(value, what);
    return index < 0 ? Math.max(length + index, lowest) : Math.min(index, highest);
  };
  return [
    place(start, step > 0 ? lowest : highest, "The start of a slice"),
    place(stop, step > 0 ? highest : lowest, "The end of a slice"),
  ];
}

function nothingToRead(object: null | undefined, key: unknown): TemplateError {
  const shown = typeof key === "number" ? `\`[${key}]\`` : "An item";
  return invalidValue(
    object,
    `${shown} is read from a value that is ${object === null ? "null" : "not defined"}.`,
    "an array, a text or an object",
    `Ask \`is ${object === null ? "none" : "defined"}\` first; the key is ${kindOf(key)}.`,
  );
}
