/** Filters that take lists apart, count them and put them together. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, check, checkRefused, html, named } from "./apply.ts";

const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

function* generated(): Generator<number> {
  yield 1;
  yield 2;
}

test("items are counted, listed and picked", () => {
  check([
    [[digits, "length"], 10],
    [["a😀", "count"], 2],
    [[{ a: 1, b: 2 }, "length"], 2],
    [[new Map([[1, 2]]), "length"], 1],
    [[html("<b>"), "length"], 3],
    [[undefined, "length"], 0],
    [
      ["a😀", "list"],
      ["a", "😀"],
    ],
    [
      [{ a: 1, b: 2 }, "list"],
      ["a", "b"],
    ],
    [
      [new Set([1, 2]), "list"],
      [1, 2],
    ],
    [
      [generated(), "list"],
      [1, 2],
    ],
    [[undefined, "list"], []],
    [[digits, "first"], 0],
    [[digits, "last"], 9],
    [[[], "first"], undefined],
    [["", "last"], undefined],
    [["😀a", "first"], "😀"],
    [[[html("<b>")], "first"], html("<b>")],
    [[html("<b>"), "first"], "<"],
    [
      [digits, "reverse"],
      [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ],
    [["fo😀", "reverse"], "😀of"],
    [[html("<b>"), "reverse"], ">b<"],
    [
      [{ a: 1, b: 2 }, "reverse"],
      ["b", "a"],
    ],
  ]);
});

test("the value itself is not changed, and list gives a copy", () => {
  const value = [3, 1, 2];
  for (const name of ["reverse", "sort", "list", "unique"]) assert.notEqual(apply([value, name]), value);
  apply([value, "batch", 2, "x"]);
  apply([value, "slice", 2, "x"]);
  assert.deepEqual(value, [3, 1, 2]);
});

test("random takes one of the items", () => {
  const found = new Set(Array.from({ length: 200 }, () => apply(["abc", "random"])));
  assert.deepEqual([...found].sort(), ["a", "b", "c"]);
  assert.equal(apply([[], "random"]), undefined);
});

test("join makes one text, and markup where a part is markup", () => {
  check([
    [[[1, 2, 3], "join", "|"], "1|2|3"],
    [[[1, null, undefined, true], "join", ","], "1,,,true"],
    [["abc", "join", "-"], "a-b-c"],
    [[["<a>", "<b>"], "join"], "<a><b>"],
    [[["<foo>", html("<b>")], "join"], html("&lt;foo&gt;<b>")],
    [[["<a>", html("<b>")], "join", "<"], html("&lt;a&gt;&lt;<b>")],
    [[["<a>", "<b>"], "join", html("<br>")], html("&lt;a&gt;<br>&lt;b&gt;")],
    [[["<a>"], "join", html("<br>")], html("&lt;a&gt;")],
    [[[], "join", html("<br>")], html("")],
    [[[], "join", ","], ""],
    [[undefined, "join"], ""],
    [[[{ u: { n: "foo" } }, { u: { n: "bar" } }], "join", ", ", "u.n"], "foo, bar"],
    [
      [
        [
          [1, 2],
          [3, 4],
        ],
        "join",
        ",",
        named({ attribute: 1 }),
      ],
      "2,4",
    ],
    [[[1, 2], "join", 0], "102"],
  ]);
  check([[[["<foo>", html("<b>")], "join", html("<br>")], "<foo><br><b>"]], false);
});

test("batch makes rows and slice makes columns", () => {
  check([
    [
      [digits, "batch", 4],
      [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [8, 9],
      ],
    ],
    [
      [digits, "batch", 4, "X"],
      [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [8, 9, "X", "X"],
      ],
    ],
    [[[], "batch", 3, "X"], []],
    [
      [digits, "slice", 3],
      [
        [0, 1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ],
    ],
    [
      [digits, "slice", 3, named({ fill_with: "X" })],
      [
        [0, 1, 2, 3],
        [4, 5, 6, "X"],
        [7, 8, 9, "X"],
      ],
    ],
    [
      [[1], "slice", 3],
      [[1], [], []],
    ],
  ]);
});

test("sum adds items or what is in them", () => {
  check([
    [[[1, 2, 3], "sum"], 6],
    [[[], "sum"], 0],
    [[[1.5, 2n, true], "sum", named({ start: 10 })], 14.5],
    [[[{ v: 23 }, { v: 1 }, { v: 18 }], "sum", "v"], 42],
    [
      [
        [
          ["foo", 23],
          ["bar", 1],
        ],
        "sum",
        "1",
      ],
      24,
    ],
    [[[{ real: { v: [5] } }], "sum", "real.v.0"], 5],
    [
      [[[1], [2]], "sum", named({ start: [] })],
      [1, 2],
    ],
    [[["<", html("<b>")], "sum", named({ start: "" })], html("&lt;<b>")],
  ]);
});

test("what is no list, and wrong arguments, are refused", () => {
  checkRefused("LMP_TEMPLATE_VALUE_INVALID", [
    [5, "length"],
    [null, "length"],
    [5, "list"],
    [null, "first"],
    [true, "join"],
    [["a"], "sum"],
  ]);
  checkRefused("LMP_TEMPLATE_ARGUMENT_INVALID", [
    [[1], "batch"],
    [[1], "batch", 0],
    [[1], "batch", 1_000_001],
    [[1], "slice"],
    [[1], "slice", 1_000_001],
    [[1], "join", {}],
    [[1], "join", "", 1.5],
    [[1], "sum", {}],
    [Array(2000).fill(""), "join", "x".repeat(10_000)],
    [Array(100).fill(Array(10_000).fill(1)), "sum", named({ start: [] })],
  ]);
});
