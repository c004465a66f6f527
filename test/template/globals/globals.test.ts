/** range, dict, lipsum, cycler, joiner and namespace. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Html } from "limpid/message";
import { globals } from "../../../src/template/globals.ts";
import { attribute } from "../../../src/template/values/attribute.ts";
import { invoke, NamedArguments } from "../../../src/template/values/call.ts";
import { Namespace } from "../../../src/template/values/namespace.ts";

function call(name: string, positional: unknown[] = [], named?: Record<string, unknown>): unknown {
  return invoke(globals.get(name), undefined, positional, named && new NamedArguments(named), name);
}

const invalid = { code: "LMP_TEMPLATE_ARGUMENT_INVALID" };

test("range counts like Python's", () => {
  assert.deepEqual(call("range", [3]), [0, 1, 2]);
  assert.deepEqual(call("range", [1, 3]), [1, 2]);
  assert.deepEqual(call("range", [5, 0, -2]), [5, 3, 1]);
  assert.deepEqual(call("range", [0, 5, 2]), [0, 2, 4]);
  assert.deepEqual(call("range", [3, 0]), []);
  assert.throws(() => call("range", [0, 1, 0]), invalid);
  assert.throws(() => call("range", ["3"]), { code: "LMP_TEMPLATE_VALUE_INVALID" });
});

test("range refuses more than a million numbers before it takes memory for them", () => {
  const before = process.memoryUsage().heapUsed;
  for (const most of [1_000_001, 10 ** 9, 2 ** 53, 10n ** 30n])
    assert.throws(() => call("range", [most]), invalid);
  assert.ok(process.memoryUsage().heapUsed - before < 5_000_000);
  assert.equal((call("range", [1_000_000]) as unknown[]).length, 1_000_000);
});

test("dict makes an object of named arguments and of pairs", () => {
  assert.deepEqual(call("dict", [], { a: 1 }), { a: 1 });
  assert.deepEqual(call("dict", [{ a: 1, b: 1 }], { b: 2 }), { a: 1, b: 2 });
  assert.deepEqual(
    call("dict", [
      [
        ["a", 1],
        [2, "two"],
      ],
    ]),
    { a: 1, 2: "two" },
  );
  assert.deepEqual(call("dict", [new Map([["a", 1]])]), { a: 1 });
  assert.throws(() => call("dict", [[["a"]]]), { code: "LMP_TEMPLATE_VALUE_INVALID" });
});

test("cycler goes round, tells the current value and begins again", () => {
  const cycler = call("cycler", ["odd", "even"]);
  const next = (): unknown => invoke(attribute(cycler, "next"), undefined, [], undefined, "next");
  assert.deepEqual([attribute(cycler, "current"), next(), next(), next()], ["odd", "odd", "even", "odd"]);
  invoke(attribute(cycler, "reset"), undefined, [], undefined, "reset");
  assert.equal(attribute(cycler, "current"), "odd");
  assert.throws(() => call("cycler"), invalid);
});

test("joiner gives nothing the first time", () => {
  const comma = call("joiner") as () => unknown;
  assert.deepEqual([comma(), comma(), comma()], ["", ", ", ", "]);
  const bar = call("joiner", [], { sep: "|" }) as () => unknown;
  assert.deepEqual([bar(), bar()], ["", "|"]);
});

test("namespace holds what it is given", () => {
  const made = call("namespace", [{ a: 1 }], { b: 2 });
  assert.ok(made instanceof Namespace);
  made.set("c", 3);
  assert.deepEqual(
    [...made.entries()],
    [
      ["a", 1],
      ["b", 2],
      ["c", 3],
    ],
  );
  assert.deepEqual([...(call("namespace", [made]) as Namespace).entries()].length, 3);
});

test("lipsum writes the paragraphs and words that are asked for, the same every time", () => {
  const html = call("lipsum");
  assert.ok(html instanceof Html);
  assert.equal(String(html).match(/<p>[A-Z][^<]*\.<\/p>/g)?.length, 5);
  assert.equal(String(call("lipsum")), String(html));
  const text = call("lipsum", [3], { html: false, min: 5, max: 8 });
  assert.ok(typeof text === "string");
  const paragraphs = text.split("\n\n");
  assert.equal(paragraphs.length, 3);
  for (const paragraph of paragraphs) {
    const words = paragraph.split(" ").length;
    assert.ok(words >= 5 && words < 8, paragraph);
  }
  assert.throws(() => call("lipsum", [10 ** 9]), invalid);
});
