/** Tests for what a value is. JavaScript has one type of number: `integer` and `float` ask for the value. */
import { Html } from "../../message/index.ts";
import type { TemplateTest } from "../filter-scope.ts";
import { isPlain } from "../values/kind.ts";
import { Namespace } from "../values/namespace.ts";

const none: TemplateTest = (value) => value === null;

/** A boolean counts as a number, as it does in calculating; `integer` and `float` leave it out, as Jinja's do. */
const isNumber = (value: unknown): boolean =>
  typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";

const isText = (value: unknown): boolean => typeof value === "string" || value instanceof Html;

const isMapping = (value: unknown): boolean =>
  isPlain(value) || value instanceof Map || value instanceof Namespace;

/** What has a length and can be walked through, in Jinja's sense: texts and mappings as well. */
const isSequence = (value: unknown): boolean =>
  Array.isArray(value) ||
  isText(value) ||
  isMapping(value) ||
  value instanceof Set ||
  ArrayBuffer.isView(value);

const isIterable = (value: unknown): boolean =>
  value === undefined ||
  isSequence(value) ||
  (typeof value === "object" &&
    value !== null &&
    typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === "function");

export const kindTests: Readonly<Record<string, TemplateTest>> = {
  boolean: (value) => typeof value === "boolean",
  callable: (value) => typeof value === "function",
  defined: (value) => value !== undefined,
  escaped: (value) => value instanceof Html,
  false: (value) => value === false,
  float: (value) => typeof value === "number" && !Number.isInteger(value),
  integer: (value) => typeof value === "bigint" || Number.isInteger(value),
  iterable: isIterable,
  mapping: isMapping,
  none,
  null: none,
  number: isNumber,
  sequence: isSequence,
  string: isText,
  true: (value) => value === true,
  undefined: (value) => value === undefined,
};
