/** Names and attributes that are not there: errors in strict mode, nothing otherwise. */
import { test } from "node:test";
import { prints, refuses } from "./same-everywhere.ts";

const strict = { strict: true };

test("without strict mode an undefined name is nothing", async () => {
  await prints("[]", "[{{ x }}{{ o.y }}{% for i in x %}{% endfor %}{% if x %}{% endif %}]", { o: {} });
  await refuses("LMP_TEMPLATE_UNDEFINED", /`x` is not defined, so it has no `y`/, "{{ x.y }}");
  await refuses("LMP_TEMPLATE_UNDEFINED", /`o.y` is not defined, so it has no `z`/, "{{ o.y.z }}", { o: {} });
  await refuses("LMP_TEMPLATE_VALUE_INVALID", /`o` is null, so it has no `y`/, "{{ o.y }}", { o: null });
});

test("strict mode refuses names that nobody gave", async () => {
  for (const source of [
    "{{ x }}",
    "{% if x %}{% endif %}",
    "{% for i in x %}{% endfor %}",
    "{{ x | upper }}",
    "{{ x ~ 1 }}",
    "{% set y = x %}",
    "{{ [x] }}",
    "{{ x == 1 }}",
    "{{ not x }}",
    "{{ 1 if x else 2 }}",
    "{{ x or 1 }}",
    "{{ x() }}",
    "{{ x[0] }}",
    "{% include x %}",
    "{% do x %}",
  ])
    await refuses("LMP_TEMPLATE_UNDEFINED", /`x` is not defined/, source, {}, strict);
});

test("strict mode refuses attributes that are not there", async () => {
  await refuses("LMP_TEMPLATE_UNDEFINED", /`o` has no `y`/, "{{ o.y }}", { o: {} }, strict);
  await refuses("LMP_TEMPLATE_UNDEFINED", /`o.p` has no `y`/, "{{ o.p.y }}", { o: { p: {} } }, strict);
  await refuses("LMP_TEMPLATE_UNDEFINED", /`o` has no `y`/, "{{ o.y | upper }}", { o: {} }, strict);
  await refuses("LMP_TEMPLATE_UNDEFINED", /`s` has no `y`/, "{{ s.y }}", { s: "text" }, strict);
});

test("what is given as undefined is no slip", async () => {
  await prints("[]", "[{{ x }}{{ o.y }}]", { x: undefined, o: { y: undefined } }, strict);
  await prints("[]", "[{{ x }}{{ o.y }}]", { x: null, o: { y: null } }, strict);
});

test("strict mode lets a template ask", async () => {
  await prints("false true", "{{ x is defined }} {{ x is undefined }}", {}, strict);
  await prints("false", "{{ o.y is defined }}", { o: {} }, strict);
  await prints("false", "{{ x.y.z is defined }}", {}, strict);
  await prints("false", "{{ x['y'] is defined }}", {}, strict);
  await prints("no", "{% if o.y %}yes{% else %}no{% endif %}", { o: {} }, strict);
  await prints("no", "{% if x is defined and x %}yes{% else %}no{% endif %}", {}, strict);
  await prints("true", "{{ not o.y }}", { o: {} }, strict);
});

test("`default` gives another value", async () => {
  await prints(
    "d d d d",
    "{{ x | default('d') }} {{ x.y | default('d') }} {{ o.y | d('d') }} {{ x['y'].z | default('d') }}",
    { o: {} },
    strict,
  );
  await prints("|d", "{{ x | default('d') }}|{{ x | default('d', true) }}", { x: "" }, strict);
  await prints("", "{{ x | default }}", {}, strict);
});

test("names of loops, macros and `set` are defined", async () => {
  await prints("1", "{% for i in [1] %}{{ i }}{% endfor %}", {}, strict);
  await prints("", "{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}", {}, strict);
  await prints("1", "{% if true %}{% set x = 1 %}{% endif %}{{ x }}", {}, strict);
});

test("the likely slip is named", async () => {
  await refuses("LMP_TEMPLATE_UNDEFINED", /`usr`/, "{{ usr }}", { user: 1 }, strict);
});

test("where a condition is false, nothing is asked of its branch", async () => {
  await prints("", "{% if false %}{{ x.y.z }}{% endif %}{{ x.y if false }}", {}, strict);
});
