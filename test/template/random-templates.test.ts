/** Random templates: in element text the two ways to escape agree, and nothing but errors of templates is thrown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type AutoescapeMode, Template, TemplateError } from "limpid/template";

const name = fc.constantFrom("a", "b", "c", "list", "object", "html", "missing");

const { expression } = fc.letrec<{ expression: string; operand: string }>((tie) => ({
  operand: fc.oneof(
    { weight: 4, arbitrary: name },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        "1",
        "-2",
        "'<i>'",
        '"&"',
        "none",
        "true",
        "[]",
        "[1, a]",
        "{'k': b}",
        "1.5",
      ),
    },
    { weight: 1, arbitrary: tie("expression").map((inner) => `(${inner})`) },
  ),
  expression: fc.oneof(
    { depthSize: "small" },
    tie("operand"),
    fc
      .tuple(
        tie("operand"),
        fc.constantFrom("+", "-", "*", "~", "==", "<", "and", "or", "in", "%", "//"),
        tie("operand"),
      )
      .map((parts) => parts.join(" ")),
    fc
      .tuple(
        tie("operand"),
        fc.constantFrom(
          "upper",
          "length",
          "join('<')",
          "default(a)",
          "escape",
          "safe",
          "first",
          "list",
          "replace('<', '>')",
          "trim",
        ),
      )
      .map(([value, filter]) => `${value} | ${filter}`),
    fc
      .tuple(tie("operand"), fc.constantFrom("defined", "none", "string", "odd", "mapping"))
      .map(([value, one]) => `${value} is ${one}`),
    fc
      .tuple(tie("operand"), tie("operand"), tie("operand"))
      .map(([then, when, other]) => `${then} if ${when} else ${other}`),
    fc
      .tuple(
        name,
        fc.constantFrom(".k", "[0]", "[-1]", "[:1]", "['k']", ".upper()", "()", ".constructor", ".__proto__"),
      )
      .map((parts) => parts.join("")),
  ),
}));

const { template } = fc.letrec<{ template: string; node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("text", " ", "\n", "<p>x</p>", "&amp;", "<br>", "{# c #}", "{% raw %}{{{% endraw %}"),
    expression.map((value) => `{{ ${value} }}`),
    fc
      .tuple(expression, tie("template"), tie("template"))
      .map(([test, then, other]) => `{% if ${test} %}${then}{% else %}${other}{% endif %}`),
    fc
      .tuple(name, expression, tie("template"))
      .map(
        ([item, items, body]) =>
          `{% for ${item} in ${items} %}${body}{{ loop.index }}{% else %}none{% endfor %}`,
      ),
    fc.tuple(name, expression).map(([target, value]) => `{% set ${target} = ${value} %}`),
    fc
      .tuple(name, tie("template"))
      .map(([target, body]) => `{% set ${target} %}${body}{% endset %}{{ ${target} }}`),
    fc
      .tuple(expression, tie("template"))
      .map(([value, body]) => `{% with a = ${value} %}${body}{% endwith %}`),
    fc
      .tuple(fc.constantFrom("upper", "trim", "safe"), tie("template"))
      .map(([filter, body]) => `{% filter ${filter} %}${body}{% endfilter %}`),
    fc
      .tuple(tie("template"), expression)
      .map(([body, value]) => `{% macro m(a, b=a) %}${body}{% endmacro %}{{ m(${value}) }}`),
    fc
      .tuple(fc.boolean(), tie("template"))
      .map(([on, body]) => `{% autoescape ${on} %}${body}{% endautoescape %}`),
  ),
  template: fc
    .array(tie("node"), { maxLength: 4, depthIdentifier: "template" })
    .map((nodes) => nodes.join("")),
}));

const data = (): Record<string, unknown> => ({
  a: "<b>\"'&",
  b: 3,
  c: "",
  list: ["<x>", 2, null],
  object: { k: "<v>", __proto__: null },
  html: "<i>ok</i>",
});

type Outcome = { readonly text: string } | { readonly code: string; readonly place: string };

/** What a rendering gives: its text, or the code and place of its error. Any other error fails the test. */
async function outcome(render: () => unknown): Promise<Outcome> {
  try {
    return { text: String(await render()) };
  } catch (error) {
    assert.ok(error instanceof TemplateError, String(error));
    return { code: error.code, place: `${error.template}:${error.line}:${error.column}` };
  }
}

function rendered(source: string, autoescape: AutoescapeMode, strict: boolean): Promise<Outcome> {
  return outcome(() => new Template(source, { autoescape, strict }).render(data()));
}

test("in element text both ways to escape give the same", async () => {
  await fc.assert(
    fc.asyncProperty(template, fc.boolean(), async (source, strict) => {
      assert.deepEqual(await rendered(source, "context", strict), await rendered(source, "html", strict));
    }),
    { numRuns: 400 },
  );
});

test("with waiting and as a stream a template gives the same", async () => {
  await fc.assert(
    fc.asyncProperty(template, async (source) => {
      const at = await rendered(source, "context", false);
      assert.deepEqual(await outcome(() => new Template(source).renderAsync(data())), at);
      assert.deepEqual(await outcome(() => new Template(source).renderStream(data()).text()), at);
    }),
    { numRuns: 200 },
  );
});

test("what is not marked as safe adds no tag of its own", async () => {
  const unsafe = template.filter((source) => !/safe|autoescape false/.test(source));
  await fc.assert(
    fc.asyncProperty(unsafe, async (source) => {
      const result = await rendered(source, "context", false);
      const text = "text" in result ? result.text : "";
      assert.doesNotMatch(text.toLowerCase().replaceAll(/<\/?p>|<br>/g, ""), /[<>]/, source);
    }),
    { numRuns: 300 },
  );
});
