/**
 * class: safe-string laundering. Markup comes from literals marked `safe`, from `safe` and from `escape`; whatever the
 * language does with text and markup, text that was not marked is escaped wherever it ends.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Html } from "limpid/message";
import { Environment, Template, TemplateError } from "limpid/template";
import { ExpressionTrees } from "./expression-trees.ts";

/** Values of an attacker, of which no `<` may come out as one. */
const evil = "<evil x='\"&>%s{}";
const data = {
  evil,
  list: [evil, "a", evil],
  dict: { key: evil, [evil]: "b" },
  rows: [
    { name: evil, n: 2 },
    { name: "b", n: 1 },
  ],
  // What an application holds to be markup, which was not made of the values above.
  markup: new Html("<i>m</i>"),
};

/** What the names `a` to `d` are, so that one shape of a template is several expressions. */
const leaves: readonly (readonly unknown[])[] = [
  [evil, new Html("<i>%s</i>"), "e", [evil, new Html("<u>"), evil]],
  [new Html("<b>{}%s e"), evil, data.list, ""],
  [data.dict, new Map([[evil, evil]]), new Html(""), evil],
  [`%s${evil}`, 3, new Set([evil]), [[evil, evil], [new Html("<p>")]]],
];
const values = leaves.map(([a, b, c, d]) => ({ ...data, a, b, c, d }));

/** An `<evil` where a browser would read a tag. */
const escaped = /<\/?evil/i;

const views = new Environment({ autoescape: "context", strict: false });

/** Templates that are compiled at once, as the blocks of one. */
const TOGETHER = 20;

/** What each template gives with each of the values, where it gives something. Only errors of templates are right. */
function outcomes(sources: readonly string[]): { source: string; text: string }[] {
  const blocks = sources.map((source, index) => `{% block b${index} %}${source}{% endblock %}`);
  let template: Template;
  try {
    template = views.fromString(blocks.join("\n"));
  } catch (error) {
    assert.ok(error instanceof TemplateError, String(error));
    return sources.length === 1 ? [] : sources.flatMap((source) => outcomes([source]));
  }
  return sources.flatMap((source, index) =>
    values.flatMap((some) => {
      try {
        return [{ source, text: String(template.renderBlock(`b${index}`, some)) }];
      } catch (error) {
        assert.ok(error instanceof TemplateError, `${source}: ${error}`);
        return [];
      }
    }),
  );
}

/** How many random templates gave something, and those of them that gave an `<evil`. */
function tried(trees: ExpressionTrees, count: number): { rendered: number; found: string[] } {
  const found: string[] = [];
  let rendered = 0;
  for (let done = 0; done < count; done += TOGETHER * values.length) {
    const sources = Array.from({ length: TOGETHER }, () => trees.template());
    for (const { source, text } of outcomes(sources)) {
      rendered++;
      if (escaped.test(text)) found.push(source);
    }
  }
  return { rendered, found };
}

test("100,000 random expressions never make markup of text", () => {
  const { rendered, found } = tried(new ExpressionTrees(5), 100_000);
  assert.deepEqual(found.slice(0, 5), []);
  assert.ok(rendered > 40_000, `${rendered} of 100,000 gave something`);
});

test("the same expressions make markup where `safe` is among them", () => {
  const { found } = tried(new ExpressionTrees(7, ["safe"]), 5000);
  assert.ok(found.length > 50, `${found.length} of 5,000`);
});

test("what `safe` and `escape` give is markup once, and what is made of it is escaped for text", () => {
  for (const [source, expected] of [
    ["{{ '<b>' | safe }}{{ v }}", "<b>&lt;"],
    ["{{ v | e | e }}", "&lt;"],
    ["{{ v | e | upper | title }}{{ v | upper }}", "&lt;&lt;"],
    ["{{ v | e | forceescape }}", "&amp;lt;"],
    ["{{ ('<b>' | safe) ~ v }}", "<b>&lt;"],
    ["{{ v ~ ('<b>' | safe) ~ v }}", "&lt;<b>&lt;"],
    ["{{ ('<b>' | safe) + v }}", "<b>&lt;"],
    ["{{ v + ('<b>' | safe) }}", "&lt;<b>"],
    ["{{ ('<b>%s' | safe) % v }}", "<b>&lt;"],
    ["{{ '<b>%s' | safe | format(v) }}", "<b>&lt;"],
    ["{{ [v, '<b>' | safe] | join }}", "&lt;<b>"],
    ["{{ ['a', 'b'] | join(v) }}", "a&lt;b"],
    ["{{ ['<b>' | safe, 'b'] | join(v) }}", "<b>&lt;b"],
    ["{{ 'axa' | safe | replace('x', v) }}", "a&lt;a"],
    ["{{ 'axa' | replace('x', '<b>' | safe) }}", "a<b>a"],
    ["{{ v | replace('x', '<b>' | safe) }}", "&lt;"],
    ["{{ '<b>' | safe | upper }}", "<b>"],
    ["{{ '<b>' | safe | string | upper }}", "&lt;B&gt;"],
    ["{{ '&lt;b&gt;' | safe | striptags }}", "&lt;b&gt;"],
    ["{{ ('<b>' | safe)[0:1] ~ 'b' }}", "&lt;b"],
    ["{{ ('<b>' | safe) | first }}", "&lt;"],
    ["{{ ('<b>' | safe) | list | join }}", "&lt;b&gt;"],
    ["{{ {'a': '<b>' | safe}.a }}{{ [v][0] }}", "<b>&lt;"],
    ["{{ v if v else ('x' | safe) }}", "&lt;"],
    ["{{ none | default(v) }}{{ nothing | default(v, true) }}", "&lt;"],
    ["{% set x = v %}{{ x }}{% set y %}{{ v }}{% endset %}{{ y }}{{ y ~ v }}", "&lt;&lt;&lt;&lt;"],
    ["{% macro m(a) %}{{ a }}{% endmacro %}{{ m(v) }}{{ m(v) ~ v }}{{ m(m(v)) }}", "&lt;&lt;&lt;&lt;"],
    ["{{ m | default('') }}{% filter trim %}{{ v }}{% endfilter %}", "&lt;"],
    [
      `{% set n = namespace() %}{% autoescape false %}{% set n.x %}{{ v }}{% endset %}{% endautoescape %}{{ n.x }}`,
      "&lt;",
    ],
    [
      `{% set n = namespace() %}{% autoescape false %}{% macro m() %}{{ v }}{% endmacro %}{% set n.m = m %}{% endautoescape %}{{ n.m() }}{{ n.m() ~ "" }}`,
      "&lt;&lt;",
    ],
  ] as const) {
    assert.equal(String(new Template(source).render({ v: "<" })), expected, source);
  }
});

test("only markup of this framework is markup", () => {
  for (const value of [
    { markup: "<evil>", toString: () => "<evil>" },
    { __html__: () => "<evil>", toString: () => "<evil>" },
    { toHTML: () => "<evil>", toString: () => "<evil>" },
    { val: "<evil>", length: 6, toString: () => "<evil>" },
    JSON.parse('{"markup": "<evil>", "hasNoncePlaces": true}'),
    new (class SafeString extends String {})("<evil>"),
    ["<evil>"],
    new Set(["<evil>"]),
    new Map([["<evil>", "<evil>"]]),
    new Error("<evil>"),
    Object("<evil>"),
  ]) {
    for (const source of [
      "{{ v }}",
      "{{ v ~ '' }}",
      "{{ [v] | join }}",
      "<p title='{{ v }}'>",
      "{{ v | e }}",
    ]) {
      try {
        assert.doesNotMatch(String(new Template(source).render({ v: value })), escaped, source);
      } catch (error) {
        assert.ok(error instanceof TemplateError, `${source}: ${error}`);
      }
    }
  }
});
