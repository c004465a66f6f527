/** Templates that are large or deep on purpose. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { TemplateError } from "../../src/template/template-error.ts";
import { parsed, refusal } from "./parser-shorthand.ts";

const size = 1_000_000;

function fill(piece: string): string {
  return piece.repeat(Math.floor(size / piece.length));
}

/** What would take minutes if any part were read more than a few times. */
const large: Readonly<Record<string, string>> = {
  text: fill("lorem <b>ipsum</b>\n"),
  blanks: fill(" \n"),
  "single braces": fill("{ "),
  outputs: fill("{{ a.b | c }}"),
  tags: fill("{% if a %}b{% endif %}"),
  comments: fill("{# a #}"),
  braces: fill("{"),
  "unclosed outputs": fill("{{ "),
  "unclosed tags": fill("{%- "),
  "unclosed comments": fill("{# "),
  "unclosed raw": `{% raw %}${fill("{%  ")}`,
  "unclosed props": fill("{# props {"),
  "unclosed string": `{{ '${fill("\\'")}`,
  digits: `{{ ${fill("1")}`,
  underscores: `{{ ${fill("1_")}`,
  list: `{{ [${fill("1,")}] }}`,
  concatenation: `{{ 1${fill("~1")} }}`,
  comparison: `{{ 1${fill("<1")} }}`,
  strings: `{{ ${fill("'a' ")} }}`,
  elif: `{% if a %}${fill("{% elif a %}")}{% endif %}`,
  parameters: `{% macro m(${Array.from({ length: 100_000 }, (_, index) => `a${index}`).join()}) %}{% endmacro %}`,
  arguments: `{{ f(${Array.from({ length: 100_000 }, (_, index) => `a${index}=1`).join()}) }}`,
};

for (const [what, text] of Object.entries(large)) {
  for (const lineStatementPrefix of [undefined, "#"]) {
    test(`a megabyte of ${what} is read in linear time${lineStatementPrefix ? " with line statements" : ""}`, () => {
      const begin = performance.now();
      try {
        parsed(text, { lineStatementPrefix, lstripBlocks: true, trimBlocks: true });
      } catch (error) {
        assert.ok(error instanceof TemplateError, String(error));
      }
      const took = performance.now() - begin;
      assert.ok(took < 2000, `${took} ms`);
    });
  }
}

const deep: Readonly<Record<string, (times: number) => string>> = {
  brackets: (times) => `{{ ${"(".repeat(times)}a${")".repeat(times)} }}`,
  lists: (times) => `{{ ${"[".repeat(times)}a${"]".repeat(times)} }}`,
  dicts: (times) => `{{ ${"{a:".repeat(times)}a${"}".repeat(times)} }}`,
  calls: (times) => `{{ ${"f(".repeat(times)}a${")".repeat(times)} }}`,
  items: (times) => `{{ ${"f[".repeat(times)}a${"]".repeat(times)} }}`,
  not: (times) => `{{ ${"not ".repeat(times)}a }}`,
  signs: (times) => `{{ ${"- ".repeat(times)}a }}`,
  sums: (times) => `{{ a${" + a".repeat(times)} }}`,
  powers: (times) => `{{ a${" ** a".repeat(times)} }}`,
  alternatives: (times) => `{{ a${" or a".repeat(times)} }}`,
  attributes: (times) => `{{ a${".a".repeat(times)} }}`,
  filters: (times) => `{{ a${" | f".repeat(times)} }}`,
  "calls of calls": (times) => `{{ a${"()".repeat(times)} }}`,
  "inline if": (times) => `{{ a${" if b".repeat(times)} }}`,
  "inline else": (times) => `{{ a${" if b else a".repeat(times)} }}`,
  "filters of a block": (times) => `{% filter a${" | f".repeat(times)} %}{% endfilter %}`,
  targets: (times) => `{% set ${"(".repeat(times)}a${")".repeat(times)} = 1 %}`,
  tags: (times) => `${"{% if a %}".repeat(times)}${"{% endif %}".repeat(times)}`,
};

for (const [what, nest] of Object.entries(deep)) {
  test(`${what} nest 150 deep, and not 10,000`, () => {
    assert.equal(parsed(nest(150)).body.length, 1);
    const error = refusal(nest(10_000));
    assert.equal(error.code, "LMP_TEMPLATE_SYNTAX");
    assert.match(error.sentence, /^The (?:tag|expression) is nested too deeply\.$/);
    assert.equal(error.expected, "at most 200 levels");
    assert.ok(error.line !== undefined);
  });
}

test("the height of a tree counts, wherever in it the depth is", () => {
  const chain = `a${" + a".repeat(120)}`;
  assert.equal(parsed(`{{ [${chain}, ${chain}] }}`).body.length, 1);
  assert.match(refusal(`{{ (${chain}) | f${" | f".repeat(120)} }}`).sentence, /nested too deeply/);
  assert.match(refusal(`{{ f(x=${chain})${" + a".repeat(120)} }}`).sentence, /nested too deeply/);
});
