/** What templates in the sandbox may call, change and load. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { exposed, MemoryLoader, Sandbox, Template } from "limpid/template";

const refused = { code: "LMP_TEMPLATE_SANDBOX", line: 1 };

function text(source: string, data: Record<string, unknown> = {}, sandbox = new Sandbox()): string {
  return String(sandbox.renderString(source, data));
}

test("functions among the data are not called, however they are reached", () => {
  let calls = 0;
  const fn = (): string => {
    calls += 1;
    return "called";
  };
  const data = {
    fn,
    user: { fn, name: "Ada" },
    list: [fn],
    map: new Map([["fn", fn]]),
    item: { toJSON: fn },
  };
  for (const source of [
    "{{ fn() }}",
    "{{ user.fn() }}",
    '{{ user["fn"]() }}',
    "{{ list[0]() }}",
    "{{ list.at(0)() }}",
    "{{ map.get('fn')() }}",
    "{{ user.values()[0]() }}",
    "{{ (user|attr('fn'))() }}",
    "{{ (list|first)() }}",
    "{{ ([user]|map(attribute='fn')|first)() }}",
    "{% set f = fn %}{{ f() }}",
    "{% for f in list %}{{ f() }}{% endfor %}",
    "{% set ns = namespace(f=fn) %}{{ ns.f() }}",
    "{% call fn() %}{% endcall %}",
    "{{ {'toJSON': fn} }}",
    "{{ {'toJSON': fn}|tojson }}",
    "{{ dict([['toJSON'] + list]) }}",
    "{{ dict([['toJSON'] + list])|tojson }}",
    "{{ [dict([['toJSON'] + list])] ~ '' }}",
    "{{ [[dict([['toJSON'] + list])]]|join }}",
    "{{ '{0}'.format(dict([['toJSON'] + list])) }}",
    "<script>x = {{ dict([['toJSON'] + list]) }}</script>",
    "{{ item }}",
  ]) {
    assert.throws(() => text(source, data), refused, source);
  }
  assert.equal(calls, 0);
});

test("an object that turns itself into a text by a function of the data is no name and no key", () => {
  let calls = 0;
  const list = [
    () => {
      calls += 1;
      return "x";
    },
  ];
  for (const name of ["toString", "valueOf"]) {
    const object = `dict([['${name}'] + list])`;
    for (const source of [
      `{{ missing[${object}] }}`,
      `{% include [${object}] %}`,
      `{% include ${object} %}`,
      `{{ {}[${object}] }}`,
      `{{ "a" ~ ${object} }}`,
      `{{ ${object} + 1 }}`,
      `{{ ${object} < 1 }}`,
      `{{ "x"|center(${object}) }}`,
      `{{ "x".repeat(${object}) }}`,
      `{{ range(${object}) }}`,
      `{{ ${object}|int }}`,
      `{{ ${object}|upper }}`,
      `{{ ${object}|sort }}`,
      `{{ "%d" % ${object} }}`,
      `{{ "%s" % [${object}] }}`,
    ]) {
      try {
        text(source, { list });
      } catch (error) {
        assert.match((error as { code: string }).code, /^LMP_TEMPLATE_/, source);
      }
    }
  }
  assert.equal(calls, 0);
});

test("asking whether there is a function is no crime", () => {
  const data = { user: { fn: () => 1 }, fn: () => 1 };
  assert.equal(
    text("{{ user.fn is defined }} {% if user.fn %}yes{% endif %} {{ fn is defined }}", data),
    "true yes true",
  );
});

test("globals, functions in objects among them, and what they may be stored in are called", () => {
  const sandbox = new Sandbox({
    globals: { twice: (n: number) => n * 2, math: { half: (n: number) => n / 2 } },
  });
  assert.equal(text("{{ twice(2) }}{{ math.half(2) }}{% set f = twice %}{{ f(3) }}", {}, sandbox), "416");
  assert.equal(text("{% set j = joiner('|') %}{{ j() }}{{ j() }}"), "|");
  assert.equal(text("{% set u = 'a'.upper %}{{ u() }}"), "A");
  assert.equal(text("{% macro m() %}m{% endmacro %}{{ [m][0]() }}"), "m");
});

test("what a class lists may be called, and nothing else of it", () => {
  class User {
    static readonly [exposed] = ["greet"];
    arrow = (): string => "arrow";
    greet(): string {
      return "hello";
    }
    erase(): string {
      return "gone";
    }
  }
  const data = { user: new User() };
  assert.equal(text("{{ user.greet() }}", data), "hello");
  assert.throws(() => text("{{ user.erase() }}", data), { code: "LMP_TEMPLATE_UNDEFINED" });
  assert.throws(() => text("{{ user.arrow() }}", data), refused);
});

test("a getter that gives a function does not pass it off as a method", () => {
  const data = {
    user: {
      get fn() {
        return () => "called";
      },
    },
  };
  assert.throws(() => text("{{ user.fn() }}", data), refused);
});

test("nothing that came with the data is changed", () => {
  const data = { list: [1], object: { a: 1, update: 1 }, map: new Map([["a", 1]]), set: new Set([1]) };
  const before = structuredClone(data);
  for (const source of [
    "{% do list.append(2) %}",
    "{{ list.pop() }}",
    "{{ list['push'](2) }}",
    "{% set f = list.push %}{{ f(2) }}",
    "{{ (list|attr('push'))(2) }}",
    "{{ ([list]|map(attribute='push')|first)(2) }}",
    "{{ object.clear() }}",
    "{{ object.update({'b': 2}) }}",
    "{{ object.setdefault('b', 2) }}",
    "{{ map.set('b', 2) }}",
    "{{ map.clear() }}",
    "{{ set.add(2) }}",
    "{{ [].append(1) }}",
  ]) {
    assert.throws(() => text(source, data), refused, source);
  }
  assert.throws(() => text("{% set object.a = 2 %}", data), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  assert.deepEqual(data, before);
});

test("templates are named, not handed over", () => {
  const given = new Template("outside of the sandbox");
  for (const source of ["{% include t %}", "{% extends t %}", "{% import t as x %}", "{% include [t] %}"]) {
    assert.throws(() => text(source, { t: given }), refused, source);
  }
  const sandbox = new Sandbox({ loader: new MemoryLoader({ "a.html": "inside" }) });
  assert.equal(text("{% include name %}", { name: "a.html" }, sandbox), "inside");
  assert.throws(() => text("{% include '../a.html' %}", {}, sandbox), { code: "LMP_TEMPLATE_NOT_FOUND" });
});
