/** Filters that order lists and find what is equal in them. */
import { Html } from "../../message/index.ts";
import { toArray } from "../values/iterate.ts";
import { compare } from "../values/order.ts";
import type { Arguments } from "./arguments.ts";
import { attributePath, isPath, itself, pathOf, type Take, withoutCase } from "./attribute-path.ts";
import { defineFilter } from "./define-filter.ts";
import { textOf } from "./text-of.ts";

/**
 * The items in order, backwards with `reverse`; upper and lower case alike unless `case_sensitive`. `attribute` names
 * what is compared, or several things with commas between. Equal items stay as they were.
 */
export const sort = defineFilter(
  "sort(reverse=false, case_sensitive=false, attribute=none)",
  (value, given) => {
    const sign = given.flag("reverse", false) ? -1 : 1;
    const take = sortKey(given);
    const keyed = toArray(value).map((item) => ({ item, key: take(item) }));
    return keyed.sort((a, b) => sign * compare(a.key, b.key)).map(({ item }) => item);
  },
);

/**
 * The items without those that were there before; upper and lower case alike unless `case_sensitive`. `attribute`
 * names what is compared. Of objects, only the same one counts as there before.
 */
export const unique = defineFilter("unique(case_sensitive=false, attribute=none)", (value, given) => {
  const take = cased(given, attributePath(given));
  const seen = new Set<unknown>();
  return toArray(value).filter((item) => {
    const key = identity(take(item));
    return seen.has(key) ? false : seen.add(key);
  });
});

/** The least item; undefined of an empty list. Case and `attribute` as for `unique`. */
export const min = defineFilter("min(case_sensitive=false, attribute=none)", (value, given) =>
  extreme(value, given, -1),
);

/** The greatest item; undefined of an empty list. Case and `attribute` as for `unique`. */
export const max = defineFilter("max(case_sensitive=false, attribute=none)", (value, given) =>
  extreme(value, given, 1),
);

/**
 * The items in groups that have the same `attribute`, ordered by it; `default` stands for one that is not defined.
 * A group is a pair and has the names `grouper` and `list`.
 */
export const groupby = defineFilter(
  "groupby(attribute, default=none, case_sensitive=false)",
  (value, given) => {
    given.required("attribute", 'a name, a path such as "author.name", or an index');
    const take = attributePath(given, given.get("default"));
    const key = cased(given, take);
    const keyed = toArray(value).map((item) => ({ item, key: key(item) }));
    keyed.sort((a, b) => compare(a.key, b.key));
    const groups: Group[] = [];
    let before: unknown;
    for (const each of keyed) {
      const group = groups.at(-1);
      if (group === undefined || compare(before, each.key) !== 0)
        groups.push(groupOf(take(each.item), each.item));
      else group.list.push(each.item);
      before = each.key;
    }
    return groups;
  },
);

/** A pair, so that `for year, posts in …` takes it apart, whose parts have names as well. */
type Group = [unknown, unknown[]] & { grouper: unknown; list: unknown[] };

function groupOf(grouper: unknown, item: unknown): Group {
  const list = [item];
  const pair: [unknown, unknown[]] = [grouper, list];
  return Object.assign(pair, { grouper, list });
}

function extreme(value: unknown, given: Arguments, sign: number): unknown {
  const take = cased(given, attributePath(given));
  const items = toArray(value);
  let found = items[0];
  let best = items.length > 1 ? take(found) : undefined;
  for (let index = 1; index < items.length; index++) {
    const key = take(items[index]);
    if (sign * compare(key, best) > 0) {
      best = key;
      found = items[index];
    }
  }
  return found;
}

function cased(given: Arguments, take: Take): Take {
  if (given.flag("case_sensitive", false)) return take;
  return take === itself ? withoutCase : (value) => withoutCase(take(value));
}

/** What `sort` compares: one thing, or an array of several. */
function sortKey(given: Arguments): Take {
  const path = given.get("attribute");
  if (typeof path !== "string" || !path.includes(",")) return cased(given, attributePath(given));
  if (!isPath(path)) throw given.refused("attribute", "names with commas between");
  const takes = path.split(",").map((part) => cased(given, pathOf(part.trim())));
  return (value) => takes.map((take) => take(value));
}

/** A value as a key of a set in which 1, 1n and true are one, markup is its text and dates are their time. */
function identity(value: unknown): unknown {
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "bigint") return BigInt(Number(value)) === value ? Number(value) : value;
  if (value instanceof Html) return textOf(value);
  return value instanceof Date ? `date ${value.getTime()}` : value;
}
