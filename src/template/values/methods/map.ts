/** Methods of maps, by the names of JavaScript and of Python's dicts. */
import { NamedArguments } from "../named-arguments.ts";
import { pairsOf } from "../pairs.ts";
import type { Members } from "./members.ts";
import { missing } from "./object.ts";

type AnyMap = Map<unknown, unknown>;

export const mapMembers: Members<AnyMap> = {
  properties: { size: (map) => map.size },
  methods: {
    copy: (map) => new Map(map),
    entries: (map) => [...map.entries()],
    get: (map, key, otherwise) => (map.has(key) ? map.get(key) : otherwise),
    has: (map, key) => map.has(key),
    items: (map) => [...map.entries()],
    keys: (map) => [...map.keys()],
    values: (map) => [...map.values()],
  },
  mutating: {
    clear: (map) => map.clear(),
    delete: (map, key) => map.delete(key),
    pop: (map, key, ...otherwise) => {
      if (!map.has(key)) return missing(otherwise);
      const value = map.get(key);
      map.delete(key);
      return value;
    },
    set: (map, key, value) => map.set(key, value),
    setdefault: (map, key, value = null) => {
      if (!map.has(key)) map.set(key, value);
      return map.get(key);
    },
    update: (map, ...values) => {
      for (const value of values) {
        const pairs = value instanceof NamedArguments ? Object.entries(value) : pairsOf(value);
        for (const [key, item] of pairs) map.set(key, item);
      }
    },
  },
};
