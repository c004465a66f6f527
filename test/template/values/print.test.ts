/** What values are as text, as truth, and joined. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Html, noncePlace } from "limpid/message";
import { concatenate } from "../../../src/template/values/concatenate.ts";
import { jsonText } from "../../../src/template/values/json-text.ts";
import { print } from "../../../src/template/values/print.ts";
import { truthy } from "../../../src/template/values/truth.ts";

test("values of every kind", () => {
  const cases: [unknown, string][] = [
    ["<a>", "<a>"],
    [1.5, "1.5"],
    [-0, "0"],
    [2n, "2"],
    [true, "true"],
    [false, "false"],
    [null, ""],
    [undefined, ""],
    [new Html("<b>"), "<b>"],
    [new Date(0), "1970-01-01T00:00:00.000Z"],
    [new Date(Number.NaN), ""],
    [[1, "a", null, undefined], '[1,"a",null,null]'],
    [{ a: undefined, b: [{}] }, '{"b":[{}]}'],
    [{ a: 1n, b: new Html("<i>"), c: new Date(0) }, '{"a":1,"b":"<i>","c":"1970-01-01T00:00:00.000Z"}'],
    [new Map([["a", new Set([1])]]), '{"a":[1]}'],
    [new URL("https://example.com/a"), "https://example.com/a"],
    [new Error("broken"), "Error: broken"],
    [[1, 2].values(), "[1,2]"],
  ];
  for (const [value, text] of cases) assert.equal(print(value), text);
});

test("arrays and objects print as JSON.stringify writes them, with an indent as well", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom("", "  ", "\t"), (value, indent) => {
      assert.equal(print([value]), JSON.stringify([value]));
      assert.equal(jsonText(value, indent), JSON.stringify(value, null, indent));
    }),
    { numRuns: 500 },
  );
});

test("a toJSON of its own is used, one on Object.prototype is not", () => {
  assert.equal(print([{ toJSON: () => "own" }]), '["own"]');
  Reflect.set(Object.prototype, "toJSON", () => "polluted");
  try {
    assert.equal(print([{ a: 1 }]), '[{"a":1}]');
  } finally {
    Reflect.deleteProperty(Object.prototype, "toJSON");
  }
});

test("what has no text says so", () => {
  class Silent {}
  const cycle: unknown[] = [];
  cycle.push({ cycle });
  for (const value of [() => 1, Symbol("a"), new Silent(), cycle]) {
    assert.throws(() => print(value), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  }
  assert.throws(() => print(Promise.resolve(1)), { code: "LMP_TEMPLATE_ASYNC" });
});

test("what is empty, zero or nothing counts as false", () => {
  class Thing {}
  const none = [
    undefined,
    null,
    false,
    0,
    -0,
    0n,
    Number.NaN,
    "",
    [],
    {},
    new Map(),
    new Set(),
    new Html(""),
  ];
  const some = [
    true,
    1,
    -1n,
    " ",
    "0",
    [0],
    { a: 0 },
    new Map([[0, 0]]),
    new Set([0]),
    new Html(" "),
    new Thing(),
  ];
  for (const value of none) assert.equal(truthy(value), false, print([value]));
  for (const value of some) assert.equal(truthy(value), true);
  assert.equal(truthy(Object.create(null)), false);
  assert.equal(
    truthy(() => false),
    true,
  );
  Reflect.set(Object.prototype, "polluted", 1);
  try {
    assert.equal(truthy({}), false);
  } finally {
    Reflect.deleteProperty(Object.prototype, "polluted");
  }
});

test("joined texts are text; beside markup they are escaped, and its nonce is kept", () => {
  assert.equal(concatenate(["a", 1, null, true, [2]]), "a1true[2]");
  const markup = concatenate(["<", new Html("<b>"), 1, { a: "'" }]);
  assert.ok(markup instanceof Html);
  assert.equal(String(markup), "&lt;<b>1{&#34;a&#34;:&#34;&#39;&#34;}");
  const script = Html.withNoncePlaces(`<script${noncePlace}></script>`);
  const joined = concatenate(["&", script]);
  assert.ok(joined instanceof Html);
  assert.equal(String(joined.withNonce("abc")), '&amp;<script nonce="abc"></script>');
  assert.equal(print(script), "<script></script>");
});
