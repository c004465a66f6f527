/** Filters that show whole values: tojson and pprint. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, check, checkRefused, html, named } from "./apply.ts";

test("tojson writes JSON that may stand in a script", () => {
  check([
    [[{ foo: "bar" }, "tojson"], html('{"foo": "bar"}')],
    [["<bar>", "json"], html('"\\u003cbar\\u003e"')],
    [["&'\u2028\u2029</script>", "tojson"], html('"\\u0026\\u0027\\u2028\\u2029\\u003c/script\\u003e"')],
    [[[1, [2, {}], "a,\n b"], "tojson"], html('[1, [2, {}], "a,\\n b"]')],
    [[undefined, "tojson"], html("null")],
    [[[undefined, Number.NaN, null], "tojson"], html("[null, null, null]")],
    [[12345678901234567890n, "tojson"], html("12345678901234567890")],
    [[html("<b>"), "tojson"], html('"\\u003cb\\u003e"')],
    [[{ a: html("<b>") }, "tojson"], html('{"a": "\\u003cb\\u003e"}')],
    [[new Date(0), "tojson"], html('"1970-01-01T00:00:00.000Z"')],
    [[{ a: [1, 2] }, "tojson", 2], html('{\n  "a": [\n    1,\n    2\n  ]\n}')],
    [[{ a: 1 }, "tojson", named({ indent: "\t" })], html('{\n\t"a": 1\n}')],
    [[{ a: 1 }, "tojson", 0], html('{"a": 1}')],
  ]);
});

test("tojson refuses what has no JSON, and odd margins", () => {
  const loop: unknown[] = [];
  loop.push(loop);
  checkRefused("LMP_TEMPLATE_VALUE_INVALID", [
    [() => 1, "tojson"],
    [loop, "tojson"],
  ]);
  checkRefused("LMP_TEMPLATE_ASYNC", [[Promise.resolve(1), "tojson"]]);
  checkRefused("LMP_TEMPLATE_ARGUMENT_INVALID", [
    [1, "tojson", 17],
    [1, "tojson", "<b>"],
  ]);
});

class Account {
  password = "secret";
}

test("pprint shows a value to the developer", () => {
  const loop: Record<string, unknown> = { name: "x" };
  loop.self = loop;
  check([
    [["foo", "pprint"], "'foo'"],
    [["it's\n", "pprint"], '"it\'s\\n"'],
    [['say "x"', "pprint"], "'say \"x\"'"],
    [[[1, "a", null, undefined, 2n, true], "pprint"], "[1, 'a', null, undefined, 2n, true]"],
    [[{ a: 1, "b c": [] }, "pprint"], "{a: 1, 'b c': []}"],
    [[new Map([[1, new Set(["x"])]]), "pprint"], "Map {1 => Set ['x']}"],
    [[html("<b>"), "pprint"], "Html '<b>'"],
    [[new Date(0), "pprint"], "Date 1970-01-01T00:00:00.000Z"],
    [[new Account(), "pprint"], "(an Account)"],
    [[loop, "pprint"], "{name: 'x', self: (the object around)}"],
    [[() => 1, "pprint"], "(a function)"],
  ]);
  const long = apply([{ list: ["a".repeat(50), "b".repeat(50)], n: 1 }, "pprint"]);
  assert.equal(long, `{\n  list: [\n    '${"a".repeat(50)}',\n    '${"b".repeat(50)}'\n  ],\n  n: 1\n}`);
});
