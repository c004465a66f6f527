/** `renderBlock`: one block of a page, with the names that the page and its layouts set around it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Environment, MemoryLoader, Template } from "limpid/template";

const views = new Environment({
  strict: true,
  loader: new MemoryLoader({
    "m.html": "{% macro m(x) %}({{ x }}){% endmacro %}{% set version = 2 %}",
    "layout.html":
      '{% set brand = "B" %}{% from "m.html" import m %}<title>{{ title.text }}</title>{% block body %}{{ m(brand) }}{% endblock %}{% include "nav.html" %}',
    "nav.html": "{{ user.name }}",
    "page.html":
      '{% extends "layout.html" %}{% import "m.html" as k %}{% set greeting %}<b>{{ brand | default("-") }}</b>{% endset %}{% block body %}{{ greeting }}{{ k.m(1) }}{{ super() }}{{ brand }}{% block inner %}{{ rows | join }}{% endblock %}{% endblock %}',
    "deep.html": '{% extends "page.html" %}{% block inner %}[{{ super() }}]{% endblock %}',
  }),
});

function block(name: string, one: string, data = {}): string {
  return String(views.renderBlock(name, one, data));
}

test("a block of a template alone", () => {
  const template = new Template("a{% block b %}{{ x }}{% endblock %}c");
  assert.equal(String(template.renderBlock("b", { x: "<" })), "&lt;");
  assert.deepEqual(template.blocks, ["b"]);
});

test("it sees what the page and its layout set and import", () => {
  assert.equal(block("layout.html", "body"), "(B)");
  assert.equal(block("page.html", "body", { rows: [1, 2] }), "<b>-</b>(1)(B)B12");
  assert.equal(block("page.html", "inner", { rows: [1, 2] }), "12");
  assert.equal(block("deep.html", "inner", { rows: [1] }), "[1]");
  assert.equal(block("deep.html", "body", { rows: [1] }), "<b>-</b>(1)(B)B[1]");
});

test("nothing else is computed: what only the whole page needs may be absent", () => {
  let calls = 0;
  const f = (): number => ++calls;
  const template = new Template(
    "{{ f() }}{% if x.y %}{{ f() }}{% endif %}{% for i in f() %}{% endfor %}{% call f() %}{% endcall %}{% filter upper %}{{ f() }}{% endfilter %}{% include none %}{% block b %}b{% endblock %}",
  );
  assert.equal(String(template.renderBlock("b", { f })), "b");
  assert.equal(calls, 0);
});

test("names are set under conditions, in loops through a namespace, and by `do`", () => {
  const template = new Template(
    "{% set n = namespace(sum=0) %}{% set l = [] %}{% for i in [1, 2] %}{% set n.sum = n.sum + i %}{{ i }}{% endfor %}{% do l.append(3) %}{% if on %}{% set x = 'on' %}{{ 1 }}{% else %}{% set x = 'off' %}{% endif %}{% autoescape false %}{% set n.y = 'y' %}{% endautoescape %}{% with %}{% do l.append(4) %}{% endwith %}{% block b %}{{ n.sum }}{{ l }}{{ x }}{{ n.y }}{% endblock %}",
  );
  assert.equal(String(template.renderBlock("b", { on: true })), "3[3,4]ony");
  assert.equal(String(template.renderBlock("b", { on: false })), "3[3,4]offy");
});

test("a layout may be named by a variable or under a condition", () => {
  const loader = new MemoryLoader({ "l.html": "{% set v = 'L' %}{% block b %}{{ v }}{% endblock %}" });
  const environment = new Environment({ loader });
  assert.equal(String(environment.fromString("{% extends l %}").renderBlock("b", { l: "l.html" })), "L");
  const page = environment.fromString(
    "{% if l %}{% extends l %}{% endif %}{% block b %}mine {{ v }}{% endblock %}",
  );
  assert.equal(String(page.renderBlock("b", { l: "l.html" })), "mine L");
  assert.equal(String(page.renderBlock("b", {})), "mine ");
});

test("captured text with an include is whole", () => {
  const environment = new Environment({ loader: new MemoryLoader({ "i.html": "i" }) });
  const template = environment.fromString(
    '{% set v %}{% include "i.html" %}{% endset %}{% block b %}{{ v }}{% endblock %}',
  );
  assert.equal(String(template.renderBlock("b")), "i");
});

test("it is escaped for the place where the layout has it", () => {
  const loader = new MemoryLoader({
    "l.html": "<script>let x = {% block json %}null{% endblock %};</script>",
    "p.html": '{% extends "l.html" %}{% block json %}{{ x }}{% endblock %}',
  });
  assert.match(
    String(new Environment({ loader }).renderBlock("p.html", "json", { x: "</script>" })),
    /^"\\u003[cC]/,
  );
});

test("its scripts have places for the nonce", () => {
  const html = new Template("{% block b %}<script>x()</script>{% endblock %}").renderBlock("b");
  assert.equal(String(html.withNonce("N")), '<script nonce="N">x()</script>');
});

test("a block that is not there, or required, is refused", () => {
  assert.throws(() => block("page.html", "nope"), { code: "LMP_TEMPLATE_BLOCK_UNKNOWN" });
  assert.throws(() => new Template("{% block r required %}{% endblock %}").renderBlock("r"), {
    code: "LMP_TEMPLATE_BLOCK_REQUIRED",
  });
  assert.throws(() => block("none.html", "body"), { code: "LMP_TEMPLATE_NOT_FOUND" });
});

test("errors name their line", () => {
  const template = new Template("{% set v = x.y %}{% block b %}{% endblock %}", { name: "t.html" });
  assert.throws(() => template.renderBlock("b"), {
    code: "LMP_TEMPLATE_UNDEFINED",
    template: "t.html",
    line: 1,
    column: 14,
  });
});
