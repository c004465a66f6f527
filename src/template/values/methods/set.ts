/** Methods of sets, by the names of JavaScript and of Python. */
import { iterate } from "../iterate.ts";
import type { Members } from "./members.ts";

type AnySet = Set<unknown>;

const others = (values: readonly unknown[]): AnySet =>
  new Set(values.flatMap((value) => [...iterate(value)]));
const only = (set: AnySet, keep: (value: unknown) => boolean): AnySet => new Set([...set].filter(keep));

function union(set: AnySet, ...values: unknown[]): AnySet {
  return new Set([...set, ...others(values)]);
}

function intersection(set: AnySet, ...values: unknown[]): AnySet {
  const sets = values.map((value) => others([value]));
  return only(set, (value) => sets.every((other) => other.has(value)));
}

function difference(set: AnySet, ...values: unknown[]): AnySet {
  const gone = others(values);
  return only(set, (value) => !gone.has(value));
}

function symmetricDifference(set: AnySet, value: unknown): AnySet {
  const other = others([value]);
  return new Set([...difference(set, other), ...difference(other, set)]);
}

function isSubset(set: AnySet, value: unknown): boolean {
  const other = others([value]);
  return [...set].every((item) => other.has(item));
}

function isSuperset(set: AnySet, value: unknown): boolean {
  return [...iterate(value)].every((item) => set.has(item));
}

function isDisjoint(set: AnySet, value: unknown): boolean {
  return [...iterate(value)].every((item) => !set.has(item));
}

export const setMembers: Members<AnySet> = {
  properties: { size: (set) => set.size },
  methods: {
    copy: (set) => new Set(set),
    difference,
    entries: (set) => [...set.entries()],
    has: (set, value) => set.has(value),
    intersection,
    isDisjointFrom: isDisjoint,
    isSubsetOf: isSubset,
    isSupersetOf: isSuperset,
    isdisjoint: isDisjoint,
    issubset: isSubset,
    issuperset: isSuperset,
    keys: (set) => [...set],
    symmetricDifference,
    symmetric_difference: symmetricDifference,
    union,
    values: (set) => [...set],
  },
  mutating: {
    add: (set, value) => set.add(value),
    clear: (set) => set.clear(),
    delete: (set, value) => set.delete(value),
    discard: (set, value) => void set.delete(value),
    remove: (set, value) => void set.delete(value),
    update: (set, ...values) => {
      for (const value of others(values)) set.add(value);
    },
  },
};
