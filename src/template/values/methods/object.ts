/** Methods of plain objects, by the names of Python's dicts; an own property of the same name comes first. */
import { TemplateError } from "../../template-error.ts";
import { hasKey, keyOf, valueAt } from "../keys.ts";
import type { Plain } from "../kind.ts";
import { NamedArguments } from "../named-arguments.ts";
import { pairsOf } from "../pairs.ts";
import type { Members } from "./members.ts";

export const objectMembers: Members<Plain> = {
  properties: {},
  methods: {
    copy: (object) => ({ ...object }),
    entries: (object) => Object.entries(object),
    get: (object, key, otherwise = null) => (hasKey(object, key) ? valueAt(object, key) : otherwise),
    items: (object) => Object.entries(object),
    keys: (object) => Object.keys(object),
    values: (object) => Object.values(object),
  },
  mutating: {
    clear: (object) => {
      for (const key of Object.keys(object)) remove(object, key);
    },
    pop: (object, key, ...otherwise) => {
      if (!hasKey(object, key)) return missing(otherwise);
      const value = valueAt(object, key);
      remove(object, keyOf(key));
      return value;
    },
    popitem: (object) => {
      const key = Object.keys(object).at(-1);
      if (key === undefined) return missing([]);
      const pair = [key, object[key]];
      remove(object, key);
      return pair;
    },
    setdefault: (object, key, value = null) => {
      if (!hasKey(object, key)) put(object, keyOf(key), value);
      return valueAt(object, key);
    },
    update: (object, ...values) => {
      for (const value of values) {
        const pairs = value instanceof NamedArguments ? Object.entries(value) : pairsOf(value);
        for (const [key, item] of pairs) put(object, keyOf(key), item);
      }
    },
  },
};

function put(object: Plain, key: string, value: unknown): void {
  changeable(object);
  object[key] = value;
}

function remove(object: Plain, key: string): void {
  changeable(object);
  Reflect.deleteProperty(object, key);
}

function changeable(object: Plain): void {
  if (!Object.isFrozen(object)) return;
  throw new TemplateError("LMP_TEMPLATE_VALUE_INVALID", "A frozen object is changed.", {
    expected: "an object that may be changed",
    fix: "Change a copy of it: `object.copy()`.",
  });
}

/** What `pop` gives for a key that is not there: the second argument, if there is one. */
export function missing(otherwise: readonly unknown[]): unknown {
  if (otherwise.length > 0) return otherwise[0];
  throw new TemplateError("LMP_TEMPLATE_VALUE_INVALID", "There is no such key to take out.", {
    fix: "Give `pop` a default as second argument.",
  });
}
