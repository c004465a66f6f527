/** `autoescape`: by context, for element text as Jinja does, not at all, or as the name of a template says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Environment, MemoryLoader, Template } from "limpid/template";

const page = `<a href="{{ url }}" title='{{ text }}'>{{ text }}</a><script>let x = {{ text }};</script>`;
const data = { url: "javascript:alert(1)", text: `"'<` };

function render(autoescape: "context" | "html" | false): string {
  return String(new Template(page, { autoescape }).render(data));
}

test("by context, each value fits its place", () => {
  const text = render("context");
  assert.doesNotMatch(text, /javascript:/);
  assert.match(text, /title='&#34;&#39;&lt;'>&#34;&#39;&lt;<\/a>/);
  assert.match(text, /let x = "\\"'\\u003[cC]";/);
  assert.equal(String(new Template(page).render(data)), text);
});

test("for element text, all values are escaped alike", () => {
  assert.equal(
    render("html"),
    `<a href="javascript:alert(1)" title='&#34;&#39;&lt;'>&#34;&#39;&lt;</a><script>let x = &#34;&#39;&lt;;</script>`,
  );
});

test("not at all, values are as they are", () => {
  assert.equal(
    render(false),
    `<a href="javascript:alert(1)" title='"'<'>"'<</a><script>let x = "'<;</script>`,
  );
});

test("places that cannot be safe are refused by context alone", () => {
  const unsafe = "<{{ x }}>";
  assert.throws(() => new Template(unsafe), { code: "LMP_TEMPLATE_CONTEXT_UNSAFE", line: 1, column: 2 });
  assert.equal(String(new Template(unsafe, { autoescape: "html" }).render({ x: "b" })), "<b>");
  assert.equal(String(new Template(unsafe, { autoescape: false }).render({ x: "b" })), "<b>");
});

test("the name of a template may decide", () => {
  const templates = { "a.html": "{{ x }}", "a.txt": "{{ x }}", "a.xml": "{{ x }}" };
  const loader = new MemoryLoader(templates);
  const views = new Environment({ loader, autoescape: (name) => (name.endsWith(".xml") ? "html" : false) });
  const texts = Object.keys(templates).map((name) => String(views.render(name, { x: "<" })));
  assert.deepEqual(texts, ["<", "<", "&lt;"]);
  assert.deepEqual(
    ["a.xml", "b.html"].map((name) => views.autoescape(name)),
    ["html", false],
  );
});

test("text files are not escaped unless told so", () => {
  const views = new Environment({ loader: new MemoryLoader({ "a.txt": "{{ x }}", "a.html": "{{ x }}" }) });
  assert.equal(String(views.render("a.txt", { x: "<" })), "<");
  assert.equal(String(views.render("a.html", { x: "<" })), "&lt;");
  assert.equal(String(new Template("{{ x }}", { name: "mail.txt" }).render({ x: "<" })), "<");
});

test("joining escapes where escaping is on", () => {
  for (const [autoescape, text] of [
    ["context", "<b>&lt;"],
    ["html", "<b>&lt;"],
    [false, "<b><"],
  ] as const)
    assert.equal(
      String(new Template("{{ (b | safe) ~ x }}", { autoescape }).render({ b: "<b>", x: "<" })),
      text,
    );
});

test("captured text and macros are escaped once in every mode", () => {
  const source = "{% macro m(x) %}<b>{{ x }}</b>{% endmacro %}{% set v %}{{ m(x) }}{% endset %}{{ v }}";
  for (const [autoescape, text] of [
    ["context", "<b>&lt;</b>"],
    ["html", "<b>&lt;</b>"],
    [false, "<b><</b>"],
  ] as const)
    assert.equal(String(new Template(source, { autoescape }).render({ x: "<" })), text);
});
