/** Macros, blocks, includes and captured text, each fitted to the place where it is used. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Environment, MemoryLoader, Template } from "limpid/template";

const nasty = `"'</script><i>`;
const places = {
  text: ["<p>", "</p>"],
  attribute: ['<p title="', '">x</p>'],
  url: ['<a href="/find?q=', '">x</a>'],
  script: ["<script>let x = ", ";</script>"],
  style: ["<style>p { width: ", " }</style>"],
} as const;

/** What a value becomes in each place when it is written there directly. */
function direct(value: unknown): Record<string, string> {
  return inEach("{{ x }}", value, {});
}

function inEach(
  use: string,
  x: unknown,
  templates: Record<string, string>,
  before = "",
): Record<string, string> {
  const views = new Environment({ loader: new MemoryLoader(templates) });
  const texts = Object.entries(places).map(([place, [open, close]]) => {
    const html = views.fromString(`${before}${open}${use}${close}`).render({ x });
    return [place, String(html)] as const;
  });
  return Object.fromEntries(texts);
}

test("an include is fitted to its place", () => {
  for (const value of [nasty, "3px"])
    assert.deepEqual(inEach('{% include "x.html" %}', value, { "x.html": "{{ x }}" }), direct(value));
});

test("a block is fitted to its place", () => {
  assert.deepEqual(inEach("{% block b %}{{ x }}{% endblock %}", nasty, {}), direct(nasty));
});

test("a macro is fitted to its place", () => {
  const macro = "{% macro m(x) %}{{ x }}{% endmacro %}";
  assert.deepEqual(inEach("{{ m(x) }}", nasty, {}, macro), direct(nasty));
  assert.deepEqual(
    inEach("{{ m(x) }}", nasty, { "m.html": macro }, '{% from "m.html" import m %}'),
    direct(nasty),
  );
  assert.deepEqual(
    inEach("{{ m.m(x) }}", nasty, { "m.html": macro }, '{% import "m.html" as m %}'),
    direct(nasty),
  );
});

test("the body of a call is fitted to where the macro has it", () => {
  const macro = "{% macro m() %}{{ caller() }}{% endmacro %}";
  assert.deepEqual(inEach("{% call m() %}{{ x }}{% endcall %}", nasty, {}, macro), direct(nasty));
});

test("a block that a page fills is fitted to the place in the layout", () => {
  for (const [place, [open, close]] of Object.entries(places)) {
    const loader = new MemoryLoader({
      "layout.html": `${open}{% block b %}{% endblock %}${close}`,
      "page.html": '{% extends "layout.html" %}{% block b %}{{ x }}{% endblock %}',
      "dynamic.html": "{% extends layout %}{% block b %}{{ x }}{% endblock %}",
    });
    const views = new Environment({ loader });
    const expected = direct(nasty)[place];
    assert.equal(String(views.render("page.html", { x: nasty })), expected, place);
    assert.equal(String(views.render("dynamic.html", { x: nasty, layout: "layout.html" })), expected, place);
  }
});

test("one macro in all places of one page", () => {
  const pieces = Object.values(places).map(([open, close]) => `${open}{{ m(x) }}${close}`);
  const template = new Template(`{% macro m(x) %}{{ x }}{% endmacro %}${pieces.join("")}`);
  assert.equal(String(template.render({ x: nasty })), Object.values(direct(nasty)).join(""));
});

test("captured text and macros as values are text, and escaped elsewhere than in text", () => {
  const source = '{% set v %}<b>{{ x }}</b>{% endset %}{{ v }}<p title="{{ v }}"></p>';
  assert.equal(
    String(new Template(source).render({ x: "&" })),
    '<b>&amp;</b><p title="&lt;b&gt;&amp;amp;&lt;/b&gt;"></p>',
  );
});

test("what does not fit a place is refused there, with the line of the macro", () => {
  const template = new Template("{% macro m(x) %}\n<b>{{ x }}</b>{% endmacro %}<p title={{ m(1) }}></p>", {
    name: "t.html",
  });
  assert.throws(() => template.render(), { code: "LMP_TEMPLATE_CONTEXT_UNSAFE", template: "t.html" });
});

test("the nonce is put where a unit is a script's or style's start tag", () => {
  const source =
    "{% macro m() %}<script>a()</script>{% endmacro %}{{ m() }}<style>p{}</style>{% block b %}<script>b()</script>{% endblock %}";
  const html = new Template(source).render();
  const nonced = '<script nonce="N">a()</script><style nonce="N">p{}</style><script nonce="N">b()</script>';
  assert.equal(String(html.withNonce("N")), nonced);
  assert.equal(String(html), nonced.replaceAll(' nonce="N"', ""));
});

test("nonces pass through captured text, includes and imports", async () => {
  const loader = new MemoryLoader({
    "s.html": "<script>s()</script>",
    "m.html": "{% macro m() %}<script>m()</script>{% endmacro %}",
  });
  const source =
    '{% from "m.html" import m %}{% set v %}{% include "s.html" %}{% endset %}{{ v }}{{ m() }}{% set w = m() %}{{ w }}{% filter trim %} {{ m() }} {% endfilter %}';
  const template = new Environment({ loader }).fromString(source);
  const expected = ["s", "m", "m", "m"].map((name) => `<script nonce="N">${name}()</script>`).join("");
  assert.equal(String(template.render().withNonce("N")), expected);
  assert.equal(String((await template.renderAsync()).withNonce("N")), expected);
  assert.equal(await template.renderStream().withNonce("N").text(), expected);
});

test("a value that spells a script has no nonce", () => {
  const html = new Template("{{ x }}{{ y | safe }}").render({ x: "<script>", y: "<script></script>" });
  assert.equal(String(html.withNonce("N")), "&lt;script&gt;<script></script>");
});
