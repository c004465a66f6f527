/** `Template`: one template alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Html, HtmlStream } from "limpid/message";
import { Template } from "limpid/template";

test("a template is made from text and rendered as often as wanted", async () => {
  const template = new Template("Hello, {{ name }}!");
  assert.ok(template.render({ name: "Ada" }) instanceof Html);
  assert.ok(template.renderStream({ name: "Ada" }) instanceof HtmlStream);
  assert.equal(String(template.render({ name: "Ada" })), "Hello, Ada!");
  assert.equal(String(template.render({ name: "<b>" })), "Hello, &lt;b&gt;!");
  assert.equal(String(await template.renderAsync({ name: "Bob" })), "Hello, Bob!");
  assert.equal(String(template.render()), "Hello, !");
});

test("renderings at the same time do not meet", async () => {
  const template = new Template("{% set n = x %}{{ slow }}{{ n }}");
  const one = template.renderAsync({ x: 1, slow: new Promise((resolve) => setImmediate(resolve, "a")) });
  const two = template.renderAsync({ x: 2, slow: Promise.resolve("b") });
  assert.deepEqual((await Promise.all([one, two])).map(String), ["a1", "b2"]);
});

test("it has a name and blocks", () => {
  const template = new Template("{% block a %}{% block b %}{% endblock %}{% endblock %}", { name: "t.html" });
  assert.equal(template.name, "t.html");
  assert.deepEqual(template.blocks, ["a", "b"]);
  assert.equal(new Template("").name, "template");
});

test("what is wrong with its text is thrown when it is made", () => {
  const wrong: Record<string, string> = {
    "{% if %}": "LMP_TEMPLATE_SYNTAX",
    "<{{ x }}>": "LMP_TEMPLATE_CONTEXT_UNSAFE",
    "{{ x | uper }}": "LMP_TEMPLATE_FILTER_UNKNOWN",
    "{{ x is evn }}": "LMP_TEMPLATE_TEST_UNKNOWN",
  };
  for (const [source, code] of Object.entries(wrong))
    assert.throws(
      () => new Template(`\n${source}`, { name: "t.html" }),
      { code, template: "t.html", line: 2 },
      source,
    );
});

test("it takes the options of an environment", () => {
  assert.equal(
    String(new Template("{{ x | twice }}", { filters: { twice: (x) => Number(x) * 2 } }).render({ x: 2 })),
    "4",
  );
  assert.throws(() => new Template("{{ x }}", { strict: true }).render(), { code: "LMP_TEMPLATE_UNDEFINED" });
  assert.throws(() => new Template("", { nmae: "x" } as object), {
    code: "LMP_TEMPLATE_OPTION_INVALID",
    found: "nmae",
  });
});

test("what it is rendered with is not changed", () => {
  const data = Object.freeze({ x: 1, o: Object.freeze({ a: 1 }) });
  assert.equal(
    String(
      new Template("{% set x = 2 %}{% set o = 3 %}{% for x in [4] %}{% endfor %}{{ x }}{{ o }}").render(data),
    ),
    "23",
  );
  assert.deepEqual(data, { x: 1, o: { a: 1 } });
});

test("one template stands inside another, as markup", () => {
  const inner = new Template("<b>{{ x }}</b><script>s()</script>").render({ x: "<" });
  const html = new Template("{{ inner }}").render({ inner });
  assert.equal(String(html.withNonce("N")), '<b>&lt;</b><script nonce="N">s()</script>');
});
