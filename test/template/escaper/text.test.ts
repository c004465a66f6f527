/** Values in element text and in elements and comments whose content is no markup. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Html, noncePlace } from "limpid/message";
import { checkRefusals, checkRows, placementOf, rendered } from "./rendered.ts";

const bold = new Html("<b>&amp;</b>");

test("element text is escaped, and markup is left alone", () => {
  checkRows([
    ["<p>{{ x }}</p>", `<b>&"'`, "<p>&lt;b&gt;&amp;&#34;&#39;</p>"],
    ["{{ x }}", bold, "<b>&amp;</b>"],
    ["{{ x }}", null, ""],
    ["{{ x }}", undefined, ""],
    ["{{ x }}", true, "true"],
    ["{{ x }}", 12n, "12"],
    ["{{ x }}", ["<"], "[&#34;&lt;&#34;]"],
    ["a < {{ x }} <3 {{ x }}", "<", "a < &lt; <3 &lt;"],
    ["<p/>{{ x }}</p>", "<", "<p/>&lt;</p>"],
    ["<noscript>{{ x }}</noscript>", "</noscript>", "<noscript>&lt;/noscript&gt;</noscript>"],
    ["</>{{ x }}", "<", "</>&lt;"],
    ["</!>{{ x }}", "<", "</!>&lt;"],
    ["<!doctype html>{{ x }}", "<", "<!doctype html>&lt;"],
    ["<?xml version='1'?>{{ x }}", "<", "<?xml version='1'?>&lt;"],
    ["<A HREF='a>b'>{{ x }}</A>", "<", "<A HREF='a>b'>&lt;</A>"],
    ["<svg><title>{{ x }}</title></svg>", bold, "<svg><title><b>&amp;</b></title></svg>"],
    ["<svg><![CDATA[<b>]]>{{ x }}</svg>", "<", "<svg><![CDATA[<b>]]>&lt;</svg>"],
    ["<svg><p>{{ x }}</p>", "<", "<svg><p>&lt;</p>"],
  ]);
  assert.equal(placementOf("{{ x }}", "Output").kind, "text");
});

test("places for the nonce stay in markup in element text only", () => {
  const script = Html.withNoncePlaces(`<script${noncePlace}></script>`);
  assert.equal(rendered("{{ x }}", script), script.markup);
  assert.equal(rendered("<title>{{ x }}</title>", script), "<title>&lt;script&gt;&lt;/script&gt;</title>");
  assert.equal(rendered('<p title="{{ x }}">', script), '<p title="&lt;script&gt;&lt;/script&gt;">');
});

test("in title and textarea markup is text too", () => {
  checkRows([
    ["<title>{{ x }}</title>{{ x }}", bold, "<title>&lt;b&gt;&amp;amp;&lt;/b&gt;</title><b>&amp;</b>"],
    ["<TextArea>{{ x }}</textarea >", "</textarea>", "<TextArea>&lt;/textarea&gt;</textarea >"],
    [
      "<title></titles>{{ x }}</title/>{{ x }}",
      bold,
      `<title></titles>&lt;b&gt;&amp;amp;&lt;/b&gt;</title/>${bold}`,
    ],
  ]);
});

test("a comment stays open until the text closes it", () => {
  checkRows([
    ["<!-- {{ x }} -->", "--><b>", "<!-- &#45;&#45;&gt;&lt;b&gt; -->"],
    ["<!--{{ x }}>-->{{ x }}", "", "<!-- >-->"],
    ["<!--{{ x }}-->", "->", "<!--&#45;&gt;-->"],
    ["<!-->{{ x }}", bold, `<!-->${bold}`],
    ["<!--->{{ x }}", bold, `<!--->${bold}`],
    ["<!-- --!>{{ x }}", bold, `<!-- --!>${bold}`],
    ["<!-- -- > -{# #}- >{{ x }}-->", "<", "<!-- -- > -- >&lt;-->"],
  ]);
});

test("text that shows to nobody or is no text takes no value", () => {
  checkRefusals([
    ["<!-- -{{ x }} -->", "1:7", /behind a dash in a comment/],
    ["<title><{{ x }}</title>", "1:9", /behind `<` in <title>/],
    ["<textarea></text{{ x }}</textarea>", "1:17", /behind `<\/text`/],
    ["<iframe>{{ x }}</iframe>", "1:9", /in <iframe>/],
    ["<noembed>{{ x }}</noembed>", "1:10", /in <noembed>/],
    ["<noframes>{{ x }}</noframes>", "1:11", /in <noframes>/],
    ["<xmp>{{ x }}</xmp>", "1:6", /in <xmp>/],
    ["\n<plaintext>{{ x }}", "2:12", /behind <plaintext>/],
    ["<!doctype {{ x }}>", "1:11", /declaration/],
    ["<!{{ x }}>", "1:3", /declaration/],
    ["<!a{{ x }}>", "1:4", /declaration/],
    ["<?php {{ x }}?>", "1:7", /declaration/],
    ["<svg><![CDATA[{{ x }}]]></svg>", "1:15", /CDATA/],
    ["<p><![CDATA[{{ x }}]]></p>", "1:13", /declaration/],
    ["<svg><script>{{ x }}</script></svg>", "1:14", /<script> of SVG/],
    ["<svg><style>{{ x }}</style></svg>", "1:13", /<style> of SVG/],
    ["<math><style>{{ x }}</style></math>", "1:14", /<style> of SVG/],
  ]);
});
