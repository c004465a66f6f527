/** Strings, numbers and names. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { brief, parsed } from "./parser-shorthand.ts";

function value(text: string): unknown {
  return JSON.parse(brief(text));
}

test("strings have the escapes of Python and JavaScript", () => {
  assert.equal(value(String.raw`'\n\t\r\\\'\"\a\b\f\v'`), "\n\t\r\\'\"\x07\b\f\v");
  assert.equal(value(String.raw`"\x41é\u{1F600}\U0001F600\0\101"`), "Aé😀😀\0A");
  assert.equal(value("'a\\\nb'"), "ab");
  assert.equal(value(String.raw`'\d+\.'`), "\\d+\\.");
  assert.equal(value("'a\nb'"), "a\nb");
  assert.equal(value('"it\'s"'), "it's");
});

test("adjacent strings are one", () => {
  assert.equal(value(`"a" 'b' "c"`), "abc");
});

test("numbers have four bases, underscores and exponents", () => {
  const numbers: [string, number][] = [
    ["0", 0],
    ["00", 0],
    ["12_34_56", 123456],
    ["0x12_3abC", 1194684],
    ["0o1_23", 83],
    ["0b1001_1111", 159],
    ["34.56", 34.56],
    ["1e0", 1],
    ["2.5E+1_0", 2.5e10],
    ["25.6e-10", 25.6e-10],
    ["1_0.0_1", 10.01],
  ];
  for (const [text, number] of numbers) assert.equal(value(text), number, text);
});

test("digits behind a dot are indexes", () => {
  assert.equal(brief("rows.0.1.name"), "rows[0][1].name");
  assert.equal(brief("1.5.a"), "1.5.a");
});

test("names are letters of any script, digits and underscores", () => {
  for (const name of ["a1", "_", "größe", "名前", "𝒳y", "a·b"]) assert.equal(brief(name), name);
});

test("words for values have Jinja's spellings and null", () => {
  assert.equal(brief("true, True, false, False"), "tuple(true, true, false, false)");
  assert.equal(brief("none, None, null"), "tuple(null, null, null)");
  assert.equal(brief("TRUE, NONE, undefined"), "tuple(TRUE, NONE, undefined)");
  assert.equal(brief("a.true, f(none=1)"), "tuple(a.true, f(none=1))");
});

test("every node says where it begins", () => {
  const text = "ab\n{{ user.name | upper }}\n{% if a %}{% endif %}";
  const [first, output, , second] = parsed(text).body;
  assert.equal(first?.at, 0);
  assert.equal(output?.at, text.indexOf("{{"));
  assert.equal(second?.at, text.indexOf("{%"));
  const filter = output?.type === "Output" ? output.expression : undefined;
  assert.equal(filter?.at, text.indexOf("upper"));
  const attribute = filter?.type === "Filter" ? filter.input : undefined;
  assert.equal(attribute?.at, text.indexOf("name"));
  const crlf = "\r\n\r\n{{ x }}";
  assert.equal(parsed(crlf).body[1]?.at, 4, "offsets are those of the source, not of normalized text");
});
