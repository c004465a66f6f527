/** `filter`, `set` with a body, `autoescape`, `raw`, `do` and `with`. */
import { test } from "node:test";
import { prints, refuses } from "./same-everywhere.ts";

test("`set` binds values, several at once, and captured text", async () => {
  await prints("1 2", "{% set a = 1 %}{% set b = 2 %}{{ a }} {{ b }}");
  await prints("1 2", "{% set a, b = 1, 2 %}{{ a }} {{ b }}");
  await prints("[1,2]", "{% set a = 1, 2 %}{{ a }}");
  await prints("<b>&lt;</b>", "{% set v %}<b>{{ x }}</b>{% endset %}{{ v }}", { x: "<" });
  await prints("TEXT", "{% set v | upper %}text{% endset %}{{ v }}");
  await prints("X-Y", '{% set v | upper | replace(" ", "-") %}x y{% endset %}{{ v }}');
  await refuses("LMP_TEMPLATE_VALUE_INVALID", /parts/, "{% set a, b = [1] %}");
});

test("captured text is markup where values were escaped, and text where not", async () => {
  await prints("true", "{% set v %}{% endset %}{{ v is escaped }}");
  await prints("false", "{% set v %}{% endset %}{{ v is escaped }}", {}, { autoescape: false });
});

test("only a namespace has attributes that can be set", async () => {
  await refuses("LMP_TEMPLATE_VALUE_INVALID", /`o.a` cannot be set/, "{% set o.a = 1 %}", { o: {} });
  await refuses("LMP_TEMPLATE_VALUE_INVALID", /`o.a` cannot be set/, "{% set o.a = 1 %}");
  await prints("1 2", "{% set n = namespace(a=1) %}{% set n.b = 2 %}{{ n.a }} {{ n.b }}");
  await prints("12", "{% set n = namespace() %}{% set n.a, n.b = 1, 2 %}{{ n.a }}{{ n.b }}");
  await prints("<i>", "{% set n = namespace() %}{% set n.a %}<i>{% endset %}{{ n.a }}");
});

test("`filter` passes its text through filters", async () => {
  await prints("ABC", "{% filter upper %}a{{ x }}c{% endfilter %}", { x: "b" });
  await prints("A-B", '{% filter upper | replace(" ", "-") %}a b{% endfilter %}');
  await prints("&lt;Y", "{% filter upper | safe %}{{ x }}y{% endfilter %}", { x: "<" });
  await prints("A1B", "{% filter upper %}a{% for i in [1] %}{{ i }}{% endfor %}b{% endfilter %}");
});

test("`autoescape` turns escaping off and on", async () => {
  await prints("&lt;<&lt;", "{{ x }}{% autoescape false %}{{ x }}{% endautoescape %}{{ x }}", { x: "<" });
  await prints(
    "<&lt;<",
    "{{ x }}{% autoescape true %}{{ x }}{% endautoescape %}{{ x }}",
    { x: "<" },
    { autoescape: false },
  );
  await prints(
    "<&lt;",
    "{% autoescape false %}{{ x }}{% autoescape true %}{{ x }}{% endautoescape %}{% endautoescape %}",
    { x: "<" },
  );
});

test("`autoescape` may ask a variable", async () => {
  const source =
    "{% autoescape on %}{{ x }}{{ x ~ y }}{% set v %}<i>{% endset %}{{ v }}{{ x | replace('a', '') }}{% endautoescape %}";
  await prints("&lt;&lt;&gt;<i>&lt;", source, { on: true, x: "<", y: ">" });
  await prints("<<><i><", source, { on: false, x: "<", y: ">" });
});

test("a macro escapes as the place where it is written", async () => {
  const m = "{% macro m(x) %}{{ x }}{% endmacro %}";
  await prints("&lt;", `${m}{% autoescape false %}{{ m("<") }}{% endautoescape %}`);
  await prints("<", `{% autoescape false %}${m}{{ m("<") }}{% endautoescape %}`);
});

test("`raw` is written as it stands", async () => {
  await prints("{{ x }}{% if %}{# c #}", "{% raw %}{{ x }}{% if %}{# c #}{% endraw %}");
});

test("`do` computes and writes nothing", async () => {
  await prints("[1,2]", "{% set l = [1] %}{% do l.append(2) %}{{ l }}");
  await prints("", "{% do {'a': 1} %}{% do 1 if true else 2 %}");
});

test("comments are left out", async () => {
  await prints("ab", "a{# {{ x }} {% if %} #}b");
});
