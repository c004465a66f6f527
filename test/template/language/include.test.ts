/** `include`: names, lists, `ignore missing`, context and relative names. */
import { test } from "node:test";
import { Template } from "limpid/template";
import { prints, refuses } from "./same-everywhere.ts";

const templates = {
  "x.html": "{{ x }}",
  "y.html": "y",
  "set.html": "{% set x = 9 %}",
  "mail/part.html": '{% include "./footer.html" %}{% include "../y.html" %}',
  "mail/footer.html": "f",
  "loops.html": '{% include "loops.html" %}',
};
const around = { templates };

test("it sees the context, unless it is told not to", async () => {
  await prints("1", '{% include "x.html" %}', { x: 1 }, around);
  await prints("1", '{% include "x.html" with context %}', { x: 1 }, around);
  await prints("[]", '[{% include "x.html" without context %}]', { x: 1 }, around);
  await prints("G", '{% include "x.html" without context %}', { x: 1 }, { templates, globals: { x: "G" } });
});

test("what it sets stays inside", async () => {
  await prints("1", '{% include "set.html" %}{{ x }}', { x: 1 }, around);
});

test("it is named by a variable, an expression or a template itself", async () => {
  await prints("y", "{% include name %}", { name: "y.html" }, around);
  await prints("y", '{% include "y" ~ ".html" %}', {}, around);
  await prints("own 1", "{% include part %}", { x: 1, part: new Template("own {{ x }}") }, around);
  await prints(
    "yf",
    "{% for name in names %}{% include name %}{% endfor %}",
    { names: ["y.html", "mail/footer.html"] },
    around,
  );
});

test("of a list the first that is there is taken", async () => {
  await prints("y", '{% include ["no.html", "y.html", "x.html"] %}', {}, around);
  await prints("y", "{% include names %}", { names: ["no.html", "y.html"] }, around);
  await refuses(
    "LMP_TEMPLATE_NOT_FOUND",
    /None of these/,
    '{% include ["no.html", "not.html"] %}',
    {},
    around,
  );
  await refuses("LMP_TEMPLATE_NOT_FOUND", /None of these/, "{% include [] %}", {}, around);
});

test("`ignore missing` writes nothing where there is none", async () => {
  await prints("[]", '[{% include "no.html" ignore missing %}]', {}, around);
  await prints("[]", '[{% include ["no.html", "not.html"] ignore missing %}]', {}, around);
  await prints("1", '{% include "x.html" ignore missing with context %}', { x: 1 }, around);
  await prints("[]", '[{% include "x.html" ignore missing without context %}]', { x: 1 }, around);
  await refuses("LMP_TEMPLATE_NOT_FOUND", /no template `no.html`/, '{% include "no.html" %}', {}, around);
});

test("`ignore missing` does not hide what is missing inside", async () => {
  const inside = { templates: { "a.html": '{% include "no.html" %}' } };
  await refuses("LMP_TEMPLATE_NOT_FOUND", /`no.html`/, '{% include "a.html" ignore missing %}', {}, inside);
});

test("`./` and `../` begin at the template that includes", async () => {
  await prints("fy", '{% include "mail/part.html" %}', {}, around);
  await refuses("LMP_TEMPLATE_NOT_FOUND", /leads out/, '{% include "../y.html" %}', {}, around);
});

test("what is no name is refused", async () => {
  await refuses("LMP_TEMPLATE_VALUE_INVALID", /not the name/, "{% include name %}", { name: 7 }, around);
  await refuses("LMP_TEMPLATE_VALUE_INVALID", /not the name/, "{% include name %}", {}, around);
});

test("an include without end is an error", async () => {
  await refuses("LMP_TEMPLATE_DEPTH", /50 deep/, '{% include "loops.html" %}', {}, around);
});

test("includes in macros, calls and captured text", async () => {
  await prints("(1)", '{% macro m(x) %}({% include "x.html" %}){% endmacro %}{{ m(1) }}', {}, around);
  await prints("(1)", '{% set v %}{% include "x.html" %}{% endset %}({{ v }})', { x: 1 }, around);
  await prints("Y", '{% filter upper %}{% include "y.html" %}{% endfilter %}', {}, around);
});
