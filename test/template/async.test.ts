/** Promises and async iterables: waited for wherever they are used. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as later, setTimeout as sleep } from "node:timers/promises";
import { Environment, MemoryLoader, Template } from "limpid/template";

async function soon<Value>(value: Value): Promise<Value> {
  await later();
  return value;
}

async function* arriving<Value>(...values: Value[]): AsyncGenerator<Value> {
  for (const value of values) yield await soon(value);
}

/** The text that `renderAsync` and `renderStream` both give. */
async function waited(source: string, data: () => Record<string, unknown>, filters = {}): Promise<string> {
  const template = new Environment({ filters, strict: true }).fromString(source);
  const text = String(await template.renderAsync(data()));
  assert.equal(await template.renderStream(data()).text(), text, source);
  return text;
}

test("names, attributes, items and results of calls may be promises", async () => {
  const data = () => ({ x: soon("x"), o: { p: soon({ q: soon("q") }) }, f: () => soon("f"), l: [soon("i")] });
  assert.equal(await waited("{{ x }}{{ o.p.q }}{{ f() }}{{ l[0] }}{{ o['p']['q'] }}", data), "xqfiq");
});

test("operands, arguments and elements are waited for", async () => {
  const data = () => ({ a: soon(1), b: soon(2), f: (...values: unknown[]) => values.join() });
  assert.equal(
    await waited(
      "{{ a + b }} {{ a ~ b }} {{ a < b }} {{ f(a, b) }} {{ [a, b] | join }} {{ {'k': a}.k }} {{ [a, b][1:] }}",
      data,
    ),
    "3 12 true 1,2 12 1 [2]",
  );
  assert.equal(
    await waited("{% set x, y = [a, b] %}{{ x }}{{ y }}{% with z = a %}{{ z }}{% endwith %}", data),
    "121",
  );
});

test("conditions, tests and filters wait", async () => {
  const data = () => ({ yes: soon(true), no: soon(0), n: soon(4), u: soon(undefined), s: soon("a") });
  assert.equal(
    await waited(
      "{% if no %}1{% elif yes %}2{% endif %}{{ 3 if yes else 4 }}{{ no or 5 }}{{ not no }}",
      data,
    ),
    "235true",
  );
  assert.equal(
    await waited("{{ n is even }}{{ u is defined }}{{ s | upper }}{{ u | default('d') }}", data),
    "truefalseAd",
  );
});

test("filters, tests and macros of an application may give promises", async () => {
  const filters = { slowly: (value: unknown) => soon(`${String(value)}!`) };
  assert.equal(await waited("{{ 'a' | slowly | upper }}", () => ({}), filters), "A!");
  assert.equal(await waited("{% filter slowly %}b{% endfilter %}", () => ({}), filters), "b!");
  assert.equal(await waited("{% set v | slowly %}c{% endset %}{{ v }}", () => ({}), filters), "c!");
  assert.equal(
    await waited(
      "{% macro m(x) %}[{{ x }}]{% endmacro %}{{ m(p) }}{{ m(p) ~ '' }}{% set v = m(p) %}{{ v }}",
      () => ({ p: soon("<") }),
    ),
    "[&lt;][&lt;][&lt;]",
  );
  assert.equal(
    await waited(
      "{% macro m(x=p) %}{{ caller(x) }}{% endmacro %}{% call(y) m() %}({{ y }}){% endcall %}",
      () => ({ p: soon(1) }),
    ),
    "(1)",
  );
});

test("a list may be a promise, and so may its items", async () => {
  assert.equal(await waited("{% for x in xs %}{{ x }},{% endfor %}", () => ({ xs: soon([1, 2]) })), "1,2,");
  assert.equal(
    await waited("{% for x in xs %}{{ x }},{% endfor %}", () => ({ xs: [soon(1), soon(2)] })),
    "1,2,",
  );
  assert.equal(
    await waited("{% for x in xs %}{{ loop.index }}{{ x }},{% endfor %}", () => ({ xs: [soon(1), soon(2)] })),
    "11,22,",
  );
  assert.equal(
    await waited("{% for x in xs %}{{ loop.previtem }}-{{ loop.nextitem }} {% endfor %}", () => ({
      xs: [soon(1), soon(2)],
    })),
    "-2 1- ",
  );
});

test("items that are promises are taken apart", async () => {
  const xs = () => ({ xs: [soon([1, soon(2)])] });
  assert.equal(await waited("{% for a, b in xs %}{{ a }}{{ b }}{% endfor %}", xs), "12");
  assert.equal(
    await waited("{% for a, b in xs if b %}{{ loop.index }}{{ a }}{{ b }}{% endfor %}", xs),
    "112",
  );
  assert.equal(
    await waited("{% for a, (b, c) in xs %}{{ a }}{{ b }}{{ c }}{% endfor %}", () => ({
      xs: [[1, soon([2, 3])]],
    })),
    "123",
  );
});

test("async iterables are walked through, with `loop` and without", async () => {
  const data = () => ({ xs: arriving("a", "b") });
  assert.equal(await waited("{% for x in xs %}{{ x }}{% endfor %}", data), "ab");
  assert.equal(
    await waited("{% for x in xs %}{{ loop.index }}/{{ loop.length }}{{ x }} {% endfor %}", data),
    "1/2a 2/2b ",
  );
  assert.equal(await waited("{% for x in xs if x != 'a' %}{{ x }}{% endfor %}", data), "b");
  assert.equal(await waited("{% for x in xs if x != 'a' %}{{ x }}{{ loop.index }}{% endfor %}", data), "b1");
  assert.equal(
    await waited("{% for x in xs %}{{ x }}{% else %}none{% endfor %}", () => ({ xs: arriving() })),
    "none",
  );
  assert.equal(
    await waited("{% for x in xs %}{{ x }}{% endfor %}", () => ({ xs: soon(arriving(1, 2)) })),
    "12",
  );
  assert.equal(
    await waited("{% for k, v in xs %}{{ k }}{{ v }}{% endfor %}", () => ({ xs: arriving([1, 2]) })),
    "12",
  );
});

test("a recursive loop waits at every depth", async () => {
  const tree = () => ({ t: arriving({ v: 1, c: soon([{ v: soon(2), c: arriving() }]) }) });
  assert.equal(
    await waited("{% for x in t recursive %}[{{ x.v }}{{ loop(x.c) }}]{% endfor %}", tree),
    "[1[2]]",
  );
});

test("`break` closes an async iterable", async () => {
  const closed: string[] = [];
  async function* endless(): AsyncGenerator<number> {
    try {
      for (let n = 1; ; n += 1) yield n;
    } finally {
      closed.push("closed");
    }
  }
  const source = "{% for x in xs %}{{ x }}{% if x == 2 %}{% break %}{% endif %}{% endfor %}";
  assert.equal(await waited(source, () => ({ xs: endless() })), "12");
  assert.deepEqual(closed, ["closed", "closed"]);
});

test("an object with `then` is waited for when it is used, and only then", async () => {
  let started = 0;
  const lazy = {};
  Reflect.set(lazy, "then", (settle: (value: string) => void) => {
    started += 1;
    settle("rows");
  });
  assert.equal(String(await new Template("none").renderAsync({ lazy })), "none");
  assert.equal(started, 0);
  assert.equal(String(await new Template("{{ lazy }}").renderAsync({ lazy })), "rows");
  assert.equal(started, 1);
});

test("what fails is thrown where it is used, as it is", async () => {
  const failure = new RangeError("no rows");
  const failing = () => ({ x: Promise.reject(failure) });
  await assert.rejects(new Template("{{ x }}").renderAsync(failing()), failure);
  await assert.rejects(new Template("{{ x }}").renderStream(failing()).text(), failure);
  assert.equal(String(await new Template("unused").renderAsync(failing())), "unused");
});

test("a promise that fails while another is waited for does not end the process", async () => {
  const data = () => ({ slow: sleep(20, "s"), failing: Promise.reject(new RangeError("early")) });
  await assert.rejects(new Template("{{ slow }}{{ failing }}").renderAsync(data()), RangeError);
  await assert.rejects(new Template("{{ slow }}{{ failing }}").renderStream(data()).text(), RangeError);
});

test("without waiting a promise is refused, with its place", () => {
  const template = new Template("a\n{{ x }}", { name: "t.html" });
  assert.throws(() => template.render({ x: Promise.resolve(1) }), {
    code: "LMP_TEMPLATE_ASYNC",
    template: "t.html",
    line: 2,
  });
  const loop = new Template("{% for x in xs %}{% endfor %}");
  assert.throws(() => loop.render({ xs: arriving(1) }), { code: "LMP_TEMPLATE_ASYNC" });
  assert.throws(() => loop.render({ xs: Promise.resolve([]) }), { code: "LMP_TEMPLATE_ASYNC" });
});

test("layouts, blocks, includes and imports wait too", async () => {
  const loader = new MemoryLoader({
    "layout.html": "{{ a }}[{% block b %}{{ b }}{% endblock %}]{% include 'part.html' %}{% set c = a %}",
    "part.html": "({{ b }})",
    "m.html": "{% set v = g() %}{% macro m() %}{{ v }}{% endmacro %}",
    "page.html":
      "{% extends layout %}{% from 'm.html' import m %}{% block b %}{{ super() }}{{ super() | upper }}{{ m() }}{% endblock %}",
  });
  const views = new Environment({ loader, globals: { g: () => soon("g") } });
  const data = () => ({ layout: soon("layout.html"), a: soon("a"), b: soon("b") });
  assert.equal(String(await views.renderAsync("page.html", data())), "a[bBg](b)");
  assert.equal(await views.renderStream("page.html", data()).text(), "a[bBg](b)");
});
