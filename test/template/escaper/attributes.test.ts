/** Values in attributes: quoted and unquoted, and the names of both tags and attributes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Html } from "limpid/message";
import { checkRefusals, checkRows, placementOf } from "./rendered.ts";

const bold = new Html('<b a="">');

test("a quoted value is escaped, markup too", () => {
  checkRows([
    ['<p title="{{ x }}">', `"'<&`, '<p title="&#34;&#39;&lt;&amp;">'],
    ["<p title='{{ x }}'>", `"'<&`, "<p title='&#34;&#39;&lt;&amp;'>"],
    ['<p title="{{ x }}">', bold, '<p title="&lt;b a=&#34;&#34;&gt;">'],
    ['<p title = "a {{ x }} b{{ x }}">', null, '<p title = "a  b">'],
    ['<p class="{% if x %}a{% else %}b{% endif %} {{ x }}">', "<", '<p class="a &lt;">'],
    ['<p title="&{{ x }};">', "lt", '<p title="&lt;">'],
    ['</p title="{{ x }}">', '"', '</p title="&#34;">'],
    ['<p data-x="{{ x }}" title="{{ x }}">', '"', '<p data-x="&#34;" title="&#34;">'],
  ]);
});

test("an unquoted value can neither end nor be missing", () => {
  checkRows([
    [
      "<p title={{ x }}>",
      "a b\t\n\f\r=`\"'<>&",
      "<p title=a&#32;b&#9;&#10;&#12;&#13;&#61;&#96;&#34;&#39;&#60;&#62;&#38;>",
    ],
    ["<p title={{ x }}>", "", '<p title="">'],
    ["<p title={{ x }} id=a>", null, '<p title="" id=a>'],
    ["<p id=row-{{ x }}>", "", "<p id=row->"],
    ["<p id={{ x }}-row>", "", "<p id=-row>"],
    ["<p id={{ x }}-{{ x }}>", "a b", "<p id=a&#32;b-a&#32;b>"],
    ["<a href={{ x }}>", "javascript:a", "<a href=about:invalid#limpid>"],
    ["<a href=/a?b={{ x }}/>", "a&b", "<a href=/a?b=a%26b/>"],
  ]);
  checkRefusals([
    ["<p title={{ x }}{{ x }}>", "1:17", /outside of an attribute's value/],
    ["<p title={{ x }}'a'>", "1:10", /before a quote/],
    ["<p title={% include 'a' %}>", "1:10", /without quotes/],
    ["<p {% if x %}title={{ x }}{% endif %}a>", "1:38", /belongs to an attribute in one case/],
  ]);
});

test("names are text, or constants", () => {
  checkRows([
    ['<input {{ "checked" if x }}>', "checked", "<input checked>"],
    ['<{{ "ol" if x else "ul" }} class="{{ x }}">', "ol", '<ol class="ol">'],
    ['<p data-{{ "a" if x else "b" }}="1">', "a", '<p data-a="1">'],
  ]);
  checkRefusals([
    ["<{{ x }}>", "1:2", /as the name of a tag/],
    ["</{{ x }}>", "1:3", /as the name of a tag/],
    ["<h{{ x }}>", "1:3", /as the name of a tag/],
    ['<{{ "ol" if x }}>', "1:2", /as the name of a tag/],
    ['<{{ "script" if x else "p" }}>', "1:2", /as the name of a tag/],
    ["<p {{ x }}>", "1:4", /outside of an attribute's value/],
    ["<p {{ x }}=a>", "1:4", /outside of an attribute's value/],
    ['<p on{{ "a" if x else x }}="1">', "1:6", /outside of an attribute's value/],
    ['<p {{ "a=b" }}>', "1:4", /outside of an attribute's value/],
    ['<p {{ "onclick" if x else "title" }}="{{ x }}">', "1:39", /another one in each branch/],
    ["<{{ f() }}>", "1:2", /as the name of a tag/],
  ]);
});

test("xmlattr writes whole attributes, and a call may be that of a macro", () => {
  const attributes = new Html(' a="b"');
  checkRows([
    ["<p{{ x|xmlattr }}>", attributes, '<p a="b">'],
    ['<p class="c" {{ x|xmlattr }} id="i">', attributes, '<p class="c"  a="b" id="i">'],
  ]);
  const plain = placementOf("<p {{ x|xmlattr }}>", "Output");
  assert.throws(() => plain.escape(" a=b"), { code: "LMP_TEMPLATE_CONTEXT_UNSAFE" });
  const call = placementOf("<p {{ f() }} >", "Output");
  assert.throws(() => call.escape(attributes), { code: "LMP_TEMPLATE_CONTEXT_UNSAFE" });
  checkRefusals([
    ["<script {{ x|xmlattr }}>{{ x }}</script>", "1:25", /not known before rendering/],
    ["<p {{ f() }}a>", "1:13", /belongs to an attribute/],
  ]);
});

test("the page in srcdoc is escaped twice, and takes values as its text", () => {
  checkRows([
    ['<iframe srcdoc="{{ x }}"></iframe>', "<b>&", '<iframe srcdoc="&amp;lt;b&amp;gt;&amp;amp;"></iframe>'],
    ['<iframe srcdoc="{{ x }}"></iframe>', new Html("<b>"), '<iframe srcdoc="&amp;lt;b&amp;gt;"></iframe>'],
    [
      "<iframe srcdoc='<p a=\"b>\">&lt;b>{{ x }}</p>'></iframe>",
      "<",
      "<iframe srcdoc='<p a=\"b>\">&lt;b>&amp;lt;</p>'></iframe>",
    ],
  ]);
  checkRefusals([
    ["<iframe srcdoc='<p title=\"{{ x }}\">'>", "1:27", /inside of the tags/],
    ["<iframe srcdoc='&lt;script>{{ x }}'>", "1:28", /inside of the tags/],
    ["<iframe srcdoc='<!--{{ x }}'>", "1:21", /inside of the tags/],
  ]);
});

test("what decides the meaning of others is no value", () => {
  checkRows([
    ['<meta name="a" content="{{ x }}">', "0;url=a", '<meta name="a" content="0;url=a">'],
    ['<svg><set to="{{ x }}"/></svg>', "1;2", '<svg><set to="1;2"/></svg>'],
    [
      '<svg><animate values="a;{{ x }}"/></svg>',
      "JAVASCRIPT:a",
      '<svg><animate values="a;about:invalid#limpid"/></svg>',
    ],
  ]);
  checkRefusals([
    ['<meta http-equiv="refresh" content="0;url={{ x }}">', "1:43", /http-equiv="refresh"/],
    ["<meta content='{{ x }}' http-equiv=' REFRESH '>", "1:37", /refresh/],
    ['<meta http-equiv="{{ x }}" content="a">', "1:19", /http-equiv/],
    ["<meta {% if x %}http-equiv=refresh{% endif %} content='{{ x }}'>", "1:56", /refresh/],
  ]);
});
