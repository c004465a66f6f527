/** Filters that order lists and find what is equal in them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, check, checkRefused, html, named } from "./apply.ts";

const a1 = { k: "a", n: 1 };
const B1 = { k: "B", n: 1 };
const b2 = { k: "b", n: 2 };
const A3 = { k: "A", n: 3 };

test("sort orders without regard to case, and leaves equal items as they were", () => {
  check([
    [
      [[2, 3, 1], "sort"],
      [1, 2, 3],
    ],
    [
      [[2, 3, 1], "sort", true],
      [3, 2, 1],
    ],
    [
      [["foo", "Bar", "blah"], "sort"],
      ["Bar", "blah", "foo"],
    ],
    [
      [["b", "a", "B", "A"], "sort"],
      ["a", "A", "b", "B"],
    ],
    [
      [["b", "a", "B", "A"], "sort", true],
      ["b", "B", "a", "A"],
    ],
    [
      [["b", "a", "B", "A"], "sort", named({ case_sensitive: true })],
      ["A", "B", "a", "b"],
    ],
    [
      [[b2, a1, B1, A3], "sort", named({ attribute: "k" })],
      [a1, A3, b2, B1],
    ],
    [
      [[b2, a1, B1, A3], "sort", named({ attribute: "n,k" })],
      [a1, B1, b2, A3],
    ],
    [
      [[b2, a1, B1, A3], "sort", named({ attribute: "k, n", reverse: true })],
      [b2, B1, A3, a1],
    ],
    [
      [
        [
          [1, "b"],
          [2, "a"],
        ],
        "sort",
        named({ attribute: 1 }),
      ],
      [
        [2, "a"],
        [1, "b"],
      ],
    ],
    [
      [[{ v: [2] }, { v: [1] }], "sort", named({ attribute: "v.0" })],
      [{ v: [1] }, { v: [2] }],
    ],
    [
      [[10n, 9, 1.5], "sort"],
      [1.5, 9, 10n],
    ],
    [
      ["cab", "sort"],
      ["a", "b", "c"],
    ],
    [[undefined, "sort"], []],
  ]);
});

test("unique keeps the first of what is equal", () => {
  const shared = {};
  check([
    [
      [["b", "A", "a", "b"], "unique"],
      ["b", "A"],
    ],
    [
      [["b", "A", "a", "b"], "unique", true],
      ["b", "A", "a"],
    ],
    [
      [[b2, a1, B1, A3], "unique", named({ attribute: "k" })],
      [b2, a1],
    ],
    [
      [[1, 1n, true, 2, "1"], "unique"],
      [1, 2, "1"],
    ],
    [[["x", html("x")], "unique"], ["x"]],
    [
      [[shared, shared, {}], "unique"],
      [shared, {}],
    ],
    [[[new Date(5), new Date(5)], "unique"], [new Date(5)]],
    [
      [[null, undefined, null], "unique"],
      [null, undefined],
    ],
  ]);
});

test("min and max find an item", () => {
  check([
    [[["a", "B"], "min"], "a"],
    [[["a", "B"], "min", named({ case_sensitive: true })], "B"],
    [[["a", "B"], "max"], "B"],
    [[[], "max"], undefined],
    [[[{}], "max"], {}],
    [[[a1, b2, A3], "max", named({ attribute: "n" })], A3],
    [[[b2, a1, B1], "min", named({ attribute: "n" })], a1],
    [[[3, 1, 2], "min"], 1],
  ]);
});

test("groupby gives pairs that have names", () => {
  const groups = apply([[b2, a1, B1, A3], "groupby", "k"]) as { grouper: unknown; list: unknown[] }[];
  assert.deepEqual(
    groups.map((group) => [group.grouper, group.list]),
    [
      ["a", [a1, A3]],
      ["b", [b2, B1]],
    ],
  );
  assert.ok(
    groups.every((group) => Array.isArray(group) && group[0] === group.grouper && group[1] === group.list),
  );
  const plain = (...use: [unknown, string, ...unknown[]]) =>
    (apply(use) as unknown[][]).map((group) => [...group]);
  assert.deepEqual(plain([b2, a1, A3], "groupby", "k", null, true), [
    ["A", [A3]],
    ["a", [a1]],
    ["b", [b2]],
  ]);
  assert.deepEqual(
    plain(
      [
        ["a", 1],
        ["a", 2],
        ["b", 1],
      ],
      "groupby",
      0,
    ),
    [
      [
        "a",
        [
          ["a", 1],
          ["a", 2],
        ],
      ],
      ["b", [["b", 1]]],
    ],
  );
  assert.deepEqual(plain([{}, { city: "WA" }], "groupby", "city", named({ default: "NY" })), [
    ["NY", [{}]],
    ["WA", [{ city: "WA" }]],
  ]);
  assert.deepEqual(plain([], "groupby", "k"), []);
});

test("dictsort gives sorted pairs", () => {
  const value = { aa: 0, b: 1, c: 2, AB: 3 };
  check([
    [
      [value, "dictsort"],
      [
        ["aa", 0],
        ["AB", 3],
        ["b", 1],
        ["c", 2],
      ],
    ],
    [
      [value, "dictsort", true],
      [
        ["AB", 3],
        ["aa", 0],
        ["b", 1],
        ["c", 2],
      ],
    ],
    [
      [value, "dictsort", named({ by: "value" })],
      [
        ["aa", 0],
        ["b", 1],
        ["c", 2],
        ["AB", 3],
      ],
    ],
    [
      [value, "dictsort", named({ reverse: true })],
      [
        ["c", 2],
        ["b", 1],
        ["AB", 3],
        ["aa", 0],
      ],
    ],
    [
      [
        new Map([
          [2, "a"],
          [1, "b"],
        ]),
        "dictsort",
      ],
      [
        [1, "b"],
        [2, "a"],
      ],
    ],
  ]);
});

test("what has no order, and wrong arguments, are refused", () => {
  checkRefused("LMP_TEMPLATE_VALUE_INVALID", [
    [[1, "a"], "sort"],
    [[1, {}], "max"],
    [5, "sort"],
    [[1], "dictsort"],
  ]);
  checkRefused("LMP_TEMPLATE_UNDEFINED", [[[{ a: 1 }, {}], "sort", named({ attribute: "a" })]]);
  checkRefused("LMP_TEMPLATE_ARGUMENT_INVALID", [
    [[1], "groupby"],
    [[1], "groupby", {}],
    [[1], "sort", named({ attribute: [] })],
    [[1], "sort", named({ key: "a" })],
    [{}, "dictsort", false, "size"],
  ]);
});
