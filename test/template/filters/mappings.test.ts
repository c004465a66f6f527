/** Filters that look into objects, and the one that stands in for what is missing. */
import { test } from "node:test";
import { check, checkRefused, html, named } from "./apply.ts";

test("items gives pairs of own keys", () => {
  check([
    [
      [{ a: 1, b: 2 }, "items"],
      [
        ["a", 1],
        ["b", 2],
      ],
    ],
    [[new Map([[1, "x"]]), "items"], [[1, "x"]]],
    [[undefined, "items"], []],
    [[JSON.parse('{"__proto__": 1, "a": 2, "constructor": 3}'), "items"], [["a", 2]]],
  ]);
});

test("attr reads an attribute of a computed name", () => {
  check([
    [[{ a: 1 }, "attr", "a"], 1],
    [[{ a: 1 }, "attr", html("a")], 1],
    [[{ a: 1 }, "attr", "b"], undefined],
    [[undefined, "attr", "b"], undefined],
    [[null, "attr", "b"], undefined],
    [[{}, "attr", "constructor"], undefined],
    [[JSON.parse('{"__proto__": 1}'), "attr", "__proto__"], undefined],
    [[() => 1, "attr", "prototype"], undefined],
  ]);
});

test("default stands in for what is not defined, with boolean for what is false", () => {
  check([
    [[undefined, "default"], ""],
    [[undefined, "d", "x"], "x"],
    [[undefined, "default", null], null],
    [[null, "default", "x"], null],
    [["", "default", "x"], ""],
    [["", "default", "x", true], "x"],
    [[null, "default", "x", true], "x"],
    [[0, "d", named({ default_value: 5, boolean: true })], 5],
    [["<a>", "default", "x"], "<a>"],
    [[html("<a>"), "default", "x"], html("<a>")],
  ]);
});

test("what has no keys, and wrong arguments, are refused", () => {
  checkRefused("LMP_TEMPLATE_VALUE_INVALID", [
    [[1], "items"],
    [null, "items"],
    ["a", "items"],
  ]);
  checkRefused("LMP_TEMPLATE_ARGUMENT_INVALID", [
    [{}, "attr"],
    [{}, "attr", 5],
    [{}, "default", 1, 2, 3],
    [{}, "default", named({ fallback: 1 })],
  ]);
});
