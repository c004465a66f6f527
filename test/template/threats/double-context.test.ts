/**
 * class: a value where nothing makes it safe. CVE-2023-2142 was one: such places are refused when the template is
 * compiled, at line and column, and parts of a page where they are used.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Environment, MemoryLoader, Template, TemplateError } from "limpid/template";
import * as refused from "./refused-templates.ts";

const MARK = "¦";

/** Where a text is marked, as line and column. */
function placeIn(marked: string): { line: number; column: number } {
  const before = marked.slice(0, marked.indexOf(MARK)).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

function assertRefusedAt(error: unknown, marked: string, name: string): true {
  assert.ok(error instanceof TemplateError, String(error));
  const { code, template, line, column, fix } = error;
  assert.deepEqual(
    { code, template, line, column },
    { code: "LMP_TEMPLATE_CONTEXT_UNSAFE", template: name, ...placeIn(marked) },
    error.message,
  );
  assert.ok(fix, error.message);
  return true;
}

test("there are more than 60 templates", () => {
  assert.ok(Object.values(refused).flat().length > 60);
  for (const marked of Object.values(refused).flat()) assert.equal(marked.split(MARK).length, 2, marked);
});

for (const [kind, templates] of Object.entries(refused)) {
  test(`${kind}: each is refused when it is compiled, where it is wrong`, () => {
    for (const marked of templates) {
      assert.throws(
        () => new Template(marked.replace(MARK, "")),
        (error) => assertRefusedAt(error, marked, "template"),
        marked,
      );
    }
  });
}

test("what is not refused is not refused for its neighbours", () => {
  for (const source of [
    '<a href="/find?a=1&{{ v }}">',
    '<a href="/find?a=1&amp;{{ v }}">',
    '<p title="&{{ v }}">',
    "<p>&{{ v }};</p>",
    "<button onclick=\"go('&amp;{{ v }}')\">",
    "<script>go('&{{ v }}')</script>",
    '<meta name="description" content="{{ v }}">',
    "<p{{ v | xmlattr }}>",
  ]) {
    assert.doesNotThrow(() => new Template(source), source);
  }
});

/** Templates of which `page` is rendered; one of them is marked. */
const parts: readonly Readonly<Record<string, string>>[] = [
  { page: "{% extends 'base' %}{% block b %}<script>¦{% endblock %}", base: "{% block b %}{% endblock %}" },
  {
    page: "{% extends 'base' %}{% block b %}'¦{% endblock %}",
    base: "<p title='{% block b %}{% endblock %}'>",
  },
  {
    page: "{% extends 'base' %}\n{% block b %}x = /¦{{ v }}/{% endblock %}",
    base: "<script>{% block b %}{% endblock %}</script>",
  },
  {
    page: "{% extends 'base' %}{% block b %}\n¦{{ v }}{% endblock %}",
    base: "<style>{% block b %}{% endblock %}</style>",
  },
  {
    page: "{% extends 'base' %}{% block b %}javascript:¦{{ v }}{% endblock %}",
    base: "<a href='{% block b %}{% endblock %}'>",
  },
  {
    page: "{% extends 'base' %}{% block b %}javascript:¦{% endblock %}",
    base: "<a href='{% block b %}{% endblock %}{{ v }}'>",
  },
  {
    page: "{% extends 'base' %}{% block b %}'¦{% endblock %}",
    base: "<script>f('{% block b %}{% endblock %}')</script>",
  },
  { page: "<p title=\"{% include 'part' %}\">", part: 'x"y¦' },
  { page: "<script>{% include 'part' %}</script>", part: "// ¦{{ v }}" },
  { page: "<script>{% include 'part' %}</script>", part: "</script>¦" },
  { page: "<a href='{% include 'part' %}'>x</a>", part: "data:¦{{ v }}" },
  { page: "<!-- {% include 'part' %} -->", part: "-->¦" },
  { page: "<p {% include 'part' %}>x</p>", part: "¦{{ v }}" },
  { page: "<p style='{% include 'part' %}'>x</p>", part: "\n\n  ¦{{ v }}" },
  { page: "<textarea>{% include 'part' %}</textarea>", part: "</textarea>¦" },
  {
    page: "{% from 'macros' import m %}<p title='{{ m(v) }}'>",
    macros: "{% macro m(v) %}'¦{{ v }}{% endmacro %}",
  },
  {
    page: "{% import 'macros' as m %}<script>{{ m.m(v) }}</script>",
    macros: "{% macro m(v) %}/¦{{ v }}/{% endmacro %}",
  },
  { page: "{% macro m() %}<script>¦{% endmacro %}{{ m() }}" },
  { page: "{% macro m(v) %}¦:{{ v }}{% endmacro %}<a href='{{ v }}{{ m(v) }}'>" },
  { page: "{% macro m() %}<p title='{{ caller() }}'>{% endmacro %}{% call m() %}'¦{% endcall %}" },
  { page: "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}<p title='¦{% endcall %}" },
  { page: "{% block b %}</script>¦{% endblock %}<script>{{ self.b() }}</script>" },
];

test("blocks, includes and macros are refused where they are used in a place that they do not fit", () => {
  for (const marked of parts) {
    const templates = Object.fromEntries(
      Object.entries(marked).map(([name, text]) => [name, text.replace(MARK, "")]),
    );
    const [name, text] = Object.entries(marked).find(([, one]) => one.includes(MARK)) ?? ["", ""];
    const views = new Environment({ loader: new MemoryLoader(templates) });
    assert.throws(
      () => views.render("page", { v: "x" }),
      (error) => assertRefusedAt(error, text, name),
      text,
    );
  }
});

test("the same parts are taken where they fit", () => {
  const views = new Environment({
    loader: new MemoryLoader({
      part: "{{ v }}",
      page: "<p title='{% include 'part' %}'>{% include 'part' %}<script>{% include 'part' %}</script>",
    }),
  });
  assert.equal(
    String(views.render("page", { v: "'<" })),
    "<p title='&#39;&lt;'>&#39;&lt;<script>\"'\\u003c\"</script>",
  );
});
