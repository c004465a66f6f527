/** Redaction of what is too deep, too wide, circular, hostile or simply odd. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { redact, redactText } from "limpid/log";

test("a cycle is named; the same object twice is no cycle", () => {
  const cyclic: Record<string, unknown> = { name: "a", list: [] };
  cyclic.self = cyclic;
  (cyclic.list as unknown[]).push(cyclic);
  assert.equal(JSON.stringify(redact(cyclic)), '{"name":"a","list":["[circular]"],"self":"[circular]"}');
  const twice = { at: 1 };
  assert.equal(JSON.stringify(redact([twice, twice])), '[{"at":1},{"at":1}]');
});

test("depth, breadth, objects and text are bounded, and the bound is told", () => {
  let deep: object = {};
  for (let level = 0; level < 100_000; level++) deep = { deep };
  assert.match(JSON.stringify(redact(deep)), /"\[too deep\]"\}{8}$/);
  const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`n${index}`, index]));
  assert.equal((redact(wide) as Record<string, unknown>)["…"], "900 more");
  assert.equal((redact(Array.from({ length: 101 }, () => 0)) as unknown[]).at(-1), "… 1 more");
  assert.equal(Object.keys(redact(new Map(Object.entries(wide))) as object).length, 101);
  assert.equal((redact(new Set(Object.keys(wide))) as unknown[]).length, 101);
  const bushy = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => ({})));
  assert.match(JSON.stringify(redact(bushy)), /\[too large\]/);
  assert.match(String(redact("x".repeat(20_000))), /^x{16384}… 3616 more characters$/);
});

test("getters, proxies and toJSON that throw do not", () => {
  const getter = Object.defineProperty({ b: 1 }, "a", {
    enumerable: true,
    get() {
      throw new Error("no");
    },
  });
  assert.equal(JSON.stringify(redact(getter)), '{"b":1,"a":"[unreadable]"}');
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  assert.equal(redact(proxy), "[unreadable]");
  assert.equal(JSON.stringify(redact({ proxy })), '{"proxy":"[unreadable]"}');
  const thrower = {
    toJSON: () => {
      throw new Error("no");
    },
  };
  assert.equal(redact(thrower), "[unreadable]");
  const endless = { toJSON: () => ({ ...endless }) };
  assert.equal(redact(endless), "[too deep]");
});

test("every kind of value has a form", () => {
  const odd = {
    big: 10n,
    symbol: Symbol("s"),
    not: Number.NaN,
    never: Number.POSITIVE_INFINITY,
    when: new Date(0),
    unknown: new Date(Number.NaN),
    pattern: /a+/g,
    bytes: new Uint8Array(3),
    buffer: new ArrayBuffer(2),
    nothing: null,
    missing: undefined,
    call: () => 1,
  };
  assert.deepEqual(JSON.parse(JSON.stringify(redact(odd))), {
    big: "10",
    symbol: "Symbol(s)",
    not: "NaN",
    never: "Infinity",
    when: "1970-01-01T00:00:00.000Z",
    unknown: "Invalid Date",
    pattern: "/a+/g",
    bytes: "[3 bytes]",
    buffer: "[2 bytes]",
    nothing: null,
  });
});

test("a generator is not consumed, and headers sent twice keep both values", () => {
  function* numbers(): Generator<number> {
    yield 1;
  }
  const generator = numbers();
  redact({ generator });
  assert.deepEqual([...generator], [1]);
  const form = new FormData();
  form.append("tag", "a");
  form.append("tag", "b");
  assert.equal(JSON.stringify(redact(form)), '{"tag":["a","b"]}');
});

test("a key named __proto__ reaches no prototype", () => {
  const copy = redact(JSON.parse('{"__proto__":{"admin":true}}')) as object;
  assert.equal(Object.getPrototypeOf(copy), null);
  assert.equal(JSON.stringify(copy), '{"__proto__":{"admin":true}}');
  assert.equal(Reflect.get({}, "admin"), undefined);
});

test("property: any value has a redacted form, which is JSON and the same when redacted again", () => {
  fc.assert(
    fc.property(fc.anything({ withMap: true, withSet: true, withDate: true, withBigInt: true }), (value) => {
      const once = JSON.stringify(redact(value)) ?? "null";
      const again = JSON.stringify(redact(JSON.parse(once)));
      assert.equal(again, once);
    }),
    { numRuns: 300 },
  );
});

test("the time to redact a text grows with its length alone", () => {
  const length = 300_000;
  const nasty = ["://", "a@", '"a":"', "=a=", "a-", "Bearer ", "cookie:", "a[", '"', "\\"].map((part) =>
    part.repeat(length / part.length),
  );
  for (const text of [...nasty, ...nasty.map((part) => `://${part}`)]) {
    const begun = performance.now();
    redactText(text);
    // Quadratic work on this length takes minutes; the bound leaves room for a busy machine.
    assert.ok(performance.now() - begun < 5_000, text.slice(0, 10));
  }
});
