/** Filters that turn text into markup and markup into text. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { escapeHtml, Html, noncePlace } from "limpid/message";
import { apply, check, checkRefused, html } from "./apply.ts";

test("escape escapes once, forceescape always, safe never", () => {
  check([
    [[`<">&'`, "escape"], html(escapeHtml(`<">&'`))],
    [[html("<b>"), "e"], html("<b>")],
    [[undefined, "e"], html("")],
    [[["<"], "e"], html(escapeHtml('["<"]'))],
    [[html("<div />"), "forceescape"], html("&lt;div /&gt;")],
    [["<b>", "forceescape"], html("&lt;b&gt;")],
    [["<b>", "safe"], html("<b>")],
    [[html("<b>"), "safe"], html("<b>")],
    [[5, "safe"], html("5")],
  ]);
  check([[["<b>", "escape"], html("&lt;b&gt;")]], false);
});

test("nl2br ends lines", () => {
  check([
    [["a\nb\r\n<c>\rd", "nl2br"], html("a<br>\nb<br>\n&lt;c&gt;<br>\nd")],
    [[html("<b>\n"), "nl2br"], html("<b><br>\n")],
    [[undefined, "nl2br"], html("")],
  ]);
  check([[["<a>\n", "nl2br"], "&lt;a&gt;<br>\n"]], false);
});

test("striptags leaves the text", () => {
  check([
    [
      [
        '  <p>just a small   \n <a href="#">example</a> link</p>\n<p>to a webpage</p> <!-- <p>gone</p> -->',
        "striptags",
      ],
      "just a small example link to a webpage",
    ],
    [
      ["a &lt;b&gt; &amp;amp; &#65;&#x42; &nbsp;&eacute;&hellip;&euro; &unknown; &#0;&#xD800;", "striptags"],
      "a <b> &amp; AB \u00a0é…€ &unknown; \ufffd\ufffd",
    ],
    [[html("<b>x</b>&lt;"), "striptags"], "x<"],
    [["a < b", "striptags"], "a < b"],
    [["a <!-- b", "striptags"], "a <!-- b"],
    [["<<b>i>x", "striptags"], "i>x"],
    [["<!-- --><!-- > -->x", "striptags"], "x"],
    [[null, "striptags"], ""],
  ]);
});

test("hostile text takes no more than linear time", () => {
  for (const part of ["<", "<!--", "<!-- -->", "&", "&#", "< >", "<b", "  "]) {
    const start = performance.now();
    apply([part.repeat(1_000_000 / part.length), "striptags"]);
    assert.ok(performance.now() - start < 2000, part);
  }
});

test("they take no arguments", () => {
  checkRefused("LMP_TEMPLATE_ARGUMENT_INVALID", [
    ["a", "escape", 1],
    ["a", "safe", true],
    ["a", "striptags", "b"],
  ]);
});

test("places for the nonce stay in markup, and never get into text", () => {
  const page = Html.withNoncePlaces(`<script${noncePlace}>e()</script> e\n`);
  const kept: [name: string, expected: string, ...rest: unknown[]][] = [
    ["trim", '<script nonce="n0">e()</script> e'],
    ["replace", '<script nonce="n0">X()</script> e\n', "e", "X", 1],
    ["replace", '<script nonce="n0">e()</script> e\n', "nonce", "X"],
    ["indent", '<script nonce="n0">e()</script> e\n'],
    ["nl2br", '<script nonce="n0">e()</script> e<br>\n'],
    ["urlize", '<script nonce="n0">e()</script> e\n'],
    ["escape", '<script nonce="n0">e()</script> e\n'],
    ["safe", '<script nonce="n0">e()</script> e\n'],
  ];
  for (const [name, expected, ...rest] of kept) {
    assert.equal(String((apply([page, name, ...rest]) as Html).withNonce("n0")), expected, name);
  }
  assert.equal(
    String((apply([[page, "<"], "join"]) as Html).withNonce("n0")),
    '<script nonce="n0">e()</script> e\n&lt;',
  );
  for (const name of [
    "upper",
    "string",
    "tojson",
    "forceescape",
    "striptags",
    "length",
    "list",
    "first",
    "truncate",
  ]) {
    const text = JSON.stringify(apply([page, name]));
    assert.ok(!text.toLowerCase().includes(noncePlace.slice(8, -1)), name);
  }
  const text = JSON.stringify([
    apply([[page], "string"]),
    apply([{ title: page }, "xmlattr"]),
    apply([[page], "tojson"]),
  ]);
  assert.ok(!text.includes(noncePlace.slice(8, -1)));
});
