/** Filters that apply another filter, or ask a test, for every item of a list. */
import { test } from "node:test";
import { check, checkRefused, html, named } from "./apply.ts";

const users = [
  { id: 1, name: "john", active: true },
  { id: 2, name: "jane", active: true },
  { id: 3, name: "mike", active: false },
];

test("map applies a filter with its arguments, or takes an attribute", () => {
  check([
    [
      [["1", "2"], "map", "int"],
      [1, 2],
    ],
    [
      [[["a", "b"], ["c"]], "map", "join", "-"],
      ["a-b", "c"],
    ],
    [[[["a", "b"]], "map", "join", named({ d: "+" })], ["a+b"]],
    [
      [users, "map", named({ attribute: "name" })],
      ["john", "jane", "mike"],
    ],
    [
      [[[1, 2], [3]], "map", named({ attribute: 1, default: "?" })],
      [2, "?"],
    ],
    [
      [[{}, { a: { b: 1 } }], "map", named({ attribute: "a.b", default: 0 })],
      [0, 1],
    ],
    [[[{ a: null }], "map", named({ attribute: "a", default: "x" })], [null]],
    [[null, "map", "upper"], []],
    [[undefined, "map", "upper"], []],
    [
      ["ab", "map", "upper"],
      ["A", "B"],
    ],
  ]);
});

test("map keeps the trust that the filter gives, and no more", () => {
  check([
    [[["<a>"], "map", "escape"], [html("&lt;a&gt;")]],
    [[[html("<a>")], "map", "striptags"], [""]],
    [[[html("<a>b")], "map", "reverse"], ["b>a<"]],
  ]);
});

test("select and reject ask a test, or whether items count as true", () => {
  check([
    [
      [[1, 2, 3, 4, 5], "select", "odd"],
      [1, 3, 5],
    ],
    [
      [[1, 2, 3, 4, 5], "reject", "odd"],
      [2, 4],
    ],
    [
      [[1, 2, 3], "select", "greater", 1],
      [2, 3],
    ],
    [
      [[null, false, 0, "", [], 1, "a"], "select"],
      [1, "a"],
    ],
    [
      [[null, false, 0, 1], "reject"],
      [null, false, 0],
    ],
    [[null, "select", "odd"], []],
    [[users, "selectattr", "active"], users.slice(0, 2)],
    [[users, "rejectattr", "active"], users.slice(2)],
    [
      [users, "selectattr", "id", "odd"],
      [users[0], users[2]],
    ],
    [[users, "rejectattr", "id", "greater", 1], [users[0]]],
    [[users, "selectattr", "name.length", "defined"], users],
    [[[{ a: [1] }, { a: [0] }], "selectattr", "a.0"], [{ a: [1] }]],
  ]);
});

test("wrong names and arguments are refused", () => {
  checkRefused("LMP_TEMPLATE_FILTER_UNKNOWN", [[[1], "map", "uper"]]);
  checkRefused("LMP_TEMPLATE_TEST_UNKNOWN", [
    [[1], "select", "od"],
    [[], "selectattr", "id", "toString"],
  ]);
  checkRefused("LMP_TEMPLATE_ARGUMENT_INVALID", [
    [[1], "map"],
    [[1], "map", 5],
    [[1], "map", named({ attribute: "a", other: 1 })],
    [[1], "map", named({ default: 1 })],
    [[1], "map", named({ attribute: {} })],
    [[1], "select", 5],
    [[1], "select", named({ than: 1 })],
    [[1], "selectattr"],
    [[1], "rejectattr", {}],
  ]);
  checkRefused("LMP_TEMPLATE_VALUE_INVALID", [
    [5, "map", "upper"],
    [true, "select"],
    [[null], "map", named({ attribute: "a" })],
  ]);
  checkRefused("LMP_TEMPLATE_UNDEFINED", [[[{}], "map", named({ attribute: "a.b" })]]);
});

test("no attribute leads to a prototype", () => {
  const attributes = ["constructor", "__proto__", "constructor.name", "prototype", "toString"];
  for (const attribute of attributes) {
    check([
      [[[{}], "map", named({ attribute: attribute.split(".")[0] })], [undefined]],
      [[[{}], "selectattr", attribute.split(".")[0]], []],
    ]);
  }
  checkRefused("LMP_TEMPLATE_UNDEFINED", [[[{}], "map", named({ attribute: "constructor.name" })]]);
});
