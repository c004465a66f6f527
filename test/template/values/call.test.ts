/** Named arguments, and what can be called and walked through. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Html } from "limpid/message";
import { invoke, NamedArguments, parametersOf, withParameters } from "../../../src/template/values/call.ts";
import { iterate, toArray } from "../../../src/template/values/iterate.ts";

const collect = (...values: unknown[]): unknown[] => values;
const marked = withParameters(["value", "first", "second"], (...values: unknown[]): unknown[] => values);
const invalid = { code: "LMP_TEMPLATE_ARGUMENT_INVALID" };

test("named arguments go to their positions where the function has names for them", () => {
  assert.deepEqual(invoke(marked, undefined, [1], new NamedArguments({ second: 3 }), "f"), [1, undefined, 3]);
  assert.deepEqual(invoke(marked, undefined, [1, 2], new NamedArguments({ second: 3 }), "f"), [1, 2, 3]);
  assert.deepEqual(invoke(marked, undefined, [1], undefined, "f"), [1]);
  assert.throws(() => invoke(marked, undefined, [1], new NamedArguments({ third: 3 }), "f"), {
    ...invalid,
    found: "third",
  });
  assert.throws(() => invoke(marked, undefined, [1, 2], new NamedArguments({ first: 3 }), "f"), invalid);
  assert.deepEqual(parametersOf(marked), ["value", "first", "second"]);
});

test("other functions get them as their last argument", () => {
  const [one, named] = invoke(collect, undefined, [1], new NamedArguments({ a: 2 }), "f") as unknown[];
  assert.equal(one, 1);
  assert.ok(named instanceof NamedArguments);
  assert.deepEqual(Object.entries(named), [["a", 2]]);
});

test("named arguments inherit nothing, whatever they are called", () => {
  const named = new NamedArguments(JSON.parse('{"__proto__": {"a": 1}, "b": 2}'));
  for (const name of ["a", "constructor", "toString", "hasOwnProperty"])
    assert.equal(named[name], undefined, name);
  assert.deepEqual(Object.keys(named), ["__proto__", "b"]);
  assert.ok(named instanceof NamedArguments);
});

test("this is handed on, and what is no function is told by its spelling", () => {
  function own(this: unknown): unknown {
    return this;
  }
  const object = {};
  assert.equal(invoke(own, object, [], undefined, "own"), object);
  assert.throws(() => invoke(1, undefined, [], undefined, "user.age"), {
    code: "LMP_TEMPLATE_VALUE_INVALID",
    message: /`user\.age` is not a function/,
  });
  assert.throws(() => invoke(undefined, undefined, [], undefined, "a"), { code: "LMP_TEMPLATE_UNDEFINED" });
});

test("what can be walked through", () => {
  const array = [1];
  assert.equal(iterate(array), array);
  assert.equal(toArray(array), array);
  const cases: [unknown, unknown[]][] = [
    ["a😀", ["a", "😀"]],
    [undefined, []],
    ["", []],
    [{ a: 1, b: 2 }, ["a", "b"]],
    [new Map([["a", 1]]), ["a"]],
    [new Set([1]), [1]],
    [[1, 2].values(), [1, 2]],
    [new Html("<b"), ["<", "b"]],
    [new Uint8Array([1, 2]), [1, 2]],
  ];
  for (const [value, items] of cases) assert.deepEqual([...iterate(value)], items);
  for (const value of [null, 1, true, () => 1, new Date(0)]) {
    assert.throws(() => iterate(value), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  }
  assert.throws(() => iterate(Promise.resolve([])), { code: "LMP_TEMPLATE_ASYNC" });
  assert.throws(() => iterate((async function* () {})()), { code: "LMP_TEMPLATE_ASYNC" });
});
