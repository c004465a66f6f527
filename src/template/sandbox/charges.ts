/** What filters, tests and methods are charged for before they run: as much as they can read. */
import { Html } from "../../message/index.ts";
import { isPath, pathOf } from "../filters/attribute-path.ts";
import { toArray } from "../values/iterate.ts";
import type { Budget } from "./budget.ts";
import { chargeWhole } from "./weight.ts";

/** Filters that look at a value as a whole or take one part of it. */
const taking: ReadonlySet<string> = new Set([
  "attr",
  "count",
  "d",
  "default",
  "first",
  "last",
  "length",
  "random",
]);

/** Filters that go through a list without looking into its items. */
const listing: ReadonlySet<string> = new Set([
  "batch",
  "list",
  "map",
  "reject",
  "rejectattr",
  "reverse",
  "select",
  "selectattr",
  "slice",
]);

/** Filters of lists that look into the items; of a text, all of these make a list of its characters. */
const comparing: ReadonlySet<string> = new Set(["groupby", "join", "max", "min", "sort", "sum", "unique"]);

/** Methods of lists that do not look into the items. */
const listMethods: ReadonlySet<string> = new Set([
  "at",
  "concat",
  "copy",
  "entries",
  "keys",
  "slice",
  "toReversed",
  "values",
]);

/** Filters and methods that fill a text up to a width. */
const widening: ReadonlySet<string> = new Set([
  "center",
  "indent",
  "ljust",
  "padEnd",
  "padStart",
  "repeat",
  "rjust",
  "zfill",
]);

/** `path` is what the filter's `attribute` names: of the items, only that is looked at. */
export function chargeFilter(
  name: string,
  value: unknown,
  rest: readonly unknown[],
  path: unknown,
  budget: Budget,
): void {
  if (widening.has(name)) chargeWidth(rest, budget);
  if (typeof value === "string" || value instanceof Html) {
    if (listing.has(name) || comparing.has(name)) budget.charge(String(value).length);
    chargeTexts(value, rest, budget);
  } else if (listing.has(name)) chargeItems(value, budget);
  else if (isPath(path)) chargeTaken(value, path, budget);
  else if (!taking.has(name)) {
    chargeWhole(value, budget);
    for (const argument of rest) chargeWhole(argument, budget);
  }
}

/** A test of two values may compare all that is in them. */
export function chargeTest(value: unknown, rest: readonly unknown[], budget: Budget): void {
  if (typeof value === "string") chargeTexts(value, rest, budget);
  else if (rest.length > 0) for (const part of [value, ...rest]) chargeWhole(part, budget);
}

/** Methods of texts and lists; what other objects have reads one part, or makes a list that is charged for. */
export function chargeMethod(
  owner: unknown,
  spelled: string,
  given: readonly unknown[],
  budget: Budget,
): void {
  const name = spelled.slice(spelled.lastIndexOf(".") + 1);
  if (typeof owner === "string" || owner instanceof Html) {
    if (widening.has(name)) chargeWidth(given, budget);
    chargeTexts(owner, given, budget);
  } else if (Array.isArray(owner)) {
    if (listMethods.has(name)) budget.charge(owner.length);
    else for (const part of [owner, ...given]) chargeWhole(part, budget);
  }
}

function chargeWidth(given: readonly unknown[], budget: Budget): void {
  const [width] = given;
  if (typeof width === "number" && width > 0) budget.chargeText(width);
}

/** A text that is worked on with others, which may be looked for in it. */
function chargeTexts(owner: string | Html, given: readonly unknown[], budget: Budget): void {
  const { length } = String(owner);
  budget.chargeReading(length);
  for (const argument of given) {
    chargeWhole(argument, budget);
    if (typeof argument === "string" || argument instanceof Html)
      budget.chargeSearch(length, String(argument).length);
  }
}

function chargeItems(value: unknown, budget: Budget): void {
  if (typeof value === "object" && value !== null) budget.charge(toArray(value).length);
}

function chargeTaken(value: unknown, path: string | number, budget: Budget): void {
  const takes = String(path)
    .split(",")
    .map((part) => pathOf(part.trim()));
  for (const item of toArray(value)) {
    for (const take of takes) {
      budget.charge(1);
      chargeWhole(take(item), budget);
    }
  }
}
