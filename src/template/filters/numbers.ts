/** Filters that make, round and spell numbers. */
import { Html } from "../../message/index.ts";
import { toArray } from "../values/iterate.ts";
import { invalidValue } from "../values/kind.ts";
import { defineFilter } from "./define-filter.ts";
import { fixed, MOST_PLACES, roundHalfEven } from "./half-even.ts";
import { narrowed, parseFloating, parseWhole } from "./parse-number.ts";
import { textOf } from "./text-of.ts";

/** The number without its sign. */
export const abs = defineFilter("abs", (value) => {
  const number = numberOf(value, "abs");
  return number < 0 ? -number : number;
});

/**
 * The value as a whole number, or `default` where it is none; a text in `base`, whose `0x`, `0o` or `0b` may stand in
 * front. A fraction is cut off. What is too large for an exact number becomes a bigint.
 */
export const int = defineFilter("int(default=0, base=10)", (value, given) => {
  const fallback = given.anything("default", 0);
  const base = given.integer("base", 10, 0, 36);
  if (base === 1) throw given.refused("base", "0 or a whole number from 2 to 36");
  if (typeof value === "bigint") return value;
  if (typeof value === "string" || value instanceof Html) {
    const text = textOf(value);
    return parseWhole(text, base) ?? wholePart(parseFloating(text)) ?? fallback;
  }
  return wholePart(floatingOf(value)) ?? fallback;
});

/** The value as a number, or `default` where it is none. */
export const float = defineFilter("float(default=0)", (value, given) => {
  const text = typeof value === "string" || value instanceof Html;
  return (text ? parseFloating(textOf(value)) : floatingOf(value)) ?? given.anything("default", 0);
});

/**
 * The number with at most `precision` decimal places: the nearest one with `method` "common", of two equally near the
 * even one; the next greater with "ceil", the next smaller with "floor".
 */
export const round = defineFilter('round(precision=0, method="common")', (value, given) => {
  const number = numberOf(value, "round");
  const places = given.integer("precision", 0, -MOST_PLACES, MOST_PLACES);
  const method = given.choice("method", "common", ["common", "ceil", "floor"]);
  if (typeof number === "bigint" && places >= 0) return number;
  if (method === "common") return roundHalfEven(Number(number), places);
  const unit = 10 ** Math.abs(places);
  const moved = places < 0 ? Number(number) / unit : Number(number) * unit;
  // Too large to be moved, hence whole.
  if (!Number.isFinite(moved)) return number;
  const whole = method === "ceil" ? Math.ceil(moved) : Math.floor(moved);
  return places < 0 ? whole * unit : whole / unit;
});

const decimalUnits = ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
const binaryUnits = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"];

/** A number of bytes as people write it, `13.4 kB`; in steps of 1024, `13.1 KiB`, with `binary`. */
export const filesizeformat = defineFilter("filesizeformat(binary=false)", (value, given) => {
  const bytes = typeof value === "string" ? parseFloating(value) : floatingOf(value);
  if (bytes === undefined || !Number.isFinite(bytes)) throw notNumber(value, "filesizeformat");
  const binary = given.flag("binary", false);
  const step = binary ? 1024 : 1000;
  const units = binary ? binaryUnits : decimalUnits;
  if (bytes === 1) return "1 Byte";
  if (bytes < step) return `${Math.trunc(bytes)} Bytes`;
  let place = 0;
  while (place < units.length - 1 && bytes >= step ** (place + 2)) place++;
  // In this order the fractions of large numbers come out as Jinja's do.
  return `${fixed((step * bytes) / step ** (place + 2), 1)} ${units[place]}`;
});

/**
 * `singular` where the value is 1 or has one item, `plural` otherwise: `{{ n }} comment{{ n | pluralize }}`,
 * `cit{{ n | pluralize("y", "ies") }}`.
 */
export const pluralize = defineFilter('pluralize(singular="", plural="s")', (value, given) => {
  const count =
    typeof value === "object" && value !== null ? countOf(value) : Number(numberOf(value, "pluralize"));
  return count === 1 ? given.text("singular", "") : given.text("plural", "s");
});

function countOf(value: object): number {
  return value instanceof Map || value instanceof Set ? value.size : toArray(value).length;
}

function numberOf(value: unknown, filter: string): number | bigint {
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (typeof value === "boolean") return Number(value);
  throw notNumber(value, filter);
}

function notNumber(value: unknown, filter: string): Error {
  return invalidValue(
    value,
    `The filter \`${filter}\` stands behind a value that is no number.`,
    "a number",
    "Turn it into one with `int` or `float` first, which take a default.",
  );
}

function floatingOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "bigint" || typeof value === "boolean" ? Number(value) : undefined;
}

function wholePart(number: number | undefined): number | bigint | undefined {
  if (number === undefined || !Number.isFinite(number)) return undefined;
  const whole = Math.trunc(number);
  return Number.isSafeInteger(whole) ? whole + 0 : narrowed(BigInt(whole));
}
