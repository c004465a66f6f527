/** Macros and `call`: arguments, defaults, `varargs`, `kwargs`, `caller`, and what is refused. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Template } from "limpid/template";
import { prints, refuses } from "./same-everywhere.ts";

test("arguments are given by place, by name, or spread", async () => {
  const m = "{% macro m(a, b) %}{{ a }}-{{ b }}{% endmacro %}";
  await prints("1-2", `${m}{{ m(1, 2) }}`);
  await prints("1-2", `${m}{{ m(b=2, a=1) }}`);
  await prints("1-2", `${m}{{ m(1, b=2) }}`);
  await prints("1-2", `${m}{{ m(*[1, 2]) }}`);
  await prints("1-2", `${m}{{ m(**{"a": 1, "b": 2}) }}`);
  await prints("1-", `${m}{{ m(1) }}`);
});

test("a default is computed for each call, and sees the parameters before it", async () => {
  const m = "{% macro m(a, b=a + 1, c=x) %}{{ a }}{{ b }}{{ c }}{% endmacro %}";
  await prints("129", `${m}{{ m(1) }}`, { x: 9 });
  await prints("159", `${m}{{ m(1, 5) }}`, { x: 9 });
  await prints("127", `${m}{{ m(1, c=7) }}`, { x: 9 });
  await prints("[1][1]", "{% macro m(l=[]) %}{% do l.append(1) %}{{ l }}{% endmacro %}{{ m() }}{{ m() }}");
});

test("null and undefined are arguments; only what is left out has its default", async () => {
  await prints("||d", '{% macro m(a="d") %}{{ a }}{% endmacro %}{{ m(none) }}|{{ m(missing) }}|{{ m() }}');
});

test("`varargs` and `kwargs` take what no parameter does", async () => {
  await prints(
    '1[2,3]{"k": 4}',
    "{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs | tojson }}{% endmacro %}{{ m(1, 2, 3, k=4) }}",
    {},
    { autoescape: false },
  );
  await prints("[][]", "{% macro m() %}{{ varargs }}{{ kwargs | list }}{% endmacro %}{{ m() }}");
  await prints("v", '{% macro m(varargs) %}{{ varargs }}{% endmacro %}{{ m("v") }}');
});

test("a macro calls others and itself", async () => {
  await prints(
    "321",
    "{% macro m(n) %}{{ n }}{% if n > 1 %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(3) }}",
  );
  await prints(
    "[(x)]",
    '{% macro a(x) %}({{ x }}){% endmacro %}{% macro b(x) %}[{{ a(x) }}]{% endmacro %}{{ b("x") }}',
  );
  await prints(
    "(1)",
    "{% macro outer(x) %}{% macro inner() %}({{ x }}){% endmacro %}{{ inner() }}{% endmacro %}{{ outer(1) }}",
  );
  await prints("2", "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}2{% endmacro %}{{ a() }}");
});

test("what a macro gives is markup: escaped once", async () => {
  const m = "{% macro m(x) %}<b>{{ x }}</b>{% endmacro %}";
  await prints("<b>&lt;</b>", `${m}{{ m("<") }}`);
  await prints("<b>&lt;</b>!", `${m}{{ m("<") ~ "!" }}`);
  await prints("<b>&lt;</b>", `${m}{% set v = m("<") %}{{ v }}`);
  await prints("<b><</b>", `${m}{{ m("<") }}`, {}, { autoescape: false });
});

test("a macro is a value like any other", async () => {
  await prints("1", "{% macro m(x) %}{{ x }}{% endmacro %}{% set o = {'f': m} %}{{ o.f(1) }}");
  await prints(
    "1",
    "{% macro m(x) %}{{ x }}{% endmacro %}{% macro apply(f) %}{{ f(1) }}{% endmacro %}{{ apply(m) }}",
  );
  await prints(
    "yesyes",
    '{% macro m() %}{% endmacro %}{{ "yes" if m is defined }}{{ "yes" if m is callable }}',
  );
});

test("`call` hands its body to the macro as `caller`", async () => {
  const box = "{% macro box(title) %}[{{ title }}:{{ caller() }}]{% endmacro %}";
  await prints("[t:body]", `${box}{% call box("t") %}body{% endcall %}`);
  await prints("[t:1]", `${box}{% call box(title="t") %}{{ x }}{% endcall %}`, { x: 1 });
  await prints("[a:[b:c]]", `${box}{% call box("a") %}{% call box("b") %}c{% endcall %}{% endcall %}`);
});

test("`caller` takes arguments", async () => {
  const list = "{% macro list(xs) %}{% for x in xs %}{{ caller(x, loop.index) }}{% endfor %}{% endmacro %}";
  await prints("a1,b2,", `${list}{% call(x, n) list(["a", "b"]) %}{{ x }}{{ n }},{% endcall %}`);
  await prints("a-,b-,", `${list}{% call(x, n, sep="-") list(["a", "b"]) %}{{ x }}{{ sep }},{% endcall %}`);
});

test("a macro may be called with `call` and without", async () => {
  const m = "{% macro m() %}{{ caller() if caller else 'alone' }}{% endmacro %}";
  await prints("alone|body", `${m}{{ m() }}|{% call m() %}body{% endcall %}`);
  await prints(
    "default",
    "{% macro m(caller=none) %}{{ caller() if caller else 'default' }}{% endmacro %}{{ m() }}",
  );
  await prints(
    "body",
    "{% macro m(caller=none) %}{{ caller() if caller else 'default' }}{% endmacro %}{% call m() %}body{% endcall %}",
  );
});

test("`call` calls functions that are no macros, too", async () => {
  const wrap = ({ caller }: { caller(): unknown }): unknown => {
    const body = caller();
    return body instanceof Promise ? body.then((text) => `(${text})`) : `(${body})`;
  };
  await prints("(body)", "{% call wrap() %}body{% endcall %}", { wrap });
});

test("arguments that the macro does not take are refused", async () => {
  const code = "LMP_TEMPLATE_ARGUMENT_INVALID";
  const m = "{% macro m(a) %}{{ a }}{% endmacro %}";
  await refuses(code, /`m` cannot take/, `${m}{{ m(1, 2) }}`);
  await refuses(code, /`m` cannot take/, `${m}{{ m(1, a=2) }}`);
  await refuses(code, /`m` cannot take/, `${m}{{ m(z=2) }}`);
  await refuses(code, /`m` cannot take/, `${m}{% call m(1) %}{% endcall %}`);
  await refuses(code, /given twice/, `${m}{{ m(a=1, **{"a": 2}) }}`);
});

test("a recursion without end is an error of the template", () => {
  const template = new Template("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}");
  assert.throws(() => template.render(), { code: "LMP_TEMPLATE_DEPTH", line: 1, column: 19 });
});

test("a deep recursion is none", async () => {
  const source = "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{% else %}end{% endif %}{% endmacro %}{{ m(200) }}";
  await prints("end", source);
});

test("what is no macro cannot be called", async () => {
  await refuses("LMP_TEMPLATE_UNDEFINED", /`nothing`/, "{{ nothing() }}");
  await refuses("LMP_TEMPLATE_VALUE_INVALID", /`x` is not a function/, "{{ x() }}", { x: 1 });
  await refuses("LMP_TEMPLATE_VALUE_INVALID", /`x` is not a function/, "{% call x() %}{% endcall %}", {
    x: 1,
  });
});
