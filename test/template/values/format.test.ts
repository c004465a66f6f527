/** `%` and `str.format`, with results as Python's. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Html } from "limpid/message";
import { TemplateError } from "../../../src/template/template-error.ts";
import { attribute } from "../../../src/template/values/attribute.ts";
import { braceFormat } from "../../../src/template/values/brace-format.ts";
import { percentFormat } from "../../../src/template/values/percent-format.ts";

test("fields of %", () => {
  const cases: [string, unknown, string][] = [
    ["%s", "a", "a"],
    ["%s %s", [1, null], "1 "],
    ["%5s|%-5s|%.2s", ["ab", "ab", "abc"], "   ab|ab   |ab"],
    ["%d %i %+d % d %05d %-4d|", [42, 4.9, 5, 5, -42, 7], "42 4 +5  5 -0042 7   |"],
    ["%x %X %#x %o", [255, 255, 255, 8], "ff FF 0xff 10"],
    ["%.2f %.0f %.0f %.1f %f", [3.456, 0.5, 1.5, 0.25, 1], "3.46 0 2 0.2 1.000000"],
    [
      "%e %.1E %g %g %g",
      [12345.678, 0.00012, 0.0001, 1e-5, 1234567],
      "1.234568e+04 1.2E-04 0.0001 1e-05 1.23457e+06",
    ],
    ["%c%c %%", ["a", 98], "ab %"],
    ["%*d|%.*f", [5, 42, 1, 2.55], "   42|2.5"],
    ["%(a)s %(b)03d", { a: "x", b: 7 }, "x 007"],
    ["%d", 10 ** 21, "1000000000000000000000"],
    ["%r", ["a"], '"a"'],
    ["none", [], "none"],
  ];
  for (const [template, values, text] of cases) assert.equal(percentFormat(template, values), text, template);
});

test("fields in braces", () => {
  const cases: [string, unknown[], unknown, string][] = [
    ["{} {}", [1, "a"], undefined, "1 a"],
    ["{1} {0}", ["a", "b"], undefined, "b a"],
    ["{{{}}} {{}}", [1], undefined, "{1} {}"],
    ["{a.b[0]} {a[c]}", [], { a: { b: ["x"], c: "y" } }, "x y"],
    ["{:>5}|{:<5}|{:^5}|{:*^5}", ["a", "b", "c", "d"], undefined, "    a|b    |  c  |**d**"],
    [
      "{:5}|{:05}|{:+}|{:,}|{:.2f}|{:_}",
      [42, -42, 1, 1234567, 2.345, 10000],
      undefined,
      "   42|-0042|+1|1,234,567|2.35|10_000",
    ],
    ["{:.1%} {:x} {:#b} {:e}", [0.123, 255, 5, 1500], undefined, "12.3% ff 0b101 1.500000e+03"],
    ["{:{}}|{:.{n}f}", ["a", 3, 2.5], { n: 2 }, "a  |2.50"],
    ["{:.2}", ["abc"], undefined, "ab"],
    ["{0!r:>5}", ["a"], undefined, '  "a"'],
    ["{:%Y-%m-%d}", [new Date(2020, 1, 3)], undefined, "2020-02-03"],
  ];
  for (const [template, values, named, text] of cases) {
    assert.equal(braceFormat(template, values, named, attribute), text, template);
  }
});

test("a format of markup escapes what comes into it", () => {
  const percent = percentFormat(new Html("<b>%s</b>%s%5s%d"), ["<", new Html("<i>"), "&", 1]);
  assert.ok(percent instanceof Html);
  assert.equal(String(percent), "<b>&lt;</b><i>    &amp;1");
  const braces = braceFormat(
    new Html("<b>{}</b>{:>4}{:<^3}"),
    ["'", new Html("<i>"), "x"],
    undefined,
    attribute,
  );
  assert.ok(braces instanceof Html);
  assert.equal(String(braces), "<b>&#39;</b> &lt;i&gt;&lt;x&lt;");
  assert.equal(percentFormat("%s", new Html("<b>")), "<b>");
});

test("a format that does not fit its values says so", () => {
  const invalid = { code: "LMP_TEMPLATE_ARGUMENT_INVALID" };
  for (const [template, values] of [
    ["%s %s", "a"],
    ["%s", [1, 2]],
    ["%y", 1],
    ["%", 1],
    ["%(a)s", [1]],
    ["%.101f", 1],
  ]) {
    assert.throws(() => percentFormat(String(template), values), invalid, String(template));
  }
  for (const template of ["{", "}", "{0", "{1}", "{a}", "{0!x}", "{0:zz}", "{0[}", "{0.}", "{:{:{}}}"]) {
    assert.throws(() => braceFormat(template, ["a"], {}, attribute), { code: /^LMP_TEMPLATE/ }, template);
  }
  assert.throws(() => percentFormat("%d", "a"), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  assert.throws(() => percentFormat("%999999999d", 1), invalid);
  assert.throws(() => braceFormat("{:99999999}", [1], undefined, attribute), invalid);
  assert.throws(() => percentFormat("%s".repeat(20), Array(20).fill("a".repeat(10 ** 6))), invalid);
});

test("any format gives a text or an error of the template", () => {
  const piece = fc.constantFrom(
    "{",
    "}",
    "%",
    "0",
    ":",
    ".",
    "[",
    "]",
    "!",
    "s",
    "d",
    ">",
    "5",
    "(a)",
    "a",
    "*",
    "%d",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const template = pieces.join("");
      for (const format of [
        () => percentFormat(template, [1]),
        () => braceFormat(template, [1], { a: 1 }, attribute),
      ]) {
        try {
          assert.equal(typeof format(), "string");
        } catch (error) {
          assert.ok(error instanceof TemplateError, `${template}: ${error}`);
        }
      }
    }),
    { numRuns: 5000 },
  );
});
