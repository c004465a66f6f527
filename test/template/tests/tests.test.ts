/** Jinja's tests. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Html } from "limpid/message";
import type { FilterScope } from "../../../src/template/filter-scope.ts";
import { TemplateError } from "../../../src/template/template-error.ts";
import { tests } from "../../../src/template/tests.ts";
import { Namespace } from "../../../src/template/values/namespace.ts";

const scope: FilterScope = {
  escaping: true,
  filter(name) {
    if (name === "upper") return (value) => String(value).toUpperCase();
    throw new TemplateError("LMP_TEMPLATE_FILTER_UNKNOWN", "There is no such filter.");
  },
  test(name) {
    const found = tests.get(name);
    if (found !== undefined) return found;
    throw new TemplateError("LMP_TEMPLATE_TEST_UNKNOWN", "There is no such test.");
  },
};

function is(value: unknown, name: string, ...rest: unknown[]): boolean {
  return scope.test(name).call(scope, value, ...rest);
}

class Thing {}

test("what a value is", () => {
  const samples: Record<string, unknown> = {
    undefined: undefined,
    null: null,
    true: true,
    false: false,
    whole: 42,
    fraction: 1.5,
    big: 2n,
    text: "a",
    markup: new Html("a"),
    array: [],
    object: {},
    map: new Map(),
    set: new Set(),
    function: () => 1,
    namespace: new Namespace(),
    instance: new Thing(),
    generator: [1].values(),
  };
  const expected: Record<string, string> = {
    boolean: "true false",
    callable: "function",
    escaped: "markup",
    false: "false",
    float: "fraction",
    integer: "whole big",
    iterable: "undefined text markup array object map set namespace generator",
    mapping: "object map namespace",
    none: "null",
    null: "null",
    number: "true false whole fraction big",
    sequence: "text markup array object map set namespace",
    string: "text markup",
    true: "true",
    undefined: "undefined",
  };
  for (const [name, kinds] of Object.entries(expected)) {
    const passing = Object.keys(samples).filter((kind) => is(samples[kind], name));
    assert.deepEqual(passing, kinds.split(" "), name);
  }
  assert.ok(is(null, "defined") && !is(undefined, "defined"));
});

test("comparisons by name and by sign", () => {
  for (const [names, less, same, more] of [
    ["== eq equalto", false, true, false],
    ["!= ne", true, false, true],
    ["< lt lessthan", true, false, false],
    ["<= le", true, true, false],
    ["> gt greaterthan", false, false, true],
    [">= ge", false, true, true],
  ] as const) {
    for (const name of names.split(" ")) {
      assert.deepEqual([is(1, name, 2), is(2, name, 2), is(3, name, 2)], [less, same, more], name);
    }
  }
  assert.throws(() => is({}, "lt", 1), { code: "LMP_TEMPLATE_VALUE_INVALID" });
});

test("in, sameas, and numbers", () => {
  assert.ok(is("o", "in", "foo") && is(1, "in", [1]) && !is(2, "in", { 1: 1 }));
  const list: unknown[] = [];
  assert.ok(is(list, "sameas", list) && !is(list, "sameas", []) && !is(1, "sameas", true));
  assert.ok(
    is(1, "odd") && is(-1, "odd") && is(2n, "even") && is(0, "even") && !is(1.5, "odd") && !is("a", "even"),
  );
  assert.ok(is(9, "divisibleby", 3) && !is(10, "divisibleby", 3));
  assert.throws(() => is(10, "divisibleby", 0), { code: "LMP_TEMPLATE_VALUE_INVALID" });
});

test("case, and whether a filter or a test is there", () => {
  assert.ok(
    is("foo1", "lower") && !is("Foo", "lower") && !is("1", "lower") && is("FOO", "upper") && !is("", "upper"),
  );
  assert.ok(is("upper", "filter") && !is("uper", "filter") && is("lower", "test") && !is("lowr", "test"));
  assert.ok(!is("constructor", "test") && !is("__proto__", "test"));
});
