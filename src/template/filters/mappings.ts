/** Filters that look into objects and maps. */
import { Html } from "../../message/index.ts";
import { attribute } from "../values/attribute.ts";
import { isForbidden } from "../values/forbidden.ts";
import { invalidValue, isPlain } from "../values/kind.ts";
import { Namespace } from "../values/namespace.ts";
import { compare } from "../values/order.ts";
import { withoutCase } from "./attribute-path.ts";
import { defineFilter } from "./define-filter.ts";
import { textOf } from "./text-of.ts";

/** The attribute `name` of the value, where the name is not known before. */
export const attr = defineFilter("attr(name)", (value, given) => {
  const name = given.required("name", "the name of an attribute");
  if (typeof name !== "string" && !(name instanceof Html))
    throw given.refused("name", "the name of an attribute");
  return value === undefined || value === null ? undefined : attribute(value, textOf(name));
});

/** The entries of an object or map as pairs of key and value; none of what is not defined. */
export const items = defineFilter("items", (value) => pairsOf(value, "items"));

/**
 * The entries of an object or map as pairs, sorted by "key" or by "value"; upper and lower case alike unless
 * `case_sensitive`, backwards with `reverse`.
 */
export const dictsort = defineFilter(
  'dictsort(case_sensitive=false, by="key", reverse=false)',
  (value, given) => {
    const place = given.choice("by", "key", ["key", "value"]) === "key" ? 0 : 1;
    const seen = given.flag("case_sensitive", false) ? (key: unknown) => key : withoutCase;
    const sign = given.flag("reverse", false) ? -1 : 1;
    const keyed = pairsOf(value, "dictsort").map((pair) => ({ pair, key: seen(pair[place]) }));
    return keyed.sort((a, b) => sign * compare(a.key, b.key)).map(({ pair }) => pair);
  },
);

/** The entries of an object or map; of anything else an error that names the filter. */
export function pairsOf(value: unknown, filter: string): [key: unknown, value: unknown][] {
  if (value === undefined) return [];
  if (value instanceof Map || value instanceof Namespace) return [...value.entries()];
  if (isPlain(value)) return Object.entries(value).filter(([name]) => !isForbidden(name));
  throw invalidValue(
    value,
    `The filter \`${filter}\` stands behind a value without keys.`,
    "an object or a map",
    "Walk through a list itself, without the filter.",
  );
}
