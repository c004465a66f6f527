/** Values as JSON: for printing arrays and objects, and for the `tojson` filter. */
import { Html } from "../../message/index.ts";
import { TemplateError } from "../template-error.ts";
import { isPlain } from "./kind.ts";
import { Namespace } from "./namespace.ts";

const DEEPEST = 500;

/** Values that one text may be made of: what holds the same array over and over would be endless. */
const MOST = 10_000_000;

/**
 * The JSON of a value as `JSON.stringify` writes it, and of what that cannot write: bigints are numbers, maps are
 * objects, sets and other iterables are arrays, markup is its text. `indent` is what each level is indented by.
 */
export function jsonText(value: unknown, indent = ""): string {
  return write(value, "", { indent, depth: 0, left: MOST }) ?? "null";
}

interface Writing {
  readonly indent: string;
  depth: number;
  left: number;
}

function endless(): TemplateError {
  return new TemplateError("LMP_TEMPLATE_VALUE_INVALID", "A value that contains itself is printed.", {
    expected: `arrays and objects in at most ${DEEPEST} levels, and not without end`,
    fix: "Print the parts of it that are meant.",
  });
}

function stillToCome(): TemplateError {
  return new TemplateError("LMP_TEMPLATE_ASYNC", "A list or object with a promise in it is printed.", {
    found: "a promise",
    fix: "Await it before rendering, or print the promise itself with renderAsync or renderStream.",
  });
}

/** The JSON of one value; undefined for what has none and is left out of objects. */
function write(value: unknown, key: string, writing: Writing): string | undefined {
  if (writing.left-- === 0) throw endless();
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return Number.isFinite(value) ? String(value) : "null";
    case "bigint":
    case "boolean":
      return String(value);
    case "object":
      return value === null ? "null" : writeObject(value, key, writing);
    default:
      return undefined;
  }
}

function writeObject(value: object, key: string, writing: Writing): string | undefined {
  if (value instanceof Html) return JSON.stringify(String(value));
  if (value instanceof Promise) throw stillToCome();
  const own = ownJson(value);
  if (own !== undefined) {
    const replaced: unknown = Reflect.apply(own, value, [key]);
    return replaced === value ? writeMembers(value, writing) : write(replaced, key, writing);
  }
  return writeMembers(value, writing);
}

/** The `toJSON` of an object or its class; never one that someone put on `Object.prototype`. */
function ownJson(value: object): (() => unknown) | undefined {
  if (Array.isArray(value)) return undefined;
  if (isPlain(value) && !Object.hasOwn(value, "toJSON")) return undefined;
  const method = (value as { toJSON?: unknown }).toJSON;
  return typeof method === "function" ? (method as () => unknown) : undefined;
}

function writeMembers(value: object, writing: Writing): string {
  if (++writing.depth > DEEPEST) throw endless();
  const list = listOf(value);
  const members = list === undefined ? pairs(value, writing) : items(list, writing);
  const outer = writing.indent.repeat(--writing.depth);
  const [open, close] = list === undefined ? "{}" : "[]";
  if (members.length === 0) return `${open}${close}`;
  if (writing.indent === "") return `${open}${members.join(",")}${close}`;
  const inner = `\n${outer}${writing.indent}`;
  return `${open}${inner}${members.join(`,${inner}`)}\n${outer}${close}`;
}

function items(list: Iterable<unknown>, writing: Writing): string[] {
  const written: string[] = [];
  let index = 0;
  for (const item of list) written.push(write(item, String(index++), writing) ?? "null");
  return written;
}

function pairs(value: object, writing: Writing): string[] {
  const written: string[] = [];
  const space = writing.indent === "" ? "" : " ";
  for (const [key, item] of entriesOf(value)) {
    const name = typeof key === "string" ? key : String(key);
    const text = write(item, name, writing);
    if (text !== undefined) written.push(`${JSON.stringify(name)}:${space}${text}`);
  }
  return written;
}

function entriesOf(value: object): Iterable<[unknown, unknown]> {
  return value instanceof Map || value instanceof Namespace ? value.entries() : Object.entries(value);
}

/** The items of what is written as an array; undefined for what is written as an object. */
function listOf(value: object): Iterable<unknown> | undefined {
  if (Array.isArray(value)) return value;
  if (isPlain(value) || value instanceof Map || ArrayBuffer.isView(value)) return undefined;
  return Symbol.iterator in value ? (value as Iterable<unknown>) : undefined;
}
