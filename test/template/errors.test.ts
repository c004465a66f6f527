/** Errors while a template runs: their code, their place and the line they show. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Environment, MemoryLoader, Template, TemplateError } from "limpid/template";
import { refusal } from "./language/same-everywhere.ts";

const templates = {
  "base.html": "{% block a %}{% endblock %}",
  "required.html": "{% block r required %}{% endblock %}",
};
const data = {
  n: 1,
  s: "s",
  o: {},
  l: [1],
  nothing: null,
  f: () => 1,
  fail: (): never => {
    throw new RangeError("fail");
  },
};

/** An error for each statement, and the column where it stands: the code behind `LMP_TEMPLATE_`. */
const table: readonly (readonly [source: string, code: string, column: number])[] = [
  ["{{ x.y }}", "UNDEFINED", 6],
  ["{{ o.x.y }}", "UNDEFINED", 8],
  ["{{ nothing.y }}", "VALUE_INVALID", 12],
  ["{{ x['y'] }}", "UNDEFINED", 5],
  ["{{ x() }}", "UNDEFINED", 4],
  ["{{ n() }}", "VALUE_INVALID", 4],
  ["{{ o.x() }}", "UNDEFINED", 6],
  ["{{ f }}", "VALUE_INVALID", 4],
  ["{{ n + s }}", "VALUE_INVALID", 6],
  ["{{ n + x }}", "UNDEFINED", 6],
  ["{{ n // 0 }}", "VALUE_INVALID", 6],
  ["{{ n < s }}", "VALUE_INVALID", 6],
  ["{{ n in n }}", "VALUE_INVALID", 6],
  ["{{ l[::0] }}", "VALUE_INVALID", 5],
  ["{{ n | round('x') }}", "ARGUMENT_INVALID", 8],
  ["{{ l | batch }}", "ARGUMENT_INVALID", 8],
  ["{{ n | upper(nope=1) }}", "ARGUMENT_INVALID", 8],
  ["{{ n is divisibleby 0 }}", "VALUE_INVALID", 9],
  ["{{ namespace.x.y }}", "UNDEFINED", 16],
  ["{% if n < s %}{% endif %}", "VALUE_INVALID", 1],
  ["{% for i in n %}{% endfor %}", "VALUE_INVALID", 1],
  ["{% for i, j in [l] %}{% endfor %}", "VALUE_INVALID", 8],
  ["{% for i in l %}{{ loop.cycle() }}{% endfor %}", "ARGUMENT_INVALID", 25],
  ["{% set v = x.y %}", "UNDEFINED", 14],
  ["{% set o.v = 1 %}", "VALUE_INVALID", 8],
  ["{% with v = x.y %}{% endwith %}", "UNDEFINED", 15],
  ["{% do x.y %}", "UNDEFINED", 1],
  ["{% include 'none.html' %}", "NOT_FOUND", 1],
  ["{% include n %}", "VALUE_INVALID", 1],
  ["{% import 'none.html' as m %}", "NOT_FOUND", 1],
  ["{% from 'none.html' import m %}", "NOT_FOUND", 1],
  ["{{ self.none() }}", "BLOCK_UNKNOWN", 9],
  ["{% macro m() %}{% endmacro %}{{ m(1) }}", "ARGUMENT_INVALID", 33],
  ["{% macro m() %}{% endmacro %}{% call m() %}{% endcall %}", "ARGUMENT_INVALID", 38],
  ["{% filter round %}a{% endfilter %}", "VALUE_INVALID", 1],
  ["{% if x is defined %}{% else %}{{ n | nope }}{% endif %}", "FILTER_UNKNOWN", 39],
  ["{% if x is defined %}{% else %}{{ n is nope }}{% endif %}", "TEST_UNKNOWN", 40],
];

test("each names its code, line and column, and shows the line", async () => {
  for (const [source, code, column] of table) {
    const error = await refusal(`first\n{# second #}\n${source}`, data, { templates });
    const { template, line } = error;
    assert.deepEqual(
      { source, code: error.code, template, line, column: error.column },
      { source, code: `LMP_TEMPLATE_${code}`, template: "template", line: 3, column },
    );
    const caret = " ".repeat(column - 1);
    assert.equal(error.excerpt, `  1 | first\n  2 | {# second #}\n> 3 | ${source}\n    | ${caret}^`);
    assert.ok(error.message.startsWith(`template:3:${column}: ${error.sentence}`), error.message);
    assert.ok(error.stack?.includes(error.sentence));
  }
});

test("errors of layouts name the page or the layout, wherever it is wrong", async () => {
  const inside = await refusal(
    '{% extends "base.html" %}\n{% block a %}{{ x.y }}{% endblock %}',
    {},
    { templates },
  );
  assert.deepEqual([inside.template, inside.line, inside.column], ["template", 2, 19]);
  const layout = await refusal('\n{% extends "l.html" %}', {}, { templates: { "l.html": "\n\n{{ x.y }}" } });
  assert.deepEqual([layout.template, layout.line, layout.column], ["l.html", 3, 6]);
  const required = await refusal('{% extends "required.html" %}', {}, { templates });
  assert.deepEqual([required.code, required.template], ["LMP_TEMPLATE_BLOCK_REQUIRED", "required.html"]);
});

test("filters and tests that nobody knows are refused before anything runs", () => {
  assert.throws(() => new Template("{{ x | uper }}"), {
    code: "LMP_TEMPLATE_FILTER_UNKNOWN",
    line: 1,
    fix: "Did you mean `upper`?",
  });
  assert.throws(() => new Template("{{ x is evn }}"), {
    code: "LMP_TEMPLATE_TEST_UNKNOWN",
    line: 1,
    fix: "Did you mean `even`?",
  });
});

const views = new Environment({
  loader: new MemoryLoader({
    "page.html":
      '{% extends "layout.html" %}\n{% from "m.html" import m %}\n{% block b %}\n  {% include "part.html" %}\n{% endblock %}',
    "layout.html": "<p>\n{% block b %}{% endblock %}</p>",
    "part.html": '{% import "m.html" as k %}{% set x %}\n{{ k.m(fail) }}{% endset %}',
    "m.html": "{% macro m(f) %}\n\n  {{ f() }}{% endmacro %}",
  }),
});

/** The places in templates that a stack goes through, innermost first. */
function placesIn(error: Error): string[] {
  return [...(error.stack ?? "").matchAll(/\b([a-z]+\.html:\d+:\d+)/g)].map(([, place]) => place ?? "");
}

test("what a function throws is thrown as it is, its stack through the lines of the templates", () => {
  const thrown = new RangeError("fail", { cause: "why" });
  const fail = (): never => {
    Error.captureStackTrace(thrown);
    throw thrown;
  };
  assert.throws(
    () => views.render("page.html", { fail }),
    (error: Error) => {
      assert.equal(error, thrown);
      assert.equal(error.cause, "why");
      assert.equal(error.message, "fail");
      assert.deepEqual(
        placesIn(error),
        ["m.html:3:6", "part.html:2:6", "page.html:4:3", "layout.html:2:1", "page.html:1:1"].slice(
          0,
          placesIn(error).length,
        ),
      );
      assert.ok(placesIn(error).length >= 4);
      return true;
    },
  );
});

test("with waiting, too", async () => {
  const fail = async (): Promise<never> => {
    await Promise.resolve();
    throw new RangeError("fail");
  };
  const error = await views.renderAsync("page.html", { fail }).catch((caught: unknown) => caught);
  assert.ok(error instanceof RangeError);
  assert.deepEqual(placesIn(error).slice(0, 3), ["m.html:3:6", "part.html:2:6", "page.html:4:3"]);
});

test("what filters, tests, getters and methods throw keeps its class and names the line", () => {
  class Broken extends Error {}
  const fail = (): never => {
    throw new Broken("broken");
  };
  const environment = new Environment({ filters: { fail }, tests: { fail } });
  const getter = {
    get fail(): never {
      return fail();
    },
  };
  for (const source of [
    "{{ 1 | fail }}",
    "{{ 1 is fail }}",
    "{{ getter.fail }}",
    "{{ object.fail() }}",
    "{% for x in [1] %}{{ x | fail }}{% endfor %}",
    "{% set x = 1 | fail %}",
    "{% if 1 is fail %}{% endif %}",
  ]) {
    const template = environment.fromString(`\n${source}`, "t.html");
    assert.throws(
      () => template.render({ getter, object: { fail } }),
      (error: Error) => {
        assert.ok(error instanceof Broken, source);
        assert.match(error.stack ?? "", /t\.html:2:\d+/, source);
        return true;
      },
    );
  }
});

test("what is thrown and is no error is thrown as it is", () => {
  const template = new Template("{{ f() }}");
  assert.throws(
    () =>
      template.render({
        f: () => {
          throw "text";
        },
      }),
    (thrown) => thrown === "text",
  );
});

test("an error that was located once keeps its place", () => {
  const inner = new Template("{{ x.y }}", { name: "inner.html" });
  const outer = new Template("\n\n{{ f() }}", { name: "outer.html" });
  assert.throws(
    () => outer.render({ f: () => inner.render() }),
    (error: unknown) => {
      assert.ok(error instanceof TemplateError);
      assert.deepEqual([error.template, error.line], ["inner.html", 1]);
      assert.match(error.stack ?? "", /outer\.html:3:4/);
      return true;
    },
  );
});
