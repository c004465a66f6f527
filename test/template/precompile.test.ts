/** `precompile`: every template is ready, and what is wrong with one shows before anybody asks for it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Environment, type Loader, MemoryLoader } from "limpid/template";

function precompiled(templates: Record<string, string>): Environment {
  const views = new Environment({ loader: new MemoryLoader(templates) });
  assert.equal(views.precompile(), Object.keys(templates).length);
  return views;
}

test("it compiles all templates, which are then not read again", () => {
  let loads = 0;
  const loader: Loader = {
    load: (name) => {
      loads += 1;
      return { text: `${name} {{ x }}` };
    },
    list: () => ["a", "b"],
  };
  const views = new Environment({ loader, reload: false });
  assert.equal(views.precompile(), 2);
  assert.equal(loads, 2);
  assert.equal(String(views.render("a", { x: 1 })), "a 1");
  assert.equal(loads, 2);
});

test("a loader that cannot tell its templates has none to compile", () => {
  assert.equal(new Environment({ loader: { load: () => undefined } }).precompile(), 0);
  assert.equal(new Environment().precompile(), 0);
});

test("it finds what is wrong anywhere, with its place", () => {
  const wrong = (text: string, code: string): void => {
    const templates = { "a.html": "fine", "wrong.html": text };
    assert.throws(() => precompiled(templates), {
      code: `LMP_TEMPLATE_${code}`,
      template: "wrong.html",
      line: 1,
    });
  };
  wrong("{% if %}", "SYNTAX");
  wrong("{{ x | nope }}", "FILTER_UNKNOWN");
  wrong("{{ x is nope }}", "TEST_UNKNOWN");
  wrong("<{{ x }}>", "CONTEXT_UNSAFE");
});

test("it finds includes, macros and blocks that do not fit their places", () => {
  const refused = (templates: Record<string, string>): void => {
    assert.throws(() => precompiled(templates), { code: "LMP_TEMPLATE_CONTEXT_UNSAFE" });
  };
  refused({ "a.html": '<p title={% include "b.html" %}></p>', "b.html": "<b>{{ x }}</b>" });
  refused({ "a.html": "{% macro m() %}<b>{{ 1 }}</b>{% endmacro %}<script>{{ m() }}</script>" });
  refused({
    "l.html": "<script>{% block b %}{% endblock %}</script>",
    "p.html": '{% extends "l.html" %}{% block b %}</script>{{ x }}{% endblock %}',
  });
});

test("what was checked in a place is fitted to it when it runs", () => {
  const views = precompiled({
    "a.html": '<a title="{% include "z.html" %}">x</a>',
    "b.html":
      '{% from "y.html" import y %}{% import "y.html" as k %}<a title="{{ y(1) }}{{ k.y(v) }}">{% call k.c() %}{{ v }}{% endcall %}</a>',
    "y.html": "{% macro y(x) %}{{ v }}{{ x }}{% endmacro %}{% macro c() %}[{{ caller() }}]{% endmacro %}",
    "z.html": "{{ v }}!{% block q %}{{ v }}{% endblock %}",
  });
  assert.equal(String(views.render("a.html", { v: '"<' })), '<a title="&#34;&lt;!&#34;&lt;">x</a>');
  assert.equal(String(views.render("b.html", { v: '"' })), '<a title="1&#34;">[&#34;]</a>');
});

test("it precompiles templates that are not escaped", () => {
  const views = new Environment({ loader: new MemoryLoader({ "a.txt": "<{{ x }}>" }) });
  assert.equal(views.precompile(), 1);
});
