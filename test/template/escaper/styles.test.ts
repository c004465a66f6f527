/** Values in style sheets and style attributes. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkRefusals, checkRows, placementOf, type Row } from "./rendered.ts";

const inStyle = (css: string, value: unknown, expected: string): Row => [
  `<style>${css}</style>`,
  value,
  `<style>${expected}</style>`,
];

test("a value of a property is a number, a word, a colour, or a list of them", () => {
  const allowed = [
    "red",
    "-moz-block",
    "--own",
    "#fff",
    "#aabbccdd",
    "12px",
    "-1.5em",
    "+.5",
    "100%",
    "1e3",
    "a b, c",
    "16px/1.5 serif",
    "rgb(1, 2, 3)",
    "hsl(120deg 50% 50% / 0.5)",
    "var(--a, 1px)",
    "calc(1px + 2px)",
  ];
  const blocked = [
    "red;a:b",
    "}",
    "a{",
    "url(a)",
    "expression(1)",
    "expression",
    "'a'",
    '"',
    "\\65",
    "/* */",
    "a/",
    "/a",
    "a/*b",
    "//",
    "a:b",
    "<",
    "</style>",
    "@import",
    "!important",
    "(a)",
    "rgb(1",
    "rgb(1))",
    "image(a)",
    "javascript",
    "-moz-binding",
    "1a1",
    "é",
    "a\nb",
    "\0",
    "x".repeat(1001),
  ];
  checkRows(allowed.map((value) => inStyle("a{b:{{ x }}}", value, `a{b:${value}}`)));
  checkRows(blocked.map((value) => inStyle("a{b:{{ x }}}", value, "a{b:limpid-blocked}")));
  checkRows([
    inStyle("a{width:{{ x }}px}", 1.5, "a{width:1.5px}"),
    inStyle("a{width:{{ x }}}", null, "a{width:}"),
    inStyle("a{b:{{ x }};}b{/*;*/c:{{ x }}}", ";", "a{b:limpid-blocked;}b{/*;*/c:limpid-blocked}"),
    inStyle("@media (a:b){a{b:{{ x }}}}", "c", "@media (a:b){a{b:c}}"),
    inStyle("a{color:#{{ x }};margin:-{{ x }}}", "abc", "a{color:#abc;margin:-abc}"),
    ['<p style="a:b;c:{{ x }}">', "d;e:f", '<p style="a:b;c:limpid-blocked">'],
    ["<p style=color:{{ x }}>", "a b", "<p style=color:a&#32;b>"],
  ]);
});

test("strings and addresses are escaped for both CSS and their place", () => {
  checkRows([
    inStyle(
      'a{content:"{{ x }}"}',
      "\"'\\\n</style>",
      'a{content:"\\22 \\27 \\5c \\a \\3c \\2f style\\3e "}',
    ),
    ["<p style='content:\"{{ x }}\"'>", "'é", "<p style='content:\"\\27 é\"'>"],
    inStyle("a{b:url({{ x }})}", "/a b)(.png", "a{b:url(/a%20b%29%28.png)}"),
    inStyle("a{b:URL( '{{ x }}' )}", "javascript:a", "a{b:URL( 'about:invalid#limpid' )}"),
    inStyle("a{b:url(/a/{{ x }}?b={{ x }})}", "c'&d", "a{b:url(/a/c%27&d?b=c%27%26d)}"),
    inStyle("a{b:url({{ x }}) c {{ x }}}", "d", "a{b:url(d) c d}"),
    [
      '<p style="background:url({{ x }})">',
      "data:image/png;base64,AA==",
      '<p style="background:url(data:image/png;base64,AA==)">',
    ],
  ]);
});

test("selectors, names and comments take no value", () => {
  checkRefusals([
    ["<style>{{ x }}</style>", "1:8", /in a selector or a rule/],
    ["<style>a[b='{{ x }}']{}</style>", "1:13", /in a selector or a rule/],
    ["<style>@import '{{ x }}'</style>", "1:17", /in a selector or a rule/],
    ["<style>a{ {{ x }}:b}</style>", "1:11", /name of a CSS property/],
    ["<style>a{b:c;d{{ x }}}</style>", "1:15", /name of a CSS property/],
    ["<style>a{b:/*{{ x }}*/c}</style>", "1:14", /comment of CSS/],
    ["<style>a{b:\\{{ x }}}</style>", "1:13", /backslash/],
    ["<style>a{b:'<{{ x }}'}</style>", "1:14", /behind `<` in <style>/],
    ["<style>a{b:url(c {{ x }})}</style>", "1:18", /behind the URL/],
    ["<style>a{b:url(javascript:{{ x }})}</style>", "1:27", /behind `javascript:`/],
    ['<p style="{{ x }}">', "1:11", /name of a CSS property/],
  ]);
});

test("no text leaves the value of a property", () => {
  const { escape: escaped } = placementOf("<style>a{b:{{ x }}}</style>", "Output");
  const tokens = fc.constantFrom(
    "rgb(",
    "(",
    ")",
    ",",
    "/",
    "*",
    "a",
    "1px",
    " ",
    ";",
    "url(",
    "-",
    "+",
    "#abc",
    "\\",
    "'",
  );
  fc.assert(
    fc.property(fc.array(tokens, { maxLength: 12 }), (parts) => {
      const written = escaped(parts.join(""));
      assert.doesNotMatch(written, /[;'\\]|url|\/\*/);
      let depth = 0;
      for (const character of written) {
        if (character === "(") depth++;
        if (character === ")") assert.ok(depth-- > 0, written);
      }
      assert.equal(depth, 0, written);
    }),
    { numRuns: 2000 },
  );
});
