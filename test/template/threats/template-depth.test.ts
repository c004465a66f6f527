/**
 * class: include loops, CVE-2025-59466: nesting without end is an error at its place, also where AsyncLocalStorage is on
 * and where templates are awaited.
 */
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { test } from "node:test";
import { Environment, MemoryLoader, Template, TemplateError } from "limpid/template";

/** Templates that lead to one another, of which `a` is rendered. */
const circles: readonly Readonly<Record<string, string>>[] = [
  { a: "{% include 'a' %}" },
  { a: "\n  {% include 'b' %}", b: "{% include 'a' %}" },
  { a: "{% extends 'a' %}" },
  { a: "{% extends 'b' %}", b: "{% extends 'c' %}", c: "{% extends 'a' %}" },
  { a: "{% extends next %}" },
  { a: "{% import 'b' as b %}", b: "{% import 'a' as a %}" },
  { a: "{% from 'b' import m %}", b: "{% from 'a' import m %}{% macro m() %}{% endmacro %}" },
  { a: "{% extends 'b' %}{% block c %}{% include 'a' %}{% endblock %}", b: "{% block c %}{% endblock %}" },
  { a: "{% for x in [1] %}{% include 'b' %}{% endfor %}", b: "{% block x %}{% include 'a' %}{% endblock %}" },
  { a: "<p title='{% include 'b' %}'>", b: "{% include 'b' %}" },
  { a: "{% include ['nothing', 'a'] %}" },
  { a: "{% include 'a' ignore missing %}" },
  { a: "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}" },
  { a: "{% macro m() %}{% include 'a' %}{% endmacro %}{{ m() }}" },
  {
    a: "{% macro m() %}{{ caller() }}{% endmacro %}{% macro n() %}{% call m() %}{{ n() }}{% endcall %}{% endmacro %}{{ n() }}",
  },
  { a: "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}" },
  { a: "{% block x %}{{ self.x() }}{% endblock %}" },
];

function assertCircle(work: () => unknown, told: string): void {
  const before = performance.now();
  assert.throws(
    work,
    (error) => {
      assert.ok(error instanceof TemplateError, `${told}: ${error}`);
      assert.equal(error.code, "LMP_TEMPLATE_DEPTH", error.message.slice(0, 300));
      assert.ok(error.template !== undefined && error.line !== undefined, error.message.slice(0, 300));
      return true;
    },
    told,
  );
  assert.ok(performance.now() - before < 1000, `${told} took ${performance.now() - before} ms`);
}

test("templates that lead to one another are an error with its place", () => {
  for (const templates of circles) {
    const views = new Environment({ loader: new MemoryLoader(templates) });
    assertCircle(() => views.render("a", { next: "a" }), JSON.stringify(templates));
  }
});

test("the same in an asynchronous context", async () => {
  const storage = new AsyncLocalStorage<object>();
  await storage.run({ request: 1 }, async () => {
    await null;
    for (const templates of circles) {
      const views = new Environment({ loader: new MemoryLoader(templates) });
      assertCircle(() => views.render("a", { next: "a" }), JSON.stringify(templates));
    }
  });
});

test("the same where a template is awaited", async () => {
  for (const templates of circles) {
    const views = new Environment({ loader: new MemoryLoader(templates) });
    const told = JSON.stringify(templates);
    await assert.rejects(views.renderAsync("a", { next: "a" }), { code: "LMP_TEMPLATE_DEPTH" }, told);
  }
});

/** Deep nestings of everything that nests. */
const deep: Readonly<Record<string, (depth: number) => string>> = {
  parentheses: (n) => `{{ ${"(".repeat(n)}1${")".repeat(n)} }}`,
  "open parentheses": (n) => `{{ ${"(".repeat(n)}`,
  lists: (n) => `{{ ${"[".repeat(n)}${"]".repeat(n)} }}`,
  objects: (n) => `{{ ${"{'a': ".repeat(n)}1${"}".repeat(n)} }}`,
  "closed brackets": (n) => `{{ 1${")".repeat(n)} }}`,
  subscripts: (n) => `{{ ${"a[".repeat(n)}1${"]".repeat(n)} }}`,
  calls: (n) => `{{ ${"f(".repeat(n)}1${")".repeat(n)} }}`,
  nots: (n) => `{{ ${"not ".repeat(n)}1 }}`,
  signs: (n) => `{{ ${"-".repeat(n)}1 }}`,
  conditions: (n) => `{{ ${"1 if 1 else ".repeat(n)}1 }}`,
  powers: (n) => `{{ ${"1 ** ".repeat(n)}1 }}`,
  blocks: (n) => "{% if 1 %}".repeat(n) + "{% endif %}".repeat(n),
  "open blocks": (n) => "{% if 1 %}".repeat(n),
  loops: (n) => "{% for x in y %}".repeat(n),
  withs: (n) => "{% with %}".repeat(n) + "{% endwith %}".repeat(n),
  filters: (n) => "{% filter upper %}".repeat(n) + "{% endfilter %}".repeat(n),
  targets: (n) => `{% for ${"(".repeat(n)}a in b %}{% endfor %}`,
};

for (const [kind, source] of Object.entries(deep)) {
  test(`100,000 ${kind} are a syntax error with its place`, () => {
    const before = performance.now();
    assert.throws(
      () => new Template(source(100_000)),
      (error) => {
        assert.ok(error instanceof TemplateError, String(error).slice(0, 300));
        assert.equal(error.code, "LMP_TEMPLATE_SYNTAX");
        assert.ok(error.line === 1 && error.column !== undefined);
        return true;
      },
    );
    assert.ok(performance.now() - before < 5000);
  });
}

test("100,000 elements of SVG and openings of scripts are an error too, or nothing", () => {
  for (const source of [
    `${"<svg>".repeat(100_000)}{{ v }}`,
    `<script>${"(".repeat(100_000)}{{ v }}`,
    `<script>${"[".repeat(100_000)}{{ v }}`,
    `<style>${"a { ".repeat(100_000)}{{ v }}`,
    `<p ${"a=b ".repeat(100_000)}{{ v }}`,
  ]) {
    assert.throws(() => new Template(source), { code: "LMP_TEMPLATE_CONTEXT_UNSAFE" }, source.slice(0, 30));
  }
  assert.doesNotThrow(() => new Template(`${"<div>".repeat(100_000)}{{ v }}`));
});
