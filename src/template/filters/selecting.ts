/** Filters that apply another filter, or ask a test, for every item of a list. */
import type { FilterScope } from "../filter-scope.ts";
import { TemplateError } from "../template-error.ts";
import { invoke, type NamedArguments } from "../values/call.ts";
import { toArray } from "../values/iterate.ts";
import { kindOf } from "../values/kind.ts";
import { truthy } from "../values/truth.ts";
import { invalidArgument, type Signature } from "./arguments.ts";
import { isPath, pathOf } from "./attribute-path.ts";
import { defineVariadicFilter } from "./define-filter.ts";

/**
 * What the filter `name` makes of each item, `rest` being its arguments; or what `attribute` names in each, with
 * `default` where it is not defined.
 */
export const map = defineVariadicFilter(
  "map(name, ...rest) or map(attribute=…, default=none)",
  function (value, positional, named, signature) {
    const items = itemsOf(value);
    if (positional.length === 0 && named?.attribute !== undefined) {
      const take = mappedPath(named, signature);
      return items.map(take);
    }
    const name = nameOf(positional[0], "name", "the name of a filter", signature);
    const filter = this.filter(name);
    const rest = positional.slice(1);
    return items.map((item) => invoke(filter, this, [item, ...rest], named, name));
  },
);

/** The items that pass the test `name`, `rest` being its arguments; without a name, those that count as true. */
export const select = defineVariadicFilter("select(name=none, ...rest)", function (...use) {
  return chosen(this, use, false, true);
});

/** The items that do not pass the test `name`; without a name, those that do not count as true. */
export const reject = defineVariadicFilter("reject(name=none, ...rest)", function (...use) {
  return chosen(this, use, false, false);
});

/** The items whose `attribute` passes the test `name`; without a name, those where it counts as true. */
export const selectattr = defineVariadicFilter(
  "selectattr(attribute, name=none, ...rest)",
  function (...use) {
    return chosen(this, use, true, true);
  },
);

/** The items whose `attribute` does not pass the test `name`; without a name, those where it does not count as true. */
export const rejectattr = defineVariadicFilter(
  "rejectattr(attribute, name=none, ...rest)",
  function (...use) {
    return chosen(this, use, true, false);
  },
);

type Use = [
  value: unknown,
  positional: readonly unknown[],
  named: NamedArguments | undefined,
  signature: Signature,
];

function chosen(scope: FilterScope, use: Use, byAttribute: boolean, wanted: boolean): unknown[] {
  const [value, positional, named, signature] = use;
  const path = byAttribute ? positional[0] : undefined;
  if (byAttribute && !isPath(path)) {
    throw invalidArgument(signature, "attribute", "a name, a path or an index", kindOf(path));
  }
  const take = isPath(path) ? pathOf(path) : (item: unknown) => item;
  const rest = byAttribute ? positional.slice(1) : positional;
  const passes = testOf(scope, rest, named, signature);
  return itemsOf(value).filter((item) => passes(take(item)) === wanted);
}

function testOf(
  scope: FilterScope,
  [first, ...rest]: readonly unknown[],
  named: NamedArguments | undefined,
  signature: Signature,
): (value: unknown) => boolean {
  if (first === undefined && named === undefined) return truthy;
  const name = nameOf(first, "name", "the name of a test", signature);
  const test = scope.test(name);
  return (value) => truthy(invoke(test, scope, [value, ...rest], named, name));
}

/** What is empty or missing has no items, null included, as in Jinja. */
function itemsOf(value: unknown): unknown[] {
  return truthy(value) ? toArray(value) : [];
}

function nameOf(value: unknown, parameter: string, expected: string, signature: Signature): string {
  if (typeof value === "string") return value;
  throw invalidArgument(signature, parameter, expected, kindOf(value));
}

function mappedPath(named: NamedArguments, signature: Signature): (item: unknown) => unknown {
  const other = Object.keys(named).find((name) => name !== "attribute" && name !== "default");
  if (other !== undefined) {
    throw new TemplateError(
      "LMP_TEMPLATE_ARGUMENT_INVALID",
      `The filter \`map\` has no parameter \`${other}\`.`,
      {
        expected: "attribute, default",
        found: other,
        fix: `It is used as \`${signature.text}\`.`,
      },
    );
  }
  const path = named.attribute;
  if (!isPath(path))
    throw invalidArgument(signature, "attribute", "a name, a path or an index", kindOf(path));
  return pathOf(path, named.default ?? undefined);
}
