/** Cases of the contract of both engines for several templates: extends, include, import, and where a value is escaped. */
import type { Case } from "./contract.ts";

/** What the templates are rendered with, made anew for each. */
export const templatesData = (): Record<string, unknown> => ({
  list: ["a", "b"],
  name: '<Ada & "Co">',
  url: "javascript:alert(1)",
  item: 1,
  which: "part.html",
  layout: "base.html",
  yes: true,
  no: false,
});

export const templatesCases: readonly Case[] = [
  ['{% extends "base.html" %}', "<title>Base</title>none"],
  ['{% extends "base.html" %}{% block title %}Page{% endblock %}', "<title>Page</title>none"],
  [
    '{% extends "base.html" %}{% block title %}Page – {{ super() }}{% endblock %}',
    "<title>Page – Base</title>none",
  ],
  [
    '{% extends "base.html" %}ignored {{ 1 }}{% block body %}<p>{{ name }}</p>{% endblock %}',
    "<title>Base</title><p>&lt;Ada &amp; &#34;Co&#34;&gt;</p>",
  ],
  [
    '{% extends "middle.html" %}{% block title %}[{{ super() }}]{% endblock %}',
    "<title>[Middle Base]</title><b>&lt;Ada &amp; &#34;Co&#34;&gt;</b>",
  ],
  [
    '{% extends "middle.html" %}{% block body %}{{ self.title() }}{% endblock %}',
    "<title>Middle Base</title>Middle Base",
  ],
  [
    '{% extends "middle.html" %}{% block body %}{% set x %}{{ super() }}{% endset %}[{{ x }}]{% endblock %}',
    "<title>Middle Base</title>[<b>&lt;Ada &amp; &#34;Co&#34;&gt;</b>]",
  ],
  [
    '{% extends "middle.html" %}{% block body %}{% filter upper %}{{ super() }}{% endfilter %}{% endblock %}',
    "<title>Middle Base</title><b>&lt;ADA &amp; &#34;CO&#34;&gt;</b>",
  ],
  [
    '{% extends "middle.html" %}{% block body %}{{ super()|upper }}{{ super() ~ "&" }}{% endblock %}',
    "<title>Middle Base</title><b>&lt;ADA &amp; &#34;CO&#34;&gt;</b><b>&lt;Ada &amp; &#34;Co&#34;&gt;</b>&amp;",
  ],
  [
    '{% extends "middle.html" %}{% block body %}{% macro m() %}{{ super() }}{% endmacro %}{{ m() }}{% endblock %}',
    "<title>Middle Base</title><b>&lt;Ada &amp; &#34;Co&#34;&gt;</b>",
  ],
  [
    '{% extends "middle.html" %}{% block body %}{% for x in list %}{{ super() }}{% endfor %}{% endblock %}',
    "<title>Middle Base</title><b>&lt;Ada &amp; &#34;Co&#34;&gt;</b><b>&lt;Ada &amp; &#34;Co&#34;&gt;</b>",
  ],
  [
    '{% extends "middle.html" %}{% block body %}<p title="{{ super() }}">{% endblock %}',
    '<title>Middle Base</title><p title="<b>&lt;Ada &amp; &#34;Co&#34;&gt;</b>">',
  ],
  [
    '{% extends "middle.html" %}{% block body %}{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ super() }}{% endcall %}{% endblock %}',
    "<title>Middle Base</title><b>&lt;Ada &amp; &#34;Co&#34;&gt;</b>",
  ],
  ["{% extends layout %}{% block title %}T{% endblock %}", "<title>T</title>none"],
  ['{% extends ["nope.html", "base.html"] %}', "<title>Base</title>none"],
  [
    '{% if yes %}{% extends "base.html" %}{% endif %}text{% block title %}C{% endblock %}',
    "<title>C</title>none",
  ],
  ['{% if no %}{% extends "base.html" %}{% endif %}text{% block title %}C{% endblock %}{{ 1 }}', "textC1"],
  ['{% set shown = "set in page" %}{% extends "shows.html" %}', "set in page|set in page"],
  ['{% extends "shows.html" %}{% set shown = "after" %}', "after|after"],
  [
    '{% extends "shows.html" %}{% macro m() %}M{% endmacro %}{% block b %}{{ m() }}{% endblock %}',
    "|M",
    { code: "LMP_TEMPLATE_UNDEFINED" },
  ],
  ['{% extends "nope.html" %}', { code: "LMP_TEMPLATE_NOT_FOUND" }],
  ['{% extends "required.html" %}', { code: "LMP_TEMPLATE_BLOCK_REQUIRED" }],
  ['{% extends "required.html" %}{% block must %}ok{% endblock %}', "ok"],
  [
    '{% extends "attribute.html" %}{% block value %}{{ name }}{% endblock %}',
    '<p title="&lt;Ada &amp; &#34;Co&#34;&gt;">',
  ],
  ['{% extends "attribute.html" %}', '<p title="&lt;Ada &amp; &#34;Co&#34;&gt;">'],
  [
    '{% extends "script.html" %}{% block js %}var x = {{ name }};{% endblock %}',
    '<script nonce="N">var x = "\\u003cAda \\u0026 \\"Co\\"\\u003e";</script>',
  ],
  ['{% extends "scoped.html" %}{% block row %}({{ x }}){% endblock %}', "(a)(b)"],
  [
    '{% extends "unscoped.html" %}{% block row %}({{ x }}){% endblock %}',
    "()()",
    { code: "LMP_TEMPLATE_UNDEFINED" },
  ],
  ['{% include "part.html" %}', "part 1"],
  ["{% include which %}", "part 1"],
  ['{% include ["nope.html", "part.html"] %}', "part 1"],
  ['{% include "nope.html" ignore missing %}x', "x"],
  ['{% include ["nope.html"] ignore missing %}x', "x"],
  ['{% include "nope.html" %}', { code: "LMP_TEMPLATE_NOT_FOUND" }],
  ['{% set item = 2 %}{% include "part.html" %}', "part 2"],
  ['{% for item in [3, 4] %}{% include "part.html" %}{% endfor %}', "part 3part 4"],
  ['{% include "part.html" without context %}', "part "],
  ['{% with item = 5 %}{% include "part.html" %}{% endwith %}', "part 5"],
  ['<a title="{% include "text.html" %}">x</a>', '<a title="&lt;Ada &amp; &#34;Co&#34;&gt;">x</a>'],
  ["{% include 5 %}", { code: "LMP_TEMPLATE_VALUE_INVALID" }],
  ['{% include "./part.html" %}', "part 1"],
  ['{% include "sub/here.html" %}', "there part 1"],
  [
    '{% import "forms.html" as forms %}{{ forms.field("a", name) }}',
    '<input id="a" value="&lt;Ada &amp; &#34;Co&#34;&gt;">',
  ],
  [
    '{% import "forms.html" as forms %}{{ forms.version }}{{ forms._hidden }}|{{ forms.nope }}|',
    "3||",
    { code: "LMP_TEMPLATE_UNDEFINED" },
  ],
  ['{% from "forms.html" import field %}{{ field("a") }}', '<input id="a" value="">'],
  [
    '{% from "forms.html" import field as f, version %}{{ f("b", 1) }}{{ version }}',
    '<input id="b" value="1">3',
  ],
  ['{% from "forms.html" import nope %}{{ nope }}|', "|"],
  ['{% from "forms.html" import nope %}{{ nope() }}', { code: "LMP_TEMPLATE_UNDEFINED" }],
  ['{% from "forms.html" import sees %}{{ sees() }}|', "|", { code: "LMP_TEMPLATE_UNDEFINED" }],
  ['{% from "forms.html" import sees with context %}{{ sees() }}|', "1|"],
  ['{% set item = 9 %}{% from "forms.html" import sees with context %}{{ sees() }}|', "9|"],
  [
    '{% from "forms.html" import wrap %}{% call wrap() %}{{ name }}{% endcall %}',
    "&lt;Ada &amp; &#34;Co&#34;&gt;",
  ],
  [
    '{% from "forms.html" import wrap %}<a href="{% call wrap() %}{{ name }}{% endcall %}">',
    '<a href="%3CAda%20&amp;%20%22Co%22%3E">',
  ],
  [
    '{% from "forms.html" import text %}<a title="{{ text(name) }}" href="{{ text(url) }}">',
    '<a title="&lt;Ada &amp; &#34;Co&#34;&gt;" href="about:invalid#limpid">',
  ],
  [
    '{% from "forms.html" import text %}<script>var x = "{{ text(name) }}";</script>',
    '<script nonce="N">var x = "\\x3cAda \\x26 \\x22Co\\x22\\x3e";</script>',
  ],
  [
    '{% for x in list %}{% from "forms.html" import field %}{{ field(x) }}{% endfor %}',
    '<input id="a" value=""><input id="b" value="">',
  ],
  ['{% if yes %}{% import "forms.html" as f %}{% endif %}{{ f.version }}', "3"],
  [
    '{% extends "base.html" %}{% from "forms.html" import field %}{% block body %}{{ field("z") }}{% endblock %}',
    '<title>Base</title><input id="z" value="">',
  ],
  [
    '{% extends "base.html" %}{% import "forms.html" as forms %}{% block body %}{{ forms.field("z") }}{% endblock %}',
    '<title>Base</title><input id="z" value="">',
  ],
  ["{{ name }}", "&lt;Ada &amp; &#34;Co&#34;&gt;"],
  [
    '<a href="{{ url }}" title="{{ name }}" data-x=\'{{ name }}\'>{{ name }}</a>',
    '<a href="about:invalid#limpid" title="&lt;Ada &amp; &#34;Co&#34;&gt;" data-x=\'&lt;Ada &amp; &#34;Co&#34;&gt;\'>&lt;Ada &amp; &#34;Co&#34;&gt;</a>',
  ],
  ['<a href="/x?q={{ name }}&p={{ 1 }}">', '<a href="/x?q=%3CAda%20%26%20%22Co%22%3E&p=1">'],
  ['<a title={{ "x" }}>', "<a title=x>"],
  [
    '<script>var a = {{ name }}, b = "{{ name }}", c = {{ list }};</script>',
    '<script nonce="N">var a = "\\u003cAda \\u0026 \\"Co\\"\\u003e", b = "\\x3cAda \\x26 \\x22Co\\x22\\x3e", c = ["a","b"];</script>',
  ],
  [
    '<script type="application/json">{{ {"a": name} }}</script>',
    '<script type="application/json" nonce="N">{"a":"\\u003cAda \\u0026 \\"Co\\"\\u003e"}</script>',
  ],
  [
    '<button onclick="f({{ name }})">',
    '<button onclick="f(&#34;\\u003cAda \\u0026 \\&#34;Co\\&#34;\\u003e&#34;)">',
  ],
  ['<p style="color: {{ "red" }}">', '<p style="color: red">'],
  ['<style>p { color: {{ "red" }} }</style>', '<style nonce="N">p { color: red }</style>'],
  ["<!-- {{ name }} -->", "<!-- &lt;Ada &amp; &#34;Co&#34;&gt; -->"],
  [
    "<title>{{ name }}</title><textarea>{{ name }}</textarea>",
    "<title>&lt;Ada &amp; &#34;Co&#34;&gt;</title><textarea>&lt;Ada &amp; &#34;Co&#34;&gt;</textarea>",
  ],
  ['<img srcset="{{ "/a.png" }} 1x, {{ "/b.png" }} 2x">', '<img srcset="/a.png 1x, /b.png 2x">'],
  ['<input {{ "checked" if yes }}>', "<input checked>"],
  ["<{{ name }}>", { code: "LMP_TEMPLATE_CONTEXT_UNSAFE" }],
  [
    '<a href="{{ name|safe }}">{{ name|safe }}</a>',
    '<a href="%3CAda%20&amp;%20%22Co%22%3E"><Ada & "Co"></a>',
  ],
  [
    '{% macro m(v) %}{{ v }}{% endmacro %}<a title="{{ m(name) }}" href="{{ m(url) }}">{{ m(name) }}',
    '<a title="&lt;Ada &amp; &#34;Co&#34;&gt;" href="about:invalid#limpid">&lt;Ada &amp; &#34;Co&#34;&gt;',
  ],
  [
    '{% macro m(v) %}{{ v }}{% endmacro %}<script>var x = {{ m(name) }}, y = "{{ m(name) }}";</script>',
    '<script nonce="N">var x = "\\u003cAda \\u0026 \\"Co\\"\\u003e", y = "\\x3cAda \\x26 \\x22Co\\x22\\x3e";</script>',
  ],
  [
    '{% macro attr(v) %} title="{{ v }}"{% endmacro %}<a{{ attr(name) }}>',
    '<a title="&lt;Ada &amp; &#34;Co&#34;&gt;">',
  ],
  [
    '{% macro m() %}{{ caller() }}{% endmacro %}<a title="{% call m() %}{{ name }}{% endcall %}">',
    '<a title="&lt;Ada &amp; &#34;Co&#34;&gt;">',
  ],
  [
    '{% block a %}{{ name }}{% endblock %}<a title="{{ self.a() }}">',
    '&lt;Ada &amp; &#34;Co&#34;&gt;<a title="&lt;Ada &amp; &#34;Co&#34;&gt;">',
  ],
  [
    '{% set x %}<b>{{ name }}</b>{% endset %}<a title="{{ x }}">{{ x }}</a>',
    '<a title="&lt;b&gt;&amp;lt;Ada &amp;amp; &amp;#34;Co&amp;#34;&amp;gt;&lt;/b&gt;"><b>&lt;Ada &amp; &#34;Co&#34;&gt;</b></a>',
  ],
  ['<a title="{% filter upper %}{{ name }}{% endfilter %}">', { code: "LMP_TEMPLATE_CONTEXT_UNSAFE" }],
  [
    '<a title="{% if yes %}{{ name }}{% endif %}{% for x in list %}{{ x }}{% endfor %}">',
    '<a title="&lt;Ada &amp; &#34;Co&#34;&gt;ab">',
  ],
  [
    '<a title="{% set y %}{{ name }}{% endset %}{{ y }}">',
    '<a title="&amp;lt;Ada &amp;amp; &amp;#34;Co&amp;#34;&amp;gt;">',
  ],
  [
    '<script>{{ name }}</script><style>a{}</style><script src="{{ url }}"></script>',
    '<script nonce="N">"\\u003cAda \\u0026 \\"Co\\"\\u003e"</script><style nonce="N">a{}</style><script src="about:invalid#limpid" nonce="N"></script>',
  ],
  [
    "<script>a()</script>{% macro s() %}<script>b()</script>{% endmacro %}{{ s() }}",
    '<script nonce="N">a()</script><script nonce="N">b()</script>',
  ],
  [
    "{% set s %}<script>b()</script>{% endset %}{{ s }}{{ s }}",
    '<script nonce="N">b()</script><script nonce="N">b()</script>',
  ],
  ['{% if yes %}<a href="{% endif %}{{ name }}', { code: "LMP_TEMPLATE_CONTEXT_UNSAFE" }],
  [
    '{% autoescape false %}<a title="{{ name }}">{{ name }}</a>{% endautoescape %}',
    '<a title="<Ada & "Co">"><Ada & "Co"></a>',
  ],
  [
    '{% for x in list %}<li class="{{ x }}">{{ x }}</li>{% endfor %}',
    '<li class="a">a</li><li class="b">b</li>',
  ],
  ["{% shout %}hi {{ name }}{% endshout %}", "HI &amp;LT;ADA &amp;AMP; &amp;#34;CO&amp;#34;&amp;GT;"],
  ["{% stamp 1, k=name %}", "1:&lt;Ada &amp; &#34;Co&#34;&gt;"],
  ['<a title="{% stamp 2 %}">', '<a title="2:">'],
  ["{% set x = 1 %}{% shout %}{% set x = 2 %}{{ x }}{% endshout %}{{ x }}", "21"],
];

/** The templates that the cases name. */
export const templates: Readonly<Record<string, string>> = {
  "base.html": "<title>{% block title %}Base{% endblock %}</title>{% block body %}none{% endblock %}",
  "middle.html":
    '{% extends "base.html" %}{% block title %}Middle {{ super() }}{% endblock %}{% block body %}<b>{{ name }}</b>{% endblock %}',
  "shows.html": "{{ shown }}|{% block b %}{{ shown }}{% endblock %}",
  "required.html": "{% block must required %}{% endblock %}",
  "attribute.html": '<p title="{% block value %}{{ name }}{% endblock %}">',
  "script.html": "<script>{% block js %}{% endblock %}</script>",
  "scoped.html": "{% for x in list %}{% block row scoped %}{% endblock %}{% endfor %}",
  "unscoped.html": "{% for x in list %}{% block row %}{% endblock %}{% endfor %}",
  "part.html": "part {{ item }}{% set item = 0 %}",
  "text.html": "{{ name }}",
  "sub/here.html": '{% include "./there.html" %}{% include "../part.html" %}',
  "sub/there.html": "there ",
  "forms.html":
    '{% macro field(id, value="") %}<input id="{{ id }}" value="{{ value }}">{% endmacro %}{% macro sees() %}{{ item }}{% endmacro %}{% macro wrap() %}{{ caller() }}{% endmacro %}{% macro text(v) %}{{ v }}{% endmacro %}{% set version = 3 %}{% set _hidden = 1 %}not shown',
};
