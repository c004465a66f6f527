/** `renderStream`: what is written leaves before what is slow has come, and a reader that goes ends the rendering. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { Environment, MemoryLoader, Template } from "limpid/template";

/** A promise that the test settles. */
function open<Value>() {
  return Promise.withResolvers<Value>();
}

function pieces(source: string, data: Record<string, unknown>): AsyncIterator<string> {
  return new Template(source).renderStream(data)[Symbol.asyncIterator]();
}

async function piece(stream: AsyncIterator<string>): Promise<string | undefined> {
  const { done, value } = await stream.next();
  return done === true ? undefined : value;
}

test("the first bytes leave before a slow value has come", async () => {
  const slow = open<string>();
  const stream = pieces("<p>{{ slow }}</p>", { slow: slow.promise });
  assert.equal(await piece(stream), "<p>");
  slow.resolve("now");
  assert.equal(await piece(stream), "now</p>");
  assert.equal(await piece(stream), undefined);
});

test("every wait lets go what was written before it", async () => {
  for (const source of [
    "a{% for x in [slow] %}{{ x }}{% endfor %}",
    "a{% for x in items %}{{ x }}{% endfor %}",
    "a{% for x in items %}{{ loop.index if false }}{{ x }}{% endfor %}",
    "a{% for x in many %}{{ x }}{% endfor %}",
    "a{% if slow %}{{ slow }}{% endif %}",
    "a{{ call() }}",
    "a{% macro m() %}{{ slow }}{% endmacro %}{{ m() }}",
    "a{% set v %}{{ slow }}{% endset %}{{ v }}",
    "a{% block b %}{{ slow }}{% endblock %}",
    "a{{ fixed | upper if slow }}",
  ]) {
    const slow = open<string>();
    const many = async function* () {
      yield await slow.promise;
    };
    const data = {
      slow: slow.promise,
      items: [slow.promise],
      many: many(),
      call: () => slow.promise,
      fixed: "B",
    };
    const stream = pieces(source, data);
    assert.equal(await piece(stream), "a", source);
    slow.resolve("B");
    assert.equal(await piece(stream), "B", source);
    assert.equal(await piece(stream), undefined);
  }
});

test("an included template and a layout leave as they are written", async () => {
  const slow = open<string>();
  const loader = new MemoryLoader({ "l.html": "1{% block b %}{% endblock %}4", "i.html": "2{{ slow }}" });
  const views = new Environment({ loader });
  const page = views.fromString('{% extends "l.html" %}{% block b %}{% include "i.html" %}{% endblock %}');
  const stream = page.renderStream({ slow: slow.promise })[Symbol.asyncIterator]();
  assert.equal(await piece(stream), "12");
  slow.resolve("3");
  assert.equal(await piece(stream), "34");
});

test("without anything to wait for it comes in one piece", async () => {
  const found: string[] = [];
  for await (const one of new Template("a{{ x }}b{% for i in [1, 2] %}{{ i }}{% endfor %}").renderStream({
    x: 1,
  }))
    found.push(one);
  assert.deepEqual(found, ["a1b12"]);
});

test("nothing happens before somebody reads, and each reader has a rendering of its own", async () => {
  let calls = 0;
  const stream = new Template("{{ f() }}").renderStream({ f: () => ++calls });
  await turn();
  assert.equal(calls, 0);
  assert.equal(await stream.text(), "1");
  assert.equal(await stream.text(), "2");
});

test("a slow reader holds the rendering back", async () => {
  let made = 0;
  async function* rows(): AsyncGenerator<string> {
    for (; made < 1000; made += 1) {
      await turn();
      yield "x".repeat(1000);
    }
  }
  const stream = pieces("begin{% for row in rows %}{{ row }}{% endfor %}", { rows: rows() });
  await piece(stream);
  for (let n = 0; n < 200; n += 1) await turn();
  assert.ok(made < 50, `${made} rows were made for a reader that does not read`);
  let length = 5;
  for (let one = await piece(stream); one !== undefined; one = await piece(stream)) length += one.length;
  assert.equal(length, 1_000_005);
});

test("a reader that stops ends the rendering and closes what it reads from", async () => {
  const events: string[] = [];
  async function* rows(): AsyncGenerator<number> {
    try {
      for (let n = 0; ; n += 1) {
        await turn();
        yield n;
      }
    } finally {
      events.push("closed");
    }
  }
  for (const source of [
    "<p>{% for row in rows %}{{ row }}{% endfor %}{{ after() }}",
    "<p>{% for row in rows %}{{ row }}{{ loop.index }}{% endfor %}{{ after() }}",
  ]) {
    events.length = 0;
    const data = { rows: rows(), after: () => events.push("after") };
    for await (const one of new Template(source).renderStream(data)) {
      assert.match(one, /^<p>/);
      break;
    }
    for (let n = 0; n < 20; n += 1) await turn();
    assert.deepEqual(events, ["closed"], source);
  }
});

test("an error midway reaches the reader behind what was written, with its place", async () => {
  const slow = open<string>();
  const template = new Template("<p>\n{{ slow }}\n{{ x.y }}", { name: "t.html" });
  const stream = template.renderStream({ slow: slow.promise })[Symbol.asyncIterator]();
  assert.equal(await piece(stream), "<p>\n");
  slow.resolve("s");
  assert.equal(await piece(stream), "s\n");
  await assert.rejects(stream.next(), { code: "LMP_TEMPLATE_UNDEFINED", template: "t.html", line: 3 });
  assert.deepEqual(await stream.next(), { done: true, value: undefined });
});

test("a promise that fails reaches the reader, and one that fails behind a reader who left reaches nobody", async () => {
  const [first, second] = [open<string>(), open<string>()];
  const stream = pieces("a{{ first }}", { first: first.promise });
  await piece(stream);
  first.reject(new RangeError("gone"));
  await assert.rejects(stream.next(), RangeError);
  const left = pieces("a{{ second }}", { second: second.promise });
  await piece(left);
  await left.return?.();
  second.reject(new RangeError("nobody hears"));
  for (let n = 0; n < 5; n += 1) await turn();
});

test("a syntax error is thrown before there is a stream", () => {
  assert.throws(() => new Environment().fromString("{% if %}"), { code: "LMP_TEMPLATE_SYNTAX" });
  assert.throws(() => new Environment({ loader: new MemoryLoader({}) }).renderStream("none.html"), {
    code: "LMP_TEMPLATE_NOT_FOUND",
  });
});
