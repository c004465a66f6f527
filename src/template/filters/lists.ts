/** Filters that take lists apart, count them and put them together. */
import { Html } from "../../message/index.ts";
import { add } from "../values/arithmetic.ts";
import { concatenate } from "../values/concatenate.ts";
import { iterate, toArray } from "../values/iterate.ts";
import { invalidValue } from "../values/kind.ts";
import { checkItems, checkLength, ITEM_LIMIT } from "../values/limits.ts";
import { attributePath, itself } from "./attribute-path.ts";
import { defineFilter } from "./define-filter.ts";
import { lengthOf, textOf } from "./text-of.ts";

/** The items as an array; the characters of a text, the keys of an object. */
export const list = defineFilter("list", (value) => [...toArray(value)]);

/** The first item; undefined of an empty list. */
export const first = defineFilter("first", (value) => {
  for (const item of iterate(value)) return item;
  return undefined;
});

/** The last item; undefined of an empty list. */
export const last = defineFilter("last", (value) => toArray(value).at(-1));

/** An item by chance; undefined of an empty list. */
export const random = defineFilter("random", (value) => {
  const items = toArray(value);
  return items[Math.floor(Math.random() * items.length)];
});

/** How many items a list, characters a text or entries an object has. */
export const length = defineFilter("length", (value) => {
  if (typeof value === "string") return lengthOf(value);
  if (value instanceof Html) return lengthOf(textOf(value));
  if (value instanceof Map || value instanceof Set) return value.size;
  if (typeof value === "object" || value === undefined) return toArray(value).length;
  throw invalidValue(value, "This value has no length.", "a list, a text or an object");
});

/** The items in reverse order; the characters of a text, as a text. */
export const reverse = defineFilter("reverse", (value) => {
  if (typeof value === "string") return Array.from(value).reverse().join("");
  if (value instanceof Html) return Array.from(textOf(value)).reverse().join("");
  return toArray(value).toReversed();
});

/**
 * The items as one text with `d` between them, or what `attribute` names in each. Where an item or `d` is markup, the
 * others are escaped and the result is markup.
 */
export const join = defineFilter('join(d="", attribute=none)', function (value, given) {
  const d = given.get("d") ?? "";
  const separator = this.escaping && d instanceof Html ? d : given.text("d", "");
  const take = attributePath(given);
  const all = toArray(value);
  const items = take === itself ? all : all.map(take);
  checkLength(items.length * textOf(separator).length);
  if (!this.escaping) return items.map(textOf).join(textOf(separator));
  const parts: unknown[] = separator instanceof Html ? [new Html("")] : [];
  items.forEach((item, index) => {
    if (index > 0 && separator !== "") parts.push(separator);
    parts.push(item);
  });
  return concatenate(parts);
});

/** The items in rows of `linecount`; the last one filled up with `fill_with`, where it is given. */
export const batch = defineFilter("batch(linecount, fill_with=none)", (value, given) => {
  given.required("linecount", `a whole number from 1 to ${ITEM_LIMIT}`);
  const count = given.integer("linecount", 1, 1, ITEM_LIMIT);
  const filler = given.get("fill_with");
  const items = toArray(value);
  const rows: unknown[][] = [];
  for (let at = 0; at < items.length; at += count) rows.push(items.slice(at, at + count));
  const final = rows.at(-1);
  if (filler !== undefined) while (final !== undefined && final.length < count) final.push(filler);
  return rows;
});

/** The items in `slices` columns of nearly the same length; `fill_with` is put behind those without an extra item. */
export const slice = defineFilter("slice(slices, fill_with=none)", (value, given) => {
  given.required("slices", `a whole number from 1 to ${ITEM_LIMIT}`);
  const count = given.integer("slices", 1, 1, ITEM_LIMIT);
  const filler = given.get("fill_with");
  const items = toArray(value);
  const least = Math.floor(items.length / count);
  const longer = items.length % count;
  let at = 0;
  return Array.from({ length: count }, (_, index) => {
    const column = items.slice(at, (at += index < longer ? least + 1 : least));
    if (filler !== undefined && index >= longer) column.push(filler);
    return column;
  });
});

/** The sum of the items, or of what `attribute` names in each, and `start`. */
export const sum = defineFilter("sum(attribute=none, start=0)", (value, given) => {
  const take = attributePath(given);
  let total: unknown = given.get("start") ?? 0;
  let items = 0;
  for (const item of iterate(value)) {
    total = add(total, take(item));
    // Lists are copied by every addition.
    if (Array.isArray(total)) checkItems((items += total.length));
  }
  return total;
});
