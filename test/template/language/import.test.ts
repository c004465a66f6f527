/** `import` and `from … import`. */
import { test } from "node:test";
import { Template } from "limpid/template";
import { prints, refuses } from "./same-everywhere.ts";

const templates = {
  "m.html":
    "written{% macro hi(x) %}hi {{ x }}{{ site }}{% endmacro %}{% macro _own() %}own{% endmacro %}{% macro by() %}{{ _own() }}{% endmacro %}{% set v = 5 %}",
  "context.html": "{% set seen = x %}{% macro m() %}{{ x }}{% endmacro %}",
  "nested.html": '{% from "m.html" import hi %}{% import "m.html" as m %}',
  "lib/a.html": '{% from "./b.html" import b %}{% macro a() %}({{ b() }}){% endmacro %}',
  "lib/b.html": "{% macro b() %}b{% endmacro %}",
  "circle.html": '{% import "circle.html" as c %}',
};
const around = { templates };

test("an import gives the names of the top level, and writes nothing", async () => {
  await prints("hi 1|5", '{% import "m.html" as m %}{{ m.hi(1) }}|{{ m.v }}', {}, around);
  await prints("hi 1|5", '{% from "m.html" import hi, v %}{{ hi(1) }}|{{ v }}', {}, around);
  await prints("hi 1", '{% from "m.html" import hi as hello %}{{ hello(1) }}', {}, around);
});

test("names that begin with an underscore are private, and seen inside", async () => {
  await prints("own", '{% import "m.html" as m %}{{ m.by() }}', {}, around);
  await prints("[]", '{% import "m.html" as m %}[{{ m._own }}]', {}, around);
});

test("without more it does not see the context; globals it does", async () => {
  await prints("[]", '{% import "context.html" as c %}[{{ c.seen }}{{ c.m() }}]', { x: 1 }, around);
  await prints("[]", '{% import "context.html" as c without context %}[{{ c.seen }}]', { x: 1 }, around);
  await prints(
    "hi 1S",
    '{% import "m.html" as m %}{{ m.hi(1) }}',
    { site: "P" },
    { templates, globals: { site: "S" } },
  );
});

test("with context it sees what stands around it", async () => {
  await prints(
    "[11]",
    '{% import "context.html" as c with context %}[{{ c.seen }}{{ c.m() }}]',
    { x: 1 },
    around,
  );
  await prints(
    "2",
    '{% set x = 2 %}{% from "context.html" import seen with context %}{{ seen }}',
    { x: 1 },
    around,
  );
  await prints(
    "12",
    '{% for x in [1, 2] %}{% from "context.html" import seen with context %}{{ seen }}{% endfor %}',
    {},
    around,
  );
});

test("what is imported can be imported again", async () => {
  await prints("hi 1hi 2", '{% import "nested.html" as n %}{{ n.hi(1) }}{{ n.m.hi(2) }}', {}, around);
});

test("imports at the top level are seen by blocks and includes", async () => {
  await prints("hi 1", '{% import "m.html" as m %}{% block b %}{{ m.hi(1) }}{% endblock %}', {}, around);
  const more = {
    templates: { ...templates, "part.html": "{{ m.hi(1) }}", "layout.html": "{% block b %}{% endblock %}" },
  };
  await prints("hi 1", '{% import "m.html" as m %}{% include "part.html" %}', {}, more);
  await prints(
    "hi 1",
    '{% extends "layout.html" %}{% import "m.html" as m %}{% block b %}{{ m.hi(1) }}{% endblock %}',
    {},
    more,
  );
});

test("an import in a body is seen there alone", async () => {
  await prints(
    "hi 1[]",
    '{% with %}{% import "m.html" as m %}{{ m.hi(1) }}{% endwith %}[{{ m }}]',
    {},
    around,
  );
  await prints(
    "hi 1",
    '{% macro f() %}{% from "m.html" import hi %}{{ hi(1) }}{% endmacro %}{{ f() }}',
    {},
    around,
  );
});

test("a module is named by a variable, a list or a template itself", async () => {
  await prints("5", "{% import name as m %}{{ m.v }}", { name: "m.html" }, around);
  await prints("5", '{% import ["no.html", "m.html"] as m %}{{ m.v }}', {}, around);
  await prints("T", "{% from t import f %}{{ f() }}", { t: new Template("{% macro f() %}T{% endmacro %}") });
});

test("`./` begins at the template that imports", async () => {
  await prints("(b)", '{% from "lib/a.html" import a %}{{ a() }}', {}, around);
});

test("a name that is not there is undefined until it is used", async () => {
  await prints("[]", '{% from "m.html" import nothing %}[{{ nothing }}]', {}, around);
  await prints("none", '{% from "m.html" import nothing %}{{ nothing | default("none") }}', {}, around);
  await refuses(
    "LMP_TEMPLATE_UNDEFINED",
    /`nothing`/,
    '{% from "m.html" import nothing %}{{ nothing() }}',
    {},
    around,
  );
  await refuses("LMP_TEMPLATE_NOT_FOUND", /`no.html`/, '{% import "no.html" as m %}', {}, around);
});

test("a module that imports itself is an error", async () => {
  await refuses("LMP_TEMPLATE_DEPTH", /50 deep/, '{% import "circle.html" as c %}', {}, around);
});
