/** Filters that make, round and spell numbers. */
import { test } from "node:test";
import { check, checkRefused, html, named } from "./apply.ts";

test("int reads whole numbers as Python does, exactly", () => {
  check([
    [["42", "int"], 42],
    [["abc", "int"], 0],
    [["32.32", "int"], 32],
    [["-7.9", "int"], -7],
    [[" 1_000 ", "int"], 1000],
    [["1__0", "int"], 0],
    [["1e3", "int"], 1000],
    [["12345678901234567890", "int"], 12345678901234567890n],
    [[1e20, "int"], 100000000000000000000n],
    [[12n, "int"], 12n],
    [["0x4d32", "int", named({ base: 16 })], 19762],
    [["011", "int", 0, 8], 9],
    [["0x33Z", "int", 0, 16], 0],
    [["0b101", "int", 0, 0], 5],
    [["010", "int", 7, 0], 10],
    [["x", "int", "none"], "none"],
    [["x", "int", null], null],
    [["inf", "int", -1], -1],
    [[Number.NaN, "int", -1], -1],
    [[true, "int"], 1],
    [[-0.5, "int"], 0],
    [[html("5"), "int"], 5],
    [[undefined, "int", 3], 3],
    [[[1], "int"], 0],
    [["9".repeat(5000), "int", -1], -1],
  ]);
});

test("float reads numbers", () => {
  check([
    [["42", "float"], 42],
    [["32.32", "float"], 32.32],
    [["-.5e-2", "float"], -0.005],
    [["1.", "float"], 1],
    [["1.5.5", "float"], 0],
    [["", "float", 1], 1],
    [["0x10", "float"], 0],
    [["-Infinity", "float"], -Infinity],
    [["nan", "float"], Number.NaN],
    [[false, "float"], 0],
    [[3n, "float"], 3],
    [[null, "float", "x"], "x"],
  ]);
});

test("round takes the nearest, of two equally near the even one", () => {
  check([
    [[2.7, "round"], 3],
    [[2.5, "round"], 2],
    [[3.5, "round"], 4],
    [[-0.5, "round"], -0],
    [[42.55, "round", 1], 42.5],
    [[2.675, "round", 2], 2.67],
    [[0.125, "round", 2], 0.12],
    [[2.1234, "round", 3, "floor"], 2.123],
    [[2.1, "round", 0, "ceil"], 3],
    [[1250, "round", -2], 1200],
    [[1201, "round", named({ precision: -2, method: "ceil" })], 1300],
    [[123n, "round", 2], 123n],
    [[true, "round"], 1],
    [[1e300, "round", 100, "floor"], 1e300],
    [[-3, "abs"], 3],
    [[-3n, "abs"], 3n],
  ]);
});

test("sizes of files are written as people do", () => {
  check([
    [[1, "filesizeformat"], "1 Byte"],
    [[300, "filesizeformat"], "300 Bytes"],
    [["3000", "filesizeformat"], "3.0 kB"],
    [[3000000, "filesizeformat"], "3.0 MB"],
    [[3e12, "filesizeformat"], "3.0 TB"],
    [[1e30, "filesizeformat"], "1000000.0 YB"],
    [[300, "filesizeformat", true], "300 Bytes"],
    [[3000, "filesizeformat", true], "2.9 KiB"],
    [[3000000n, "filesizeformat", named({ binary: true })], "2.9 MiB"],
  ]);
});

test("pluralize chooses an ending", () => {
  check([
    [[1, "pluralize"], ""],
    [[0, "pluralize"], "s"],
    [[2n, "pluralize"], "s"],
    [[1n, "pluralize", "y", "ies"], "y"],
    [[5, "pluralize", "y", "ies"], "ies"],
    [[[1], "pluralize", named({ plural: "es" })], ""],
    [[new Map(), "pluralize", named({ plural: "es" })], "es"],
  ]);
});

test("number writes a number for a locale", () => {
  check([
    [[1234.5, "number"], "1,234.5"],
    [["1234.5", "number", "de"], "1.234,5"],
    [[12n, "number"], "12"],
    [[1234.5, "number", named({ style: "currency", currency: "EUR" })], "€1,234.50"],
    [[0.256, "number", named({ style: "percent" })], "26%"],
    [[1.005, "number", named({ minimumFractionDigits: 2, maximumFractionDigits: 2 })], "1.01"],
    [[12345, "number", named({ useGrouping: false })], "12345"],
    [[12345, "number", named({ notation: "compact" })], "12K"],
  ]);
});

test("what is no number, and wrong arguments, are refused", () => {
  checkRefused("LMP_TEMPLATE_VALUE_INVALID", [
    ["x", "abs"],
    [null, "round"],
    [[], "abs"],
    ["lots", "filesizeformat"],
    ["many", "pluralize"],
    [{}, "number"],
  ]);
  checkRefused("LMP_TEMPLATE_UNDEFINED", [
    [undefined, "abs"],
    [undefined, "round"],
    [undefined, "filesizeformat"],
  ]);
  checkRefused("LMP_TEMPLATE_ARGUMENT_INVALID", [
    [1, "round", 0, "up"],
    [1, "round", 101],
    [1, "int", 0, 37],
    [1, "int", 0, 1],
    [1, "number", "no locale"],
    [1, "number", named({ style: "currency" })],
    [1, "number", named({ currency: "EURO" })],
    [1, "number", named({ __proto__x: 1 })],
  ]);
});
