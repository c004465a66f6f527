/** The trees of tags. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type * as node from "../../src/template/nodes.ts";
import { parsed, shape, statement } from "./parser-shorthand.ts";

function as<Type extends node.Node["type"]>(type: Type, text: string): Extract<node.Node, { type: Type }> {
  const found = statement(text);
  assert.equal(found.type, type, text);
  return found as Extract<node.Node, { type: Type }>;
}

function target(found: node.Target): string {
  if (found.type === "NameTarget") return found.name;
  if (found.type === "NamespaceTarget") return `${found.name}.${found.attribute}`;
  return `(${found.items.map(target).join(", ")})`;
}

test("if has a branch for each elif", () => {
  const found = as("If", "{% if a %}1{% elif b, c %}2{% elif d: %}3{% else %}4{% endif %}");
  assert.deepEqual(
    found.branches.map(({ test }) => shape(test)),
    ["a", "tuple(b, c)", "d"],
  );
  assert.deepEqual(
    found.branches.map(({ at }) => at),
    [0, 11, 27],
  );
  assert.equal(found.otherwise?.length, 1);
  assert.equal(as("If", "{% if a %}{% endif %}").otherwise, undefined);
});

test("for unpacks, filters, recurses and has an else", () => {
  const found = as("For", "{% for a, (b, c) in d if e is odd(f) recursive %}1{% else %}2{% endfor %}");
  assert.equal(target(found.target), "(a, (b, c))");
  assert.equal(shape(found.iterable), "d");
  assert.equal(found.condition && shape(found.condition), "(e is odd(f))");
  assert.equal(found.recursive, true);
  assert.equal(found.otherwise?.length, 1);
  assert.equal(shape(as("For", "{% for a in b, c recursive %}{% endfor %}").iterable), "tuple(b, c)");
  assert.equal(target(as("For", "{% for a, in b %}{% endfor %}").target), "(a)");
  const plain = as("For", "{% for a in (b if c else d) %}{% break %}{% continue %}{% endfor %}");
  assert.equal(shape(plain.iterable), "(b if c else d)");
  assert.equal(plain.condition, undefined);
  assert.deepEqual(
    plain.body.map(({ type }) => type),
    ["Break", "Continue"],
  );
});

test("set binds names, tuples and attributes of namespaces", () => {
  const rows = [
    ["{% set a = 1 %}", "a", "1"],
    ["{% set a, b = 1, 2 %}", "(a, b)", "tuple(1, 2)"],
    ["{% set (a, (b, c)) = d %}", "(a, (b, c))", "d"],
    ["{% set ns.a = b %}", "ns.a", "b"],
    ["{% set ns.a, ns.b = c %}", "(ns.a, ns.b)", "c"],
  ] as const;
  for (const [text, name, value] of rows) {
    const found = as("Assign", text);
    assert.equal(target(found.target), name, text);
    assert.equal(shape(found.value), value, text);
  }
});

test("set without a value takes its body, through filters where there are some", () => {
  const plain = as("AssignBlock", "{% set a %}b{% endset %}");
  assert.equal(target(plain.target), "a");
  assert.equal(shape(plain.value), "captured");
  assert.equal(plain.body.length, 1);
  const filtered = as("AssignBlock", "{% set ns.a | f | g(1) %}b{% endset %}");
  assert.equal(target(filtered.target), "ns.a");
  assert.equal(shape(filtered.value), "((captured | f()) | g(1))");
});

test("blocks are scoped and required, and may be named at their end", () => {
  const found = as("Block", "{% block a scoped required %} {# note #}\n{% endblock a %}");
  assert.deepEqual([found.name, found.scoped, found.required], ["a", true, true]);
  const plain = as("Block", "{% block scoped %}a{% block b %}{% endblock %}{% endblock %}");
  assert.deepEqual([plain.name, plain.scoped, plain.required], ["scoped", false, false]);
});

test("extends and include take any expression", () => {
  assert.equal(shape(as("Extends", '{% extends "a" if b else c %}').template), '("a" if b else c)');
  const rows = [
    ["{% include a %}", false, true],
    ["{% include ['a', b] ignore missing %}", true, true],
    ["{% include a without context %}", false, false],
    ["{% include a ignore missing with context %}", true, true],
  ] as const;
  for (const [text, ignoreMissing, withContext] of rows) {
    const found = as("Include", text);
    assert.deepEqual([found.ignoreMissing, found.withContext], [ignoreMissing, withContext], text);
  }
  assert.equal(parsed("{% if a %}{% extends b %}{% else %}{% extends c %}{% endif %}").body.length, 1);
});

test("imports bind one name or several, and take the context on request", () => {
  const whole = as("Import", '{% import "a" as b %}');
  assert.deepEqual([shape(whole.template), whole.target, whole.withContext], ['"a"', "b", false]);
  assert.equal(as("Import", "{% import a as b with context %}").withContext, true);
  const rows = [
    ['{% from "a" import b %}', "b=b", false],
    ['{% from "a" import b, c as d %}', "b=b c=d", false],
    ['{% from "a" import b, c with context %}', "b=b c=c", true],
    ['{% from "a" import b, with context %}', "b=b", true],
    ['{% from "a" import b without context %}', "b=b", false],
    ['{% from "a" import with, context %}', "with=with context=context", false],
  ] as const;
  for (const [text, names, withContext] of rows) {
    const found = as("FromImport", text);
    assert.equal(found.names.map(({ name, alias }) => `${name}=${alias}`).join(" "), names, text);
    assert.equal(found.withContext, withContext, text);
  }
});

test("macros and call blocks have parameters with defaults", () => {
  const parameters = (found: readonly node.Parameter[]): string =>
    found.map((one) => one.name + (one.default === undefined ? "" : `=${shape(one.default)}`)).join(" ");
  const macro = as("Macro", "{% macro m(a, b=1, c=a if b,) %}d{% endmacro %}");
  assert.equal(macro.name, "m");
  assert.equal(parameters(macro.parameters), "a b=1 c=(a if b else )");
  assert.equal(as("Macro", "{% macro m() %}{% endmacro %}").parameters.length, 0);
  const call = as("CallBlock", "{% call(a, b=1) m.n(c) %}d{% endcall %}");
  assert.equal(parameters(call.parameters), "a b=1");
  assert.equal(shape(call.call), "m.n(c)");
  assert.equal(as("CallBlock", "{% call m() %}{% endcall %}").parameters.length, 0);
});

test("filter, with, autoescape, do and print", () => {
  assert.equal(
    shape(as("FilterBlock", "{% filter f(1) | g %}a{% endfilter %}").value),
    "((captured | f(1)) | g())",
  );
  const bound = as("With", "{% with a = 1, (b, c) = d %}{{ a }}{% endwith %}");
  assert.equal(
    bound.bindings.map((one) => `${target(one.target)}=${shape(one.value)}`).join(" "),
    "a=1 (b, c)=d",
  );
  assert.equal(as("With", "{% with %}{% endwith %}").bindings.length, 0);
  assert.equal(
    shape(as("Autoescape", "{% autoescape a if b %}{% endautoescape %}").enabled),
    "(a if b else )",
  );
  assert.equal(shape(as("Do", "{% do a.append(1), 2 %}").expression), "tuple(a.append(1), 2)");
  assert.equal(
    parsed("{% print a, b %}")
      .body.map(({ type }) => type)
      .join(" "),
    "Output Output",
  );
});

test("tags of extensions have arguments, and a body where they were given with one", () => {
  const cache = as("Tag", "{% cache a, b, ttl=60, *c, **d %}e{% endcache %}");
  assert.equal(cache.name, "cache");
  assert.deepEqual(cache.arguments.positional.map(shape), ["a", "b"]);
  assert.deepEqual(
    cache.arguments.named.map(({ name, value }) => [name, shape(value)]),
    [["ttl", "60"]],
  );
  assert.equal(cache.arguments.spread && shape(cache.arguments.spread), "c");
  assert.equal(cache.arguments.namedSpread && shape(cache.arguments.namedSpread), "d");
  assert.equal(cache.body?.length, 1);
  assert.equal(as("Tag", "{% csrf %}").body, undefined);
});
