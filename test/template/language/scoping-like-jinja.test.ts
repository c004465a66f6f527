/** Names and calls that nest as in Jinja, found by rendering random templates with both. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Template } from "limpid/template";
import { prints, refuses } from "./same-everywhere.ts";

test("what `autoescape` binds ends with it", async () => {
  await prints("21", "{% set x = 1 %}{% autoescape true %}{% set x = 2 %}{{ x }}{% endautoescape %}{{ x }}");
  await prints(
    "3",
    "{% set n = namespace() %}{% autoescape a %}{% set n.x = 3 %}{% endautoescape %}{{ n.x }}",
  );
  await refuses(
    "LMP_TEMPLATE_UNDEFINED",
    /`f` is called/,
    "{% autoescape true %}{% macro f() %}{% endmacro %}{% endautoescape %}{{ f() }}",
  );
});

test("a default stands in for an argument that is left out, and not for one that is undefined", async () => {
  const macro = "{% macro m(x, y=2) %}[{{ x }}{{ y }}]{% endmacro %}";
  await prints("[12]", `${macro}{{ m(1) }}`);
  await prints("[1]", `${macro}{{ m(1, missing) }}`);
  await prints("[1]", `${macro}{{ m(y=missing, x=1) }}`);
  await prints("[2]", `${macro}{{ m() }}`);
});

test("behind `extends` loops and filters run without text", async () => {
  const templates = { "layout.html": "layout", "page.html": "" };
  const extending = '{% extends "layout.html" %}';
  await prints(
    "layout",
    `${extending}{% filter upper %}{{ missing.x }}{{ 1 }}{% endfilter %}`,
    {},
    { templates },
  );
  await prints(
    "layout",
    `${extending}{% for x in [1] recursive %}{{ x }}{{ loop([]) }}{% endfor %}`,
    {},
    { templates },
  );
});

test("`break` in the `else` of a recursive loop does not reach the loop around it", async () => {
  const inner = "{% for y in [] recursive %}{% else %}{% break %}{% endfor %}";
  await refuses("LMP_TEMPLATE_SYNTAX", /outside of a loop/, `{% for x in [1] %}${inner}{% endfor %}`);
  await prints(
    "1",
    "{% for x in [1, 2] %}{{ x }}{% for y in [] %}{% else %}{% break %}{% endfor %}{% endfor %}",
  );
});

test("a block that fills a required one may call `super`", async () => {
  const templates = { "layout.html": "[{% block b required %} {% endblock %}]" };
  await prints(
    "[ x]",
    '{% extends "layout.html" %}{% block b %}{{ super() }}x{% endblock %}',
    {},
    { templates },
  );
});

test("a recursion that waits comes to an end", async () => {
  const texts = [
    "{% macro f() %}{% for x in [1] %}{{ f() }}{% endfor %}{% endmacro %}{{ f() }}",
    "{% block b %}{% for x in [1] %}{{ self.b() }}{% endfor %}{% endblock %}",
    "{% for x in [1] recursive %}{{ wait }}{{ loop([1]) }}{% endfor %}",
  ];
  for (const text of texts) {
    const wait = Promise.resolve(1);
    await assert.rejects(new Template(text).renderAsync({ wait }), { code: "LMP_TEMPLATE_DEPTH" }, text);
  }
});
