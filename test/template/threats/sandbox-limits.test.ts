/** Template DoS, L11 and CVE-2025-59466: whatever a stranger writes ends soon, with an error, and the process lives. */
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { describe, test } from "node:test";
import { MemoryLoader, Sandbox, TemplateError } from "limpid/template";

const loader = new MemoryLoader({
  "self.html": '{% include "self.html" %}',
  "a.html": '{% include "b.html" %}',
  "b.html": '{% include "a.html" %}',
  "extends.html": '{% extends "extends.html" %}',
  "imports.html": '{% import "imports.html" as x %}',
  "block.html": '{% extends "block.html" %}{% block b %}{{ super() }}{{ self.b() }}{% endblock %}',
});

const LIMIT = "LMP_TEMPLATE_LIMIT";
const DEPTH = "LMP_TEMPLATE_DEPTH";
const SYNTAX = "LMP_TEMPLATE_SYNTAX";

const brackets = (open: string, close: string): string =>
  `{{ ${open.repeat(100_000)}1${close.repeat(100_000)} }}`;
const doubled =
  '{% set ns = namespace(x="a") %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}';
const lists =
  "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}";
/** A text in which looking for `needle` takes the product of both lengths. */
const haystack = '{% set text = "a" * 1000000 %}{% set needle = "a" * 200000 ~ "b" ~ "a" * 200000 %}';

/** Templates, the code they end with, and the column where they end where that is known. */
const attacks: readonly (readonly [source: string, code: string, column?: number])[] = [
  ["{% for i in range(10**9) %}{% endfor %}", LIMIT, 13],
  ["{% for i in range(10**5) %}{% for j in range(10**5) %}{% endfor %}{% endfor %}", LIMIT],
  ["{% for i in range(3000) %}{% for j in range(3000) %}{{ loop.index }}{% endfor %}{% endfor %}", LIMIT],
  ["{% for i in 'a' * 10**6 %}{% for j in 'b' * 10**6 %}{% endfor %}{% endfor %}", LIMIT],
  ["{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", DEPTH, 19],
  ["{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}", DEPTH],
  ["{% macro m(x=m()) %}{% endmacro %}{{ m() }}", DEPTH],
  [
    "{% macro m() %}{% call m() %}{{ m() }}{% endcall %}{{ caller() }}{% endmacro %}{% call m() %}{% endcall %}",
    DEPTH,
  ],
  ["{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}", DEPTH],
  ["{% for i in [1] recursive %}{% if loop([1]) %}{% endif %}{% endfor %}", DEPTH],
  ["{% block b %}{{ self.b() }}{% endblock %}", DEPTH],
  ['{% include "self.html" %}', DEPTH],
  ['{% include "a.html" %}', DEPTH],
  ['{% extends "extends.html" %}', DEPTH],
  ['{% extends "block.html" %}', DEPTH],
  ['{% import "imports.html" as x %}', DEPTH],
  ['{{ "a" * 10**9 }}', LIMIT, 8],
  ['{{ "a" * 10**7 * 10 }}', LIMIT],
  ["{{ [1] * 10**9 }}", LIMIT, 8],
  ['{{ "a"|center(10**9) }}', LIMIT, 8],
  ['{{ "a"|indent(10**9) }}', LIMIT, 8],
  ['{{ "a".center(10**9) }}', LIMIT],
  ['{{ "a".repeat(10**9) }}', LIMIT],
  ['{{ "%999999999d" % 1 }}', "LMP_TEMPLATE_ARGUMENT_INVALID"],
  ['{{ "{:>99999999}".format(1) }}', LIMIT],
  ['{{ "%99999999d"|format(1) }}', LIMIT],
  [doubled, LIMIT],
  [`${lists}{{ ns.x }}`, LIMIT],
  [`${lists}{{ ns.x|join }}`, LIMIT],
  [`${lists}{{ ns.x|tojson }}`, LIMIT],
  [`${lists}{{ ns.x ~ "" }}`, LIMIT],
  [`${lists}{{ ns.x == [ns.x[0], ns.x] }}`, LIMIT],
  [`${lists}{{ ns.x.flat(60) }}`, LIMIT],
  [`${lists}{{ [1] in ns.x }}`, LIMIT],
  ['{{ (["a" * 10**6] * 10**5)|join }}', LIMIT],
  ['{{ (["a" * 10**6] * 10**5)|map("upper")|list }}', LIMIT],
  ['{{ (["a" * 10**6, "b" * 10**6] * 10**4)|sort }}', LIMIT],
  ['{{ "a" * 10**6 in ["a" * 10**6 ~ "b"] * 10**5 }}', LIMIT],
  [`${haystack}{{ needle in text }}`, LIMIT],
  [`${haystack}{{ text.count(needle) }}`, LIMIT],
  [`${haystack}{{ text|replace(needle, "") }}`, LIMIT],
  [`${haystack}{{ text.split(needle) }}`, LIMIT],
  ["{% for i in range(10**5) %}{{ lipsum(100) }}{% endfor %}", LIMIT],
  ["{{ range(10**6)|batch(1)|list|batch(1)|list }}", LIMIT],
  ["{{ [1]|slice(10**6)|list|length * ([1]|slice(10**6)|list|length) }}", LIMIT],
  ["{% set x = range(10**6)|list %}{% for i in range(10) %}{% set y = x + x %}{% endfor %}", LIMIT],
  ["{{ 9**9**9**9 }}{{ 2 ** 99999999 }}{% for i in range(10**7) %}{% endfor %}", LIMIT],
  [brackets("[", "]"), SYNTAX],
  [brackets("(", ")"), SYNTAX],
  [brackets('{"a":', "}"), SYNTAX],
  [brackets("not ", ""), SYNTAX],
  [`{{ ${"1+".repeat(100_000)}1 }}`, SYNTAX],
  [`{{ a${".a".repeat(100_000)} }}`, SYNTAX],
  [`{{ "a"${"|upper".repeat(100_000)} }}`, SYNTAX],
  [`${"{% if 1 %}".repeat(100_000)}`, SYNTAX],
  [`{% for i in range(12) %}{% set x %}${"0123456789".repeat(100_000)}{% endset %}{% endfor %}`, LIMIT, 36],
  [`{% for i in range(12) %}${"0123456789".repeat(100_000)}{% endfor %}`, LIMIT, 25],
  ['{% set x = "a" * 10**6 %}{% for i in range(12) %}{{ x }}{% endfor %}', LIMIT, 53],
];

function attack(source: string, code: string, column: number | undefined): void {
  const start = performance.now();
  assert.throws(
    () => new Sandbox({ loader }).renderString(source, {}),
    (error) => {
      assert.ok(error instanceof TemplateError, String(error));
      assert.equal(error.code, code, error.message.slice(0, 300));
      assert.equal(error.line, 1);
      assert.ok(error.column !== undefined);
      if (column !== undefined) assert.equal(error.column, column);
      return true;
    },
  );
  const took = performance.now() - start;
  assert.ok(took < 1500, `${took} ms`);
}

describe("every attack ends in time, at its place", () => {
  for (const [source, code, column] of attacks)
    test(source.slice(0, 100), () => attack(source, code, column));
});

test("with a request context on, and a stack that is half full, the process lives as well", async () => {
  const storage = new AsyncLocalStorage<object>();
  const deep = (levels: number, then: () => void): void => (levels === 0 ? then() : deep(levels - 1, then));
  await storage.run({}, async () => {
    await Promise.resolve();
    for (const [source, code, column] of attacks) {
      if (code === DEPTH) deep(2000, () => attack(source, code, column));
    }
    assert.ok(storage.getStore());
  });
});

test("time is a limit of its own", () => {
  const wait = (): void => {
    for (const end = performance.now() + 5; performance.now() < end; );
  };
  const sandbox = new Sandbox({ globals: { wait }, limits: { time: 100 } });
  const start = performance.now();
  assert.throws(
    () => sandbox.renderString("{% for i in range(1000) %}{% if wait() %}{% endif %}{% endfor %}", {}),
    {
      code: LIMIT,
      line: 1,
    },
  );
  assert.ok(performance.now() - start < 1500);
});

test("the nested macros of an honest template are no attack", () => {
  const source = "{% macro m(n) %}{% if n > 0 %}<i>{{ m(n - 1) }}</i>{% endif %}{% endmacro %}{{ m(100) }}";
  assert.equal(String(new Sandbox().renderString(source, {})).length, 700);
});
