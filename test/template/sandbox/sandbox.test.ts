/** The sandbox as applications use it: rendering, checking, its options, and what its errors say. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryLoader, Sandbox, TemplateError } from "limpid/template";

test("templates of the loader and texts are rendered as markup", () => {
  const sandbox = new Sandbox({
    loader: new MemoryLoader({ "a.html": "<p>{{ name }}</p>", "b.txt": "{{ name }}" }),
  });
  assert.equal(String(sandbox.render("a.html", { name: "<b>" })), "<p>&lt;b&gt;</p>");
  assert.equal(String(sandbox.render("b.txt", { name: "<b>" })), "<b>");
  assert.equal(String(sandbox.renderString('{% include "a.html" %}', { name: "x" })), "<p>x</p>");
  assert.throws(() => sandbox.render("c.html", {}), { code: "LMP_TEMPLATE_NOT_FOUND" });
});

test("no code is made from templates", () => {
  const { Function: original } = globalThis;
  let made = 0;
  globalThis.Function = new Proxy(original, {
    construct: (target, values) => {
      made += 1;
      return Reflect.construct(target, values) as object;
    },
  });
  try {
    const sandbox = new Sandbox({
      loader: new MemoryLoader({ "a.html": "{% block b %}{{ x }}{% endblock %}" }),
    });
    sandbox.renderString(
      '{% extends "a.html" %}{% macro m() %}1{% endmacro %}{% block b %}{{ super() }}{% endblock %}',
      {},
    );
  } finally {
    globalThis.Function = original;
  }
  assert.equal(made, 0);
});

test("check gives what is wrong with a text, without running it", () => {
  let calls = 0;
  const sandbox = new Sandbox({ globals: { count: () => ++calls } });
  assert.deepEqual(sandbox.check("{{ count() }}{{ missing }}"), []);
  assert.equal(calls, 0);
  const wrong = (text: string): unknown[] =>
    sandbox.check(text, "letter").map((error) => [error.code, error.template, error.line, error.column]);
  assert.deepEqual(wrong("{% if x %}"), [["LMP_TEMPLATE_SYNTAX", "letter", 1, 1]]);
  assert.deepEqual(wrong("\n<a href={{ x }}{{ y }}").length, 1);
  assert.deepEqual(wrong("{{ 1|nope }}\n{{ 2|upperr }}{{ 1 is odddd }}"), [
    ["LMP_TEMPLATE_FILTER_UNKNOWN", "letter", 1, 6],
    ["LMP_TEMPLATE_FILTER_UNKNOWN", "letter", 2, 6],
    ["LMP_TEMPLATE_TEST_UNKNOWN", "letter", 2, 23],
  ]);
});

test("limits are whole numbers from 1, by their names", () => {
  for (const limits of [{ steps: 0 }, { time: 1.5 }, { depth: "3" }, { other: 1 }, [], 3, null]) {
    assert.throws(() => new Sandbox({ limits } as never), { code: "LMP_TEMPLATE_OPTION_INVALID" });
  }
  assert.throws(() => new Sandbox({ nope: 1 } as never), { code: "LMP_TEMPLATE_OPTION_INVALID" });
  assert.equal(String(new Sandbox({ limits: { steps: undefined } }).renderString("x", {})), "x");
});

test("each limit can be set", () => {
  const rendering = (limits: object, source: string) => () =>
    new Sandbox({ limits }).renderString(source, {});
  const loop = "{% for i in range(100) %}{{ i }}{% endfor %}";
  assert.throws(rendering({ steps: 100 }, loop), { code: "LMP_TEMPLATE_LIMIT", line: 1, found: "more" });
  assert.throws(rendering({ output: 50 }, loop), { code: "LMP_TEMPLATE_LIMIT" });
  const nested = "{% macro m(n) %}{% if n > 0 %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(5) }}";
  assert.throws(rendering({ depth: 5 }, nested), { code: "LMP_TEMPLATE_DEPTH" });
  assert.doesNotThrow(rendering({ depth: 7 }, nested));
  assert.doesNotThrow(rendering({ steps: 1000, output: 190 }, loop));
});

test("captured text counts as output", () => {
  const source = "{% for i in range(20) %}{% set x %}0123456789{% endset %}{% endfor %}";
  const sandbox = new Sandbox({ limits: { output: 100 } });
  assert.throws(() => sandbox.renderString(source, {}), { code: "LMP_TEMPLATE_LIMIT", column: 36 });
});

test("each rendering begins with nothing used", () => {
  const sandbox = new Sandbox({ limits: { steps: 200 } });
  for (let round = 0; round < 5; round++) {
    assert.equal(String(sandbox.renderString("{% for i in range(30) %}.{% endfor %}", {})).length, 30);
  }
});

test("errors name the innermost place, in the template where it is", () => {
  const loader = new MemoryLoader({ "m.html": "{% macro m(x) %}\n  {{ x.y.z }}{% endmacro %}" });
  const sandbox = new Sandbox({ loader });
  assert.throws(
    () => sandbox.renderString('{% from "m.html" import m %}{{ m({}) }}', {}),
    (error) => {
      assert.ok(error instanceof TemplateError);
      assert.deepEqual(
        [error.code, error.template, error.line, error.column],
        ["LMP_TEMPLATE_UNDEFINED", "m.html", 2, 10],
      );
      return true;
    },
  );
});

test("errors do not show what templates are rendered with", () => {
  const sandbox = new Sandbox({ strict: true });
  const data = {
    secret: "hunter2 is the password that nobody may see",
    list: ["hunter2"],
    object: { hunter: "hunter2" },
  };
  for (const source of [
    "{{ secret + 1 }}",
    "{{ secret.x }}",
    "{{ secret() }}",
    "{{ list() }}",
    "{{ object.x }}",
    "{{ secret < 1 }}",
    "{{ secret|round }}",
    "{{ secret|int(secret)|center(secret) }}",
    "{% for a in 1 %}{% endfor %}",
    "{% for a, b in list %}{% endfor %}",
  ]) {
    assert.throws(
      () => sandbox.renderString(source, data),
      (error) => {
        assert.ok(error instanceof TemplateError);
        assert.doesNotMatch(
          [error.message, error.found, error.fix, error.expected].join(" "),
          /hunter2/,
          source,
        );
        return true;
      },
    );
  }
});

test("what the application throws comes through as it is", () => {
  const thrown = new Error("out of order");
  const sandbox = new Sandbox({
    globals: {
      fail: () => {
        throw thrown;
      },
    },
  });
  assert.throws(() => sandbox.renderString("{{ fail() }}", {}), thrown);
});
