/** The operators of numbers, texts and arrays. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Html } from "limpid/message";
import {
  add,
  divide,
  floorDivide,
  modulo,
  multiply,
  negate,
  positive,
  power,
  subtract,
} from "../../../src/template/values/arithmetic.ts";

const invalid = { code: "LMP_TEMPLATE_VALUE_INVALID" };

test("the signs of // and % are Python's", () => {
  const cases: [number, number, number, number][] = [
    [7, 2, 3, 1],
    [-7, 2, -4, 1],
    [7, -2, -4, -1],
    [-7, -2, 3, -1],
    [6, -3, -2, 0],
    [1, 0.1, 9, 0.09999999999999995],
    [-7.5, 2, -4, 0.5],
  ];
  for (const [a, b, quotient, rest] of cases) {
    assert.equal(floorDivide(a, b), quotient, `${a} // ${b}`);
    assert.ok(Math.abs((modulo(a, b) as number) - rest) < 1e-12, `${a} % ${b}`);
  }
});

test("for whole numbers, (a // b) * b + a % b is a, in both kinds", () => {
  const whole = fc.integer({ min: -1_000_000, max: 1_000_000 });
  fc.assert(
    fc.property(
      whole,
      whole.filter((b) => b !== 0),
      (a, b) => {
        const rest = modulo(a, b) as number;
        assert.equal((floorDivide(a, b) as number) * b + rest, a);
        assert.ok(rest === 0 || rest < 0 === b < 0);
        assert.equal(floorDivide(BigInt(a), BigInt(b)), BigInt(floorDivide(a, b) as number));
        assert.equal(modulo(BigInt(a), b), BigInt(rest));
      },
    ),
  );
});

test("booleans are numbers, and bigints stay what they are beside whole numbers", () => {
  assert.equal(add(true, 1), 2);
  assert.equal(add(2n ** 60n, 1), 2n ** 60n + 1n);
  assert.equal(add(1n, 0.5), 1.5);
  assert.equal(subtract(3n, true), 2n);
  assert.equal(divide(1n, 2n), 0.5);
  assert.equal(divide(7, 2), 3.5);
  assert.equal(power(2, 10), 1024);
  assert.equal(power(2n, 70n), 2n ** 70n);
  assert.equal(power(2n, -1), 0.5);
  assert.deepEqual([negate(1), negate(2n), negate(true), positive(true), positive(2n)], [-1, -2n, -1, 1, 2n]);
});

test("texts, markup and arrays", () => {
  assert.equal(add("a", "b"), "ab");
  assert.deepEqual(add([1], [2]), [1, 2]);
  assert.equal(multiply("ab", 3), "ababab");
  assert.equal(multiply(2, "ab"), "abab");
  assert.equal(multiply("ab", -1), "");
  assert.deepEqual(multiply([1, 2], 2), [1, 2, 1, 2]);
  for (const [sum, text] of [
    [add(new Html("<b>"), "<"), "<b>&lt;"],
    [add("<", new Html("<b>")), "&lt;<b>"],
    [multiply(new Html("<b>"), 2), "<b><b>"],
  ]) {
    assert.ok(sum instanceof Html);
    assert.equal(String(sum), text);
  }
});

test("results are bounded", () => {
  const bounded = { code: "LMP_TEMPLATE_ARGUMENT_INVALID" };
  assert.throws(() => multiply("x", 10 ** 9), bounded);
  assert.throws(() => multiply([0], 10 ** 9), bounded);
  assert.equal(multiply("", 2 ** 50), "");
  assert.deepEqual(multiply([], 10 ** 9), []);
  assert.throws(() => power(3n, 10n ** 15n), invalid);
  assert.throws(() => multiply(1n << 60_000n, 1n << 60_000n), invalid);
  assert.equal(power(1n, 10n ** 15n), 1n);
});

test("what has no sum, product or quotient says so", () => {
  assert.throws(() => add("a", 1), { ...invalid, found: "a string and a number", fix: /~/ });
  for (const operate of [add, subtract, multiply, divide, floorDivide, power]) {
    assert.throws(() => operate(1, undefined), { code: "LMP_TEMPLATE_UNDEFINED" });
    assert.throws(() => operate(null, 1), invalid);
    assert.throws(() => operate({}, 1), invalid);
  }
  for (const operate of [divide, floorDivide, modulo]) {
    for (const zero of [0, 0n, false]) assert.throws(() => operate(1, zero), { ...invalid, message: /by 0/ });
  }
  assert.throws(() => negate("1"), invalid);
  assert.throws(() => positive(undefined), { code: "LMP_TEMPLATE_UNDEFINED" });
  assert.throws(() => multiply("a", 1.5), invalid);
});
