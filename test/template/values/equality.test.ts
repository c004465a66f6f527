/** `==`, `<` and `in`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Html } from "limpid/message";
import { contains } from "../../../src/template/values/contains.ts";
import { equals } from "../../../src/template/values/equality.ts";
import { compare } from "../../../src/template/values/order.ts";

// Few different values, so that equal ones are met often.
const number = fc.oneof(
  fc.constantFrom(0, -0, 1, 2, Number.NaN, Infinity, true, false, 0n, 1n, 2n ** 53n, 2 ** 53, 2n ** 53n + 1n),
  fc.integer(),
);
const text = fc.constantFrom<unknown>("", "a", "b", new Html("a"), new Html("b"), "😀");
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    number,
    text,
    fc.constantFrom<unknown>(null, undefined, new Date(0), new Date(0), new Date(1)),
    fc.array(tie("value"), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom("a", "b"), tie("value"), { maxKeys: 2 }),
    fc.constantFrom<unknown>(new Map([["a", 1]]), new Map([["a", true]]), new Set([1]), new Set([2])),
  ),
}));

test("equals is an equivalence", () => {
  fc.assert(
    fc.property(value, value, value, (a, b, c) => {
      assert.ok(equals(a, a));
      assert.equal(equals(a, b), equals(b, a));
      if (equals(a, b) && equals(b, c)) assert.ok(equals(a, c));
    }),
    { numRuns: 5000 },
  );
});

test("compare is a total order that agrees with equals", () => {
  const list = fc.array(number, { maxLength: 3 });
  const triple = fc.oneof(
    fc.tuple<unknown[]>(number, number, number),
    fc.tuple<unknown[]>(text, text, text),
    fc.tuple<unknown[]>(list, list, list),
  );
  fc.assert(
    fc.property(triple, ([a, b, c]) => {
      assert.equal(compare(a, b) === 0, equals(a, b));
      assert.equal(Math.sign(compare(a, b)), -Math.sign(compare(b, a)) + 0);
      if (compare(a, b) <= 0 && compare(b, c) <= 0) assert.ok(compare(a, c) <= 0);
    }),
    { numRuns: 5000 },
  );
});

test("what is equal, by hand", () => {
  assert.ok(equals(true, 1) && equals(false, 0) && equals(1n, 1) && equals("a", new Html("a")));
  assert.ok(equals([1, { a: [2] }], [true, { a: [2n] }]));
  assert.ok(equals({ a: 1, b: 2 }, { b: 2, a: 1 }));
  for (const [a, b] of [
    [null, undefined],
    ["1", 1],
    [null, 0],
    ["", false],
    [[], ""],
    [[1], [1, 2]],
    [{}, []],
  ]) {
    assert.equal(equals(a, b), false);
  }
  assert.equal(equals({ toString: 1 }, { a: 1 }), false);
  assert.equal(equals({}, new (class Empty {})()), false);
});

test("values that contain themselves, or the same parts endlessly often, are refused", () => {
  const cycle = (): unknown[] => {
    const list: unknown[] = [];
    list.push(list);
    return list;
  };
  assert.throws(() => equals(cycle(), cycle()), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  assert.throws(() => compare(cycle(), cycle()), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  const doubled = (): unknown => Array.from({ length: 40 }).reduce((inner) => [inner, inner], [1]);
  assert.throws(() => equals(doubled(), doubled()), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  assert.throws(() => compare(doubled(), doubled()), { code: "LMP_TEMPLATE_VALUE_INVALID" });
});

test("what has no order says so", () => {
  for (const [a, b] of [
    ["a", 1],
    [null, 1],
    [{}, {}],
    [new Date(0), 1],
    [[1], 1],
    [["a"], [1]],
  ]) {
    assert.throws(() => compare(a, b), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  }
  assert.throws(() => compare(undefined, 1), { code: "LMP_TEMPLATE_UNDEFINED" });
  assert.ok(compare(new Date(0), new Date(1)) < 0);
});

test("in: texts, items, keys and members", () => {
  assert.ok(contains("hello", "ell") && contains(new Html("<b>"), "b") && contains([1, [2]], [2]));
  assert.ok(contains([1], true) && contains(new Set([1]), 1) && contains(new Set([[1]]), [1]));
  assert.ok(contains(new Map([["a", 1]]), "a") && contains({ a: 1 }, "a") && contains({ 1: 1 }, 1));
  assert.equal(contains({ a: 1 }, "items"), false);
  assert.equal(contains({ a: 1 }, "toString"), false);
  assert.equal(contains(JSON.parse('{"__proto__": 1}'), "__proto__"), false);
  assert.equal(contains(undefined, "a"), false);
  assert.throws(() => contains("1", 1), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  assert.throws(() => contains(null, 1), { code: "LMP_TEMPLATE_VALUE_INVALID" });
});
