/** `{}`, `{0.name}`, `{user[id]:>10}` and their like: the fields of Python's `str.format`. */
import { Html } from "../../message/index.ts";
import { badFormat, count, type Piece } from "./format-piece.ts";
import { jsonText } from "./json-text.ts";
import type { Reading } from "./methods/members.ts";
import { type FormatSpec, formatNumber, padded } from "./number-format.ts";
import { print } from "./print.ts";
import { strftime } from "./strftime.ts";

/** The pieces of a text with every field replaced by its value. */
export function* braceFields(template: string, given: Given): Generator<Piece> {
  const values: Values = { ...given, next: 0 };
  let at = 0;
  while (at < template.length) {
    const brace = nextBrace(template, at);
    if (brace === -1) break;
    yield { text: template.slice(at, brace), literal: true };
    if (template[brace] === template[brace + 1]) {
      yield { text: template.slice(brace, brace + 1), literal: true };
      at = brace + 2;
      continue;
    }
    const end = closing(template, brace);
    yield { text: replacement(template.slice(brace + 1, end), values), literal: false };
    at = end + 1;
  }
  yield { text: template.slice(at), literal: true };
}

/** The values of a format, and how what they hold is read. */
export interface Given {
  readonly positional: readonly unknown[];
  readonly named: unknown;
  readonly read: Reading;
}

interface Values extends Given {
  /** The number of the next field without one. */
  next: number;
}

function nextBrace(template: string, from: number): number {
  for (let at = from; at < template.length; at++) if (template[at] === "{" || template[at] === "}") return at;
  return -1;
}

/** The brace that ends a field; fields may stand in its specification. */
function closing(template: string, open: number): number {
  let depth = 0;
  for (let at = open; at < template.length; at++) {
    if (template[at] === "{") depth++;
    if (template[at] === "}" && --depth === 0) return at;
    if (depth <= 0 || depth > 2) break;
  }
  throw badFormat(
    "A format has a brace without its partner.",
    "`{` and `}` in pairs, or `{{` for the brace itself",
  );
}

function replacement(spelled: string, values: Values): string | Html {
  const [, path = "", conversion, format] = /^([^!:]*)(?:!([^:]*))?(?::(.*))?$/s.exec(spelled) ?? [];
  const value = valueAt(path, values);
  const spec = format?.includes("{") ? [...braceFieldsOf(format, values)].join("") : (format ?? "");
  if (conversion === undefined) return written(value, spec);
  if (conversion === "s") return written(print(value), spec);
  if (conversion === "r" || conversion === "a") return written(jsonText(value), spec);
  throw badFormat("A format has a conversion that is not known.", "!s or !r", `!${conversion.slice(0, 20)}`);
}

/** A specification with its own fields replaced. */
function* braceFieldsOf(format: string, values: Values): Generator<string> {
  let at = 0;
  for (const match of format.matchAll(/\{([^{}]*)\}/g)) {
    yield format.slice(at, match.index);
    yield print(valueAt(match[1] ?? "", values));
    at = match.index + match[0].length;
  }
  yield format.slice(at);
}

/** `0.name[key]`: a number or name first, then attributes and items as in an expression. */
function valueAt(path: string, values: Values): unknown {
  const first = /^[^.[]*/.exec(path)?.[0] ?? "";
  let value = argument(first, values);
  let at = first.length;
  while (at < path.length) {
    const step = /\.([^.[]+)|\[([^\]]+)\]/y;
    step.lastIndex = at;
    const match = step.exec(path);
    if (match === null)
      throw badFormat(
        "A field of a format cannot be read.",
        "`{name.attribute}` or `{name[key]}`",
        path.slice(0, 40),
      );
    const [whole, name, key = ""] = match;
    value = name === undefined ? itemOf(value, key, values.read) : values.read(value, name);
    at += whole.length;
  }
  return value;
}

/** The part of an array or a text by its number, else the attribute of that name. */
function itemOf(value: unknown, key: string, read: Reading): unknown {
  if (!/^\d+$/.test(key)) return read(value, key);
  if (Array.isArray(value)) return (value as readonly unknown[])[count(key)];
  return typeof value === "string" ? [...value][count(key)] : read(value, key);
}

function argument(first: string, values: Values): unknown {
  if (first !== "" && !/^\d+$/.test(first)) return namedArgument(first, values);
  const index = first === "" ? values.next++ : count(first);
  if (index < values.positional.length) return values.positional[index];
  throw badFormat(
    "The format has a field without a value.",
    `at most ${values.positional.length} fields`,
    `{${first}}`,
  );
}

function namedArgument(name: string, { named, read }: Values): unknown {
  const value = named === undefined ? undefined : read(named, name);
  if (value !== undefined && typeof value !== "function") return value;
  throw badFormat("The format has a field without a value.", `a value named ${name.slice(0, 40)}`, "none");
}

const grammar = /^(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su;

function written(value: unknown, format: string): string | Html {
  if (format === "") return value instanceof Html ? value : print(value);
  if (value instanceof Date) return strftime(value, format);
  const match = grammar.exec(format);
  if (match === null)
    throw badFormat(
      "A field has a format that cannot be read.",
      "such as `>10`, `.2f` or `,`",
      format.slice(0, 40),
    );
  const [, fill, align, sign = "", alternate, zero, width = "0", group = "", precision, type = ""] = match;
  const isNumber = typeof value === "number" || typeof value === "bigint";
  const numeric = isNumber || (typeof value === "boolean" && type !== "" && type !== "s");
  const spec = {
    fill: fill ?? (zero === undefined ? " " : "0"),
    align: align ?? (numeric ? (zero === undefined ? ">" : "=") : "<"),
    sign,
    alternate: alternate !== undefined,
    width: count(width),
    group,
    precision: precision === undefined ? undefined : count(precision),
    type: type === "n" ? "g" : type,
  } as FormatSpec;
  if (numeric || (type !== "" && type !== "s")) return formatNumber(value, spec);
  const text = print(value);
  return padded("", spec.precision === undefined ? text : [...text].slice(0, spec.precision).join(""), spec);
}
