/** The filter that shows a value to the developer. */
import { Html } from "../../message/index.ts";
import { isPlain, kindOf } from "../values/kind.ts";
import { checkLength } from "../values/limits.ts";
import { defineFilter } from "./define-filter.ts";
import { textOf } from "./text-of.ts";

const WIDTH = 80;
const DEEPEST = 10;

/** The value for debugging: texts in quotes, long lists and objects on several lines, objects of a class by its name. */
export const pprint = defineFilter("pprint", (value) => show(value, "", []));

function show(value: unknown, margin: string, around: readonly object[]): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object" || value === null) return plain(value);
  if (value instanceof Html) return `Html ${quoted(textOf(value))}`;
  if (value instanceof Date) return `Date ${textOf(value)}`;
  if (around.includes(value)) return "(the object around)";
  if (around.length === DEEPEST) return "…";
  const inner = (each: unknown) => show(each, `${margin}  `, [...around, value]);
  if (Array.isArray(value)) return enclosed("[", value.map(inner), "]", margin);
  if (value instanceof Set) return enclosed("Set [", Array.from(value, inner), "]", margin);
  if (value instanceof Map) {
    const entries = Array.from(value, ([key, each]) => `${inner(key)} => ${inner(each)}`);
    return enclosed("Map {", entries, "}", margin);
  }
  if (!isPlain(value)) return `(${kindOf(value)})`;
  const members = Object.entries(value).map(([name, each]) => `${keyOf(name)}: ${inner(each)}`);
  return enclosed("{", members, "}", margin);
}

function plain(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "function" || typeof value === "symbol" ? `(${kindOf(value)})` : String(value);
}

/** On one line where that is short enough. */
function enclosed(open: string, members: readonly string[], close: string, margin: string): string {
  const length = members.reduce((sum, { length }) => sum + length + 2, margin.length + 2);
  checkLength(length);
  const short = length <= WIDTH && !members.some((member) => member.includes("\n"));
  if (short) return open + members.join(", ") + close;
  const line = `\n${margin}  `;
  return `${open}${line}${members.join(`,${line}`)}\n${margin}${close}`;
}

function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** In the quotes that need no backslash, single ones first. */
function quoted(text: string): string {
  const json = JSON.stringify(text);
  if (text.includes("'")) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"')}'`;
}
