/** CVE-2019-19919, CVE-2021-23369 and the payload lists of other engines: no chain of names reaches a prototype. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import fc from "fast-check";
import { Html } from "limpid/message";
import { globals } from "../../../src/template/globals.ts";
import { TemplateError } from "../../../src/template/template-error.ts";
import { attribute, hasAttribute, method } from "../../../src/template/values/attribute.ts";
import { braceFormat } from "../../../src/template/values/brace-format.ts";
import { invoke, NamedArguments } from "../../../src/template/values/call.ts";
import { item } from "../../../src/template/values/item.ts";
import { kindOf } from "../../../src/template/values/kind.ts";
import { hasBuiltinMember } from "../../../src/template/values/methods.ts";
import { Namespace } from "../../../src/template/values/namespace.ts";
import { chains, payloads } from "./payloads.ts";

class User {
  name = "Ada";
  secret(): string {
    return "secret";
  }
}

const samples = (): unknown[] => [
  "text",
  1,
  1n,
  true,
  [1],
  { a: 1 },
  Object.create(null),
  new Map([["a", 1]]),
  new Set([1]),
  new Date(0),
  new Html("<b>"),
  new URL("https://example.com/"),
  new Namespace(),
  new NamedArguments({ a: 1 }),
  new User(),
  User,
  Symbol("a"),
  () => 1,
  function named() {},
  async () => 1,
  attribute("text", "upper"),
  attribute([], "append"),
  ...globals.values(),
];

const builtins: object[] = [
  Object,
  Function,
  Array,
  String,
  Number,
  BigInt,
  Boolean,
  Symbol,
  Map,
  Set,
  Date,
  Promise,
  RegExp,
  Error,
  URL,
  Html,
  Namespace,
  NamedArguments,
];

/** Everything that JavaScript itself put on its constructors and prototypes. */
function natives(): Set<unknown> {
  const found = new Set<unknown>();
  for (const made of builtins) {
    for (const holder of [made, (made as { prototype: object }).prototype]) {
      found.add(holder);
      for (const key of Reflect.ownKeys(holder)) {
        const { value, get, set } = Object.getOwnPropertyDescriptor(holder, key) ?? {};
        for (const part of [value, get, set]) if (typeof part === "function") found.add(part);
      }
    }
  }
  return found;
}

const native = natives();

/** Names of anything that a prototype of JavaScript has. */
const nativeNames = [
  ...new Set(
    builtins.flatMap((made) =>
      [made, (made as { prototype: object }).prototype]
        .flatMap((holder) => Reflect.ownKeys(holder))
        .filter((key) => typeof key === "string"),
    ),
  ),
];

/** The prototypes as they are: what they hold by name, and the functions themselves. */
const shape = (): unknown[] =>
  builtins.flatMap((made) => members(made).concat(members(Reflect.get(made, "prototype"))));

function members(holder: object): unknown[] {
  return Reflect.ownKeys(holder).flatMap((key) => {
    const { value, get, set } = Object.getOwnPropertyDescriptor(holder, key) ?? {};
    return [key, typeof value === "function" ? value : undefined, get, set];
  });
}

let before: unknown[];
beforeEach(() => {
  before = shape();
});
afterEach(() => {
  const after = shape();
  assert.equal(after.length, before.length);
  assert.ok(after.every((part, index) => part === before[index]));
});

/** A value of a template, or undefined where reading it is an error of the template. */
function reading(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    assert.ok(error instanceof TemplateError, String(error));
    return undefined;
  }
}

function assertHarmless(value: unknown, told: string): void {
  assert.ok(!native.has(value), told);
  assert.ok(
    !native.has(Object.getPrototypeOf(Object(value))) || typeof value !== "object" || !isPrototype(value),
    told,
  );
}

function isPrototype(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "constructor");
}

test("there are more than 200 payloads", () => {
  assert.ok(new Set(payloads).size >= 200);
});

test("no name of a prototype is an attribute or a key, but for the methods on the list", () => {
  for (const object of samples()) {
    for (const name of nativeNames) {
      const told = `${kindOf(object)}.${name}`;
      for (const read of [attribute, item, method]) {
        const value = reading(() => read(object, name));
        assertHarmless(value, told);
        const own = Object.hasOwn(Object(object), name);
        if (value !== undefined && !own) assert.ok(hasBuiltinMember(object, name), told);
      }
      if (hasAttribute(object, name)) assert.ok(attribute(object, name) !== undefined, told);
    }
  }
});

test("no chain of the payloads reaches anything that JavaScript's prototypes hold", () => {
  for (const root of samples()) {
    for (const chain of chains) {
      let value: unknown = root;
      for (const name of chain) {
        if (value === undefined) break;
        const object = value;
        value = reading(() => attribute(object, name));
        assertHarmless(value, `${kindOf(root)} ${chain.join(".")}`);
        assert.equal(reading(() => item(object, name)) === undefined, value === undefined);
      }
    }
  }
});

test("what a format reads is what an expression reads", () => {
  for (const root of samples()) {
    for (const chain of chains) {
      const path = chain.map((name) => `.${name}`).join("");
      const written = reading(() => braceFormat(`{0${path}}`, [root], undefined, attribute));
      const items = reading(() => braceFormat(`{0[${chain.join("][")}]}`, [root], undefined, attribute));
      for (const text of [written, items])
        assert.doesNotMatch(String(text), /native code|\[object|function|class/);
    }
  }
});

test("own properties of the forbidden names are not seen either", () => {
  const data: unknown = JSON.parse(
    '{"__proto__": {"a": 1}, "constructor": {"a": 1}, "prototype": 1, "b": 2}',
  );
  for (const name of ["__proto__", "constructor", "prototype"]) {
    assert.equal(attribute(data, name), undefined);
    assert.equal(item(data, name), undefined);
    assert.equal(item(new Map([[name, 1]]), name), undefined);
    assert.equal(hasAttribute(data, name), false);
  }
  assert.equal(attribute(data, "b"), 2);
});

test("what makes code out of text is not called, even where the data holds it", () => {
  const makers = [
    Function,
    Reflect.get(globalThis, "eval"),
    Object.getPrototypeOf(async () => 1).constructor,
    Object.getPrototypeOf(function* () {}).constructor,
    Object.getPrototypeOf(async function* () {}).constructor,
  ];
  for (const maker of makers) {
    assert.throws(() => invoke(maker, undefined, ["return 1"], undefined, "f"), {
      code: "LMP_TEMPLATE_VALUE_INVALID",
    });
  }
});

test("names put on Object.prototype are no attributes", () => {
  const names = Array.from({ length: 50 }, (_, index) => `polluted${index}`);
  for (const name of names) Reflect.set(Object.prototype, name, () => "polluted");
  try {
    for (const object of samples()) {
      for (const name of names) {
        assert.equal(
          reading(() => attribute(object, name)),
          undefined,
        );
        assert.equal(
          reading(() => item(object, name)),
          undefined,
        );
        assert.equal(hasAttribute(object, name), false);
      }
    }
  } finally {
    for (const name of names) Reflect.deleteProperty(Object.prototype, name);
  }
});

test("10,000 random names reach nothing that was not given", () => {
  const objects = samples();
  const name = fc.oneof(
    fc.string(),
    fc.constantFrom(...nativeNames),
    fc.stringMatching(/^_{0,2}[a-z]{1,9}_{0,2}$/),
  );
  fc.assert(
    fc.property(fc.constantFrom(...objects), name, (object, name) => {
      const value = reading(() => attribute(object, name));
      assertHarmless(value, name);
      if (value !== undefined && !Object.hasOwn(Object(object), name))
        assert.ok(hasBuiltinMember(object, name));
    }),
    { numRuns: 10_000 },
  );
});

test("keys that a template writes cannot change a prototype", () => {
  for (const name of ["__proto__", "constructor", "prototype"]) {
    const attack = { code: /^LMP_TEMPLATE_/ };
    const pair = [[name, { polluted: 1 }]];
    assert.throws(() => invoke(globals.get("dict"), undefined, [pair], undefined, "dict"), attack);
    assert.throws(() => invoke(globals.get("namespace"), undefined, [pair], undefined, "namespace"), attack);
    const object = {};
    assert.throws(() => invoke(attribute(object, "update"), object, [pair], undefined, "update"), attack);
    assert.throws(() => invoke(attribute(object, "setdefault"), object, [name, 1], undefined, "f"), attack);
    assert.deepEqual(Reflect.ownKeys(object), []);
    assert.equal(attribute(object, "polluted"), undefined);
  }
});
