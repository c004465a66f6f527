/** `extends`, `block`, `super()` and `self`. */
import { test } from "node:test";
import { Template } from "limpid/template";
import { prints, refuses } from "./same-everywhere.ts";

const templates = {
  "layout.html": "[{% block a %}A{% endblock %}|{% block b %}B{% endblock %}]",
  "section.html": '{% extends "layout.html" %}{% block a %}S({{ super() }}){% endblock %}',
  "other.html": "other {% block a %}{% endblock %}",
  "required.html": "{% block r required %}{% endblock %}",
  "parts/layout.html": "parts {% block a %}{% endblock %}",
  "parts/page.html": '{% extends "./layout.html" %}{% block a %}p{% endblock %}',
};
const around = { templates };

test("a page fills the blocks of its layout and writes nothing else", async () => {
  await prints(
    "[mine|B]",
    '{% extends "layout.html" %}out{% block a %}mine{% endblock %}{{ 1 }}',
    {},
    around,
  );
  await prints("before[A|B]", 'before{% extends "layout.html" %}', {}, around);
});

test("`super` goes up through every template", async () => {
  await prints(
    "[P(S(A))|B]",
    '{% extends "section.html" %}{% block a %}P({{ super() }}){% endblock %}',
    {},
    around,
  );
  await prints(
    "[S(A)|P(B)(B)]",
    '{% extends "section.html" %}{% block b %}P({{ super() }})({{ super() }}){% endblock %}',
    {},
    around,
  );
  await prints(
    "[s(a)|B]",
    '{% extends "section.html" %}{% block a %}{{ super() | lower }}{% endblock %}',
    {},
    around,
  );
});

test("`super` is that of the block in macros, calls and captured text too", async () => {
  const page = (body: string): string => `{% extends "layout.html" %}{% block a %}${body}{% endblock %}`;
  await prints("[(A)|B]", page("{% set x %}{{ super() }}{% endset %}({{ x }})"), {}, around);
  await prints("[(A)|B]", page("{% set x = super() %}({{ x }})"), {}, around);
  await prints("[(A)|B]", page("{% macro m() %}({{ super() }}){% endmacro %}{{ m() }}"), {}, around);
  await prints(
    "[(A)|B]",
    page("{% macro m() %}({{ caller() }}){% endmacro %}{% call m() %}{{ super() }}{% endcall %}"),
    {},
    around,
  );
  await prints("[a|B]", page("{% filter lower %}{{ super() }}{% endfilter %}"), {}, around);
  await prints("[AA|B]", page("{% for i in [1, 2] %}{{ super() }}{% endfor %}"), {}, around);
});

test("`super` needs a block above", async () => {
  const code = "LMP_TEMPLATE_BLOCK_UNKNOWN";
  await refuses(code, /no block `a` above/, "{% block a %}{{ super() }}{% endblock %}");
  await refuses(
    code,
    /no block `c` above/,
    '{% extends "layout.html" %}{% block a %}{% block c %}{{ super() }}{% endblock %}{% endblock %}',
    {},
    around,
  );
});

test("a layout is named by a variable, a list or a template itself", async () => {
  const page = "{% extends layout %}{% block a %}x{% endblock %}";
  await prints("[x|B]", page, { layout: "layout.html" }, around);
  await prints("other x", page, { layout: ["missing.html", "other.html"] }, around);
  await prints("T x", page, { layout: new Template("T {% block a %}{% endblock %}") }, around);
  await prints(
    "[x|B]",
    '{% extends "layout.html" if full else "other.html" %}{% block a %}x{% endblock %}',
    { full: true },
    around,
  );
  await refuses("LMP_TEMPLATE_VALUE_INVALID", /not the name of a template/, page, { layout: 7 }, around);
  await refuses("LMP_TEMPLATE_VALUE_INVALID", /not the name of a template/, page, {}, around);
  await refuses("LMP_TEMPLATE_NOT_FOUND", /None of these/, page, { layout: ["x.html", "y.html"] }, around);
  await refuses(
    "LMP_TEMPLATE_NOT_FOUND",
    /no template `missing.html`/,
    page,
    { layout: "missing.html" },
    around,
  );
});

test("a page may extend under a condition", async () => {
  const page =
    "{% if layout %}{% extends layout %}{% endif %}text {{ user.name }}{% block a %}mine{% endblock %}";
  await prints("[mine|B]", page, { layout: "layout.html" }, around);
  await prints("text Admine", page, { user: { name: "Ad" } }, around);
  const include = '{% if layout %}{% extends layout %}{% endif %}{% include "missing.html" %}';
  await prints("[A|B]", include, { layout: "layout.html" }, around);
  const call = "{% if layout %}{% extends layout %}{% endif %}{% call missing() %}{% endcall %}";
  await prints("[A|B]", call, { layout: "layout.html" }, around);
  const both =
    '{% if full %}{% extends "layout.html" %}{% else %}{% extends "other.html" %}{% endif %}{% block a %}x{% endblock %}';
  await prints("[x|B]", both, { full: true }, around);
  await prints("other x", both, { full: false }, around);
});

test("names relative to the template that extends", async () => {
  await prints("parts p", '{% extends "parts/page.html" %}', {}, around);
  await refuses("LMP_TEMPLATE_NOT_FOUND", /leads out/, '{% extends "../layout.html" %}', {}, around);
});

test("blocks stand inside blocks", async () => {
  const nested = {
    templates: { "n.html": "|{% block outer %}({% block inner %}i{% endblock %}){% endblock %}|" },
  };
  await prints("|(x)|", '{% extends "n.html" %}{% block inner %}x{% endblock %}', {}, nested);
  await prints("|x|", '{% extends "n.html" %}{% block outer %}x{% endblock %}', {}, nested);
  await prints(
    "|[(x)]|",
    '{% extends "n.html" %}{% block outer %}[{{ super() }}]{% endblock %}{% block inner %}x{% endblock %}',
    {},
    nested,
  );
});

test("a block of the page that the layout does not have is not written", async () => {
  await prints("[A|B]", '{% extends "layout.html" %}{% block unknown %}x{% endblock %}', {}, around);
});

test("`self` gives a block again", async () => {
  await prints("t and t", "{% block title %}t{% endblock %} and {{ self.title() }}");
  await prints(
    "[x|B]x",
    '{% extends "l.html" %}{% block a %}x{% endblock %}',
    {},
    { templates: { "l.html": `${templates["layout.html"]}{{ self.a() }}` } },
  );
  await refuses("LMP_TEMPLATE_BLOCK_UNKNOWN", /no block `nope`/, "{{ self.nope() }}");
});

test("a required block must be filled", async () => {
  await prints("r", '{% extends "required.html" %}{% block r %}r{% endblock %}', {}, around);
  await refuses(
    "LMP_TEMPLATE_BLOCK_REQUIRED",
    /`r` is required/,
    '{% extends "required.html" %}',
    {},
    around,
  );
  await prints("", '{% extends "required.html" %}{% block r %}{{ super() }}{% endblock %}', {}, around);
});

test("a template that extends itself comes to an end", async () => {
  const circle = { templates: { "a.html": '{% extends "b.html" %}', "b.html": '{% extends "a.html" %}' } };
  await refuses("LMP_TEMPLATE_DEPTH", /50 deep/, '{% extends "a.html" %}', {}, circle);
});

test("blocks of an included template are its own", async () => {
  await prints("mine [A|B]", '{% block a %}mine{% endblock %} {% include "layout.html" %}', {}, around);
});
