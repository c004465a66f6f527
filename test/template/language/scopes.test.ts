/** Which name is seen where: `set` in every kind of body, and what of it is seen outside. */
import { test } from "node:test";
import { prints } from "./same-everywhere.ts";

test("a name that is set hides the one that was passed in", async () => {
  await prints("1 2", "{{ x }} {% set x = 2 %}{{ x }}", { x: 1 });
  await prints("3", "{% set x = x + 1 %}{% set x = x + 1 %}{{ x }}", { x: 1 });
  await prints("", "{{ x }}{% set x = 2 %}");
});

test("`if` has no scope of its own", async () => {
  await prints("2", "{% if true %}{% set x = 2 %}{% endif %}{{ x }}", { x: 1 });
  await prints("1", "{% if false %}{% set x = 2 %}{% endif %}{{ x }}", { x: 1 });
  await prints("3", "{% if false %}{% set x = 2 %}{% else %}{% set x = 3 %}{% endif %}{{ x }}");
});

test("`for` has a scope of its own in every round", async () => {
  await prints("2 1", "{% set x = 1 %}{% for i in [1] %}{% set x = 2 %}{{ x }}{% endfor %} {{ x }}");
  await prints("1,1,", "{% set x = 0 %}{% for i in [1, 2] %}{% set x = x + 1 %}{{ x }},{% endfor %}");
  await prints("7", "{% for i in [1] %}{% endfor %}{{ i }}", { i: 7 });
  await prints("10,20,", "{% for i in [1, 2] %}{% set i = i * 10 %}{{ i }},{% endfor %}");
  await prints("2", "{% for i in [1] %}{% if true %}{% set x = 2 %}{% endif %}{{ x }}{% endfor %}{{ x }}");
});

test("`with` has a scope of its own, and its values are those outside", async () => {
  await prints("2 1", "{% set x = 1 %}{% with x = 2 %}{{ x }}{% endwith %} {{ x }}");
  await prints("2 1", "{% set x = 1 %}{% with %}{% set x = 2 %}{{ x }}{% endwith %} {{ x }}");
  await prints("1", "{% set a = 1 %}{% with a = 2, b = a %}{{ b }}{% endwith %}");
  await prints("12", "{% with a, b = [1, 2] %}{{ a }}{{ b }}{% endwith %}");
  await prints("3", "{% with a = 1 %}{% set a = 3 %}{{ a }}{% endwith %}{{ a }}");
});

test("`filter`, `set` and `call` blocks have scopes of their own", async () => {
  await prints("IN[]", '{% filter upper %}{% set x = "in" %}{{ x }}{% endfilter %}[{{ x }}]');
  await prints("[in][]", '{% set y %}{% set x = "in" %}{{ x }}{% endset %}[{{ y }}][{{ x }}]');
  const m = "{% macro m() %}{{ caller() }}{% endmacro %}";
  await prints("2 1", `${m}{% set x = 1 %}{% call m() %}{% set x = 2 %}{{ x }}{% endcall %} {{ x }}`);
});

test("`autoescape` has a scope of its own", async () => {
  await prints("2 ", "{% autoescape true %}{% set x = 2 %}{{ x }}{% endautoescape %} {{ x }}");
});

test("a macro sees the names around it as they are when it is called", async () => {
  await prints(
    "1 2",
    "{% set x = 1 %}{% macro m() %}{{ x }}{% endmacro %}{{ m() }} {% set x = 2 %}{{ m() }}",
  );
  await prints("92", "{% set x = 2 %}{% macro m() %}{% set x = 9 %}{{ x }}{% endmacro %}{{ m() }}{{ x }}");
  await prints("5", "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(5) }}", { x: 1 });
  await prints("12", "{% for i in [1, 2] %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}");
});

test("a block sees the names of the top level, and keeps its own", async () => {
  await prints("1 2 1", "{% set x = 1 %}{% block b %}{{ x }} {% set x = 2 %}{{ x }}{% endblock %} {{ x }}");
  await prints("", "{% for i in [1] %}{% block b %}{{ i }}{% endblock %}{% endfor %}");
  await prints("12", "{% for i in [1, 2] %}{% block b scoped %}{{ i }}{% endblock %}{% endfor %}");
  await prints("3", "{% with x = 3 %}{% block b scoped %}{{ x }}{% endblock %}{% endwith %}");
  await prints("1", "{% set x = 1 %}{% with x = 3 %}{% block b %}{{ x }}{% endblock %}{% endwith %}");
});

test("a block that fills a scoped one sees what that one does", async () => {
  const templates = {
    "layout.html": "{% for i in [1, 2] %}{% block item scoped %}{{ i }}{% endblock %}{% endfor %}",
  };
  await prints(
    "[1][2]",
    '{% extends "layout.html" %}{% block item %}[{{ i }}]{% endblock %}',
    {},
    { templates },
  );
});

test("an include sees all names of where it stands, and keeps its own", async () => {
  const templates = { "part.html": "{{ x }}{{ i }}{% set x = 9 %}{{ x }}" };
  await prints(
    "2191",
    '{% set x = 1 %}{% for i in [1] %}{% set x = 2 %}{% include "part.html" %}{% endfor %}{{ x }}',
    {},
    { templates },
  );
});

test("names of the layout are seen by the blocks of the page", async () => {
  const templates = { "layout.html": '{% set brand = "B" %}|{% block b %}{% endblock %}|' };
  await prints("|B|", '{% extends "layout.html" %}{% block b %}{{ brand }}{% endblock %}', {}, { templates });
});

test("names of the page are seen by the layout", async () => {
  const templates = { "layout.html": '{{ title | default("none") }}{% block b %}{{ title }}{% endblock %}' };
  await prints("TT", '{% extends "layout.html" %}{% set title = "T" %}', {}, { templates });
  await prints(
    "none",
    '{% extends "layout.html" %}{% for i in [1] %}{% set title = "T" %}{% endfor %}',
    {},
    { templates },
  );
});

test("a namespace carries values out of every scope", async () => {
  await prints(
    "3",
    "{% set ns = namespace(n=0) %}{% for i in [1, 2] %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}",
  );
  await prints(
    "x",
    "{% set ns = namespace() %}{% macro m() %}{% set ns.a %}x{% endset %}{% endmacro %}{{ m() }}{{ ns.a }}",
  );
});

test("globals are behind everything else", async () => {
  const globals = { site: "S" };
  await prints("S", "{{ site }}", {}, { globals });
  await prints("P", "{{ site }}", { site: "P" }, { globals });
  await prints("", "{{ site }}", { site: undefined }, { globals });
  await prints("SX", '{{ site }}{% set site = "X" %}{{ site }}', {}, { globals });
});

test("names are seen through own properties alone", async () => {
  await prints("", "{{ toString }}{{ constructor }}{{ __proto__ }}{{ hasOwnProperty }}");
  await prints("", "{{ inherited }}", Object.create({ inherited: "seen" }));
});
