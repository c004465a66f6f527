/** Methods of arrays by the names of JavaScript and of Python's lists; those with a function as argument are filters. */
import { TemplateError } from "../../template-error.ts";
import { equals } from "../equality.ts";
import { integer, integerOr } from "../integer.ts";
import { toArray } from "../iterate.ts";
import { checkItems } from "../limits.ts";
import { compare } from "../order.ts";
import { print } from "../print.ts";
import { type Members, textArgument } from "./members.ts";

type List = unknown[];

export const arrayMembers: Members<List> = {
  properties: { length: (list) => list.length },
  methods: {
    at: (list, index) => list.at(integer(index, "An index")),
    concat: (list, ...others) => joined(list, others),
    copy: (list) => [...list],
    count: (list, value) => list.filter((item) => equals(item, value)).length,
    entries: (list) => list.map((item, index) => [index, item]),
    flat: (list, depth) => flattened(list, Math.min(integerOr(depth, 1, "The depth"), 100), []),
    includes: (list, value) => indexOf(list, value) !== -1,
    index: (list, value) => found(indexOf(list, value)),
    indexOf: (list, value) => indexOf(list, value),
    join: (list, separator) =>
      list.map(print).join(separator === undefined ? "," : textArgument(separator, "A separator")),
    keys: (list) => [...list.keys()],
    lastIndexOf: (list, value) => list.findLastIndex((item) => equals(item, value)),
    slice: (list, start, end) =>
      list.slice(integerOr(start, 0, "The start"), integerOr(end, list.length, "The end")),
    toReversed: (list) => list.toReversed(),
    toSorted: (list) => list.toSorted(compare),
    toString: (list: List) => print(list),
    values: (list) => [...list],
  },
  mutating: {
    append: (list, value) => changed(list, () => list.push(value)) && undefined,
    clear: (list) => changed(list, () => list.splice(0)) && undefined,
    extend: (list, values) => {
      const added = toArray(values);
      checkItems(list.length + added.length);
      changed(list, () => {
        for (const value of [...added]) list.push(value);
      });
    },
    insert: (list, index, value) => {
      changed(list, () => list.splice(integer(index, "An index"), 0, value));
    },
    pop: (list, index) => {
      const at = integerOr(index, -1, "An index");
      return changed(list, () => list.splice(at, 1)[0]);
    },
    push: (list, ...values) => changed(list, () => list.push(...values)),
    remove: (list, value) => {
      const index = found(indexOf(list, value));
      changed(list, () => list.splice(index, 1));
    },
    reverse: (list) => changed(list, () => list.reverse()),
    shift: (list) => changed(list, () => list.shift()),
    sort: (list) => changed(list, () => list.sort(compare)),
    splice: (list, start, count, ...values) =>
      changed(list, () =>
        list.splice(integer(start, "The start"), integerOr(count, list.length, "The count"), ...values),
      ),
    unshift: (list, ...values) => changed(list, () => list.unshift(...values)),
  },
};

function changed<T>(list: List, change: () => T): T {
  if (Object.isFrozen(list)) {
    throw new TemplateError("LMP_TEMPLATE_VALUE_INVALID", "A frozen array is changed.", {
      expected: "an array that may be changed",
      fix: "Change a copy of it: `list.copy()`.",
    });
  }
  return change();
}

function flattened(list: List, depth: number, flat: List): List {
  for (const item of list) {
    if (Array.isArray(item) && depth > 0) flattened(item, depth - 1, flat);
    else checkItems(flat.push(item));
  }
  return flat;
}

function joined(list: List, others: readonly unknown[]): List {
  const all = list.concat(...others);
  checkItems(all.length);
  return all;
}

function indexOf(list: List, value: unknown): number {
  const index = list.indexOf(value);
  return index === -1 ? list.findIndex((item) => equals(item, value)) : index;
}

function found(index: number): number {
  if (index !== -1) return index;
  throw new TemplateError("LMP_TEMPLATE_VALUE_INVALID", "The array has no such item.", {
    fix: "Ask with `in` first, or use `indexOf`, which gives -1.",
  });
}
