/** What is known before a template runs, and that nothing else is changed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Template } from "limpid/template";
import { defaultSyntax } from "../../src/template/lexer/syntax.ts";
import type { Node } from "../../src/template/nodes.ts";
import { optimize } from "../../src/template/optimizer.ts";
import { parse } from "../../src/template/parser.ts";
import { Source } from "../../src/template/source.ts";

function optimized(text: string): readonly Node[] {
  return optimize(parse(new Source("t", text), { syntax: defaultSyntax, tags: new Map() })).body;
}

function expressionOf(text: string): unknown {
  const [node] = optimized(text);
  return node?.type === "Output" ? node.expression : undefined;
}

test("a number with a sign is a number", () => {
  assert.deepEqual(expressionOf("{{ -1 }}"), { type: "Literal", at: 3, value: -1 });
  assert.deepEqual(expressionOf("{{ - -1 }}"), { type: "Literal", at: 3, value: 1 });
  assert.deepEqual((expressionOf("{{ +1 }}") as { value: number }).value, 1);
  assert.equal((expressionOf("{{ -x }}") as { type: string }).type, "Unary");
  assert.equal((expressionOf('{{ -"a" }}') as { type: string }).type, "Unary");
});

test("texts beside each other are one", () => {
  const body = optimized("a{# c #}b{% raw %}{{{% endraw %}");
  assert.deepEqual(
    body.map((node) => node.type === "Text" && node.value),
    ["ab{{"],
  );
});

test("a branch behind `false` is left out, where another one is left", () => {
  const [node] = optimized("{% if false %}a{% elif x %}b{% endif %}");
  assert.equal(node?.type === "If" && node.branches.length, 1);
  const [whole] = optimized("{% if false %}a{% endif %}");
  assert.equal(whole?.type === "If" && whole.branches.length, 1);
});

test("what is left out has no effect on the rest", () => {
  const source = "{% if false %}{% set x = 1 %}a{% elif y %}b{% else %}c{% endif %}{{ x }}";
  assert.equal(String(new Template(source).render({ y: 1, x: 7 })), "b7");
  assert.equal(String(new Template(source).render({ x: 7 })), "c7");
});

test("a tree that cannot be made smaller stays the same object", () => {
  const tree = parse(new Source("t", "a{{ x }}{% if x %}b{% endif %}"), {
    syntax: defaultSyntax,
    tags: new Map(),
  });
  assert.equal(optimize(tree), tree);
});

test("minus zero keeps its sign", () => {
  assert.ok(Object.is((expressionOf("{{ -0 }}") as { value: number }).value, -0));
  assert.equal(String(new Template("{{ -0 }}").render()), "0");
});
