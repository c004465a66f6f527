/** The allow-listed methods of the built-in types. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Html } from "limpid/message";
import { attribute } from "../../../src/template/values/attribute.ts";
import { invoke, NamedArguments } from "../../../src/template/values/call.ts";

function call(object: unknown, name: string, ...values: unknown[]): unknown {
  return invoke(attribute(object, name), undefined, values, undefined, name);
}

test("Python's methods of texts", () => {
  const cases: [string, string, unknown[], unknown][] = [
    ["hello World", "capitalize", [], "Hello world"],
    ["they're bill's", "title", [], "They'Re Bill'S"],
    ["aB", "swapcase", [], "Ab"],
    ["hi", "center", [7, "*"], "***hi**"],
    ["hi", "center", [5], "  hi "],
    ["hi", "ljust", [4, "-"], "hi--"],
    ["hi", "rjust", [4], "  hi"],
    ["-5", "zfill", [4], "-005"],
    ["a,b,c", "split", [","], ["a", "b", "c"]],
    ["a,b,c", "split", [",", 1], ["a", "b,c"]],
    [" a  b c ", "split", [], ["a", "b", "c"]],
    [" a  b c ", "split", [null, 1], ["a", "b c "]],
    ["a,b,c", "rsplit", [",", 1], ["a,b", "c"]],
    ["a\nb\r\nc\n", "splitlines", [], ["a", "b", "c"]],
    ["a\nb", "splitlines", [true], ["a\n", "b"]],
    ["aXbXc", "replace", ["X", "$&"], "a$&b$&c"],
    ["aaa", "replace", ["a", "b", 2], "bba"],
    ["xxhixx", "strip", ["x"], "hi"],
    [" hi ", "lstrip", [], "hi "],
    ["hi..", "rstrip", ["."], "hi"],
    ["a-b-c", "partition", ["-"], ["a", "-", "b-c"]],
    ["a-b-c", "rpartition", ["-"], ["a-b", "-", "c"]],
    ["abc", "rpartition", ["-"], ["", "", "abc"]],
    ["banana", "count", ["an"], 2],
    ["abc", "count", [""], 4],
    ["banana", "find", ["an", 2], 3],
    ["banana", "rfind", ["an"], 3],
    ["banana", "find", ["x"], -1],
    ["a.html", "endswith", [[".txt", ".html"]], true],
    ["a.html", "startswith", ["html", 2], true],
    ["a.html", "removesuffix", [".html"], "a"],
    ["a\tb", "expandtabs", [4], "a   b"],
    ["Abc", "isalpha", [], true],
    ["12", "isdigit", [], true],
    ["a1", "isalnum", [], true],
    ["ab1", "islower", [], true],
    ["1", "isupper", [], false],
    ["Hello World", "istitle", [], true],
    [", ", "join", [[1, "a", null]], "1, a, "],
  ];
  for (const [text, name, values, expected] of cases) {
    assert.deepEqual(call(text, name, ...values), expected, `${text}.${name}`);
  }
  const named = new NamedArguments({ maxsplit: 1, sep: "," });
  assert.deepEqual(invoke(attribute("a,b,c", "split"), undefined, [], named, "split"), ["a", "b,c"]);
});

test("JavaScript's methods of texts, numbers and dates", () => {
  assert.equal(call("abc", "toUpperCase"), "ABC");
  assert.equal(call("abc", "slice", -2), "bc");
  assert.equal(call("abc", "padStart", 5, "."), "..abc");
  assert.equal(call("a.b", "replaceAll", ".", "$&"), "a$&b");
  assert.equal(call("abc", "includes", new Html("b")), true);
  assert.equal(call(1.005, "toFixed", 1), "1.0");
  assert.equal(call(255, "toString", 16), "ff");
  assert.equal(call(1234.5, "toLocaleString", "en"), "1,234.5");
  assert.equal(call(new Date(0), "toISOString"), "1970-01-01T00:00:00.000Z");
  assert.equal(attribute(new Date(2024, 1, 29), "day"), 29);
});

test("strftime knows the directives of C", () => {
  const date = new Date(2021, 0, 3, 13, 4, 5, 7);
  assert.equal(
    call(
      date,
      "strftime",
      "%Y-%m-%d %H:%M:%S.%f %y %b %B %a %A %j %I %p %w %u %U %W %V %G %% %-d %e %F %T %Q",
    ),
    "2021-01-03 13:04:05.007000 21 Jan January Sun Sunday 003 01 PM 0 7 01 00 53 2020 % 3  3 2021-01-03 13:04:05 %Q",
  );
});

test("methods of arrays, objects, maps and sets", () => {
  assert.equal(call([1, 2, true], "count", 1), 2);
  assert.equal(call(["a", [1]], "index", [1]), 1);
  assert.deepEqual(call([10, 9, 1], "toSorted"), [1, 9, 10]);
  assert.equal(call([1, null, "a"], "join", "-"), "1--a");
  const list: unknown[] = [2, 1];
  for (const [name, ...values] of [
    ["append", 3],
    ["extend", [4, 5]],
    ["insert", 0, 0],
    ["remove", 5],
  ] as const) {
    assert.equal(call(list, name, ...values), undefined);
  }
  assert.deepEqual(list, [0, 2, 1, 3, 4]);
  assert.deepEqual(
    [call(list, "pop"), call(list, "pop", 0), call(list, "sort"), list],
    [4, 0, list, [1, 2, 3]],
  );
  call(list, "extend", list);
  assert.equal(list.length, 6);
  const object: Record<string, unknown> = { a: 1 };
  assert.deepEqual(call(object, "items"), [["a", 1]]);
  assert.equal(call(object, "get", "b", "none"), "none");
  assert.equal(call(object, "get", "toString"), null);
  invoke(attribute(object, "update"), undefined, [{ b: 2 }], new NamedArguments({ c: 3 }), "update");
  assert.deepEqual(
    [object, call(object, "pop", "a"), call(object, "setdefault", "d", 4)],
    [{ b: 2, c: 3, d: 4 }, 1, 4],
  );
  assert.deepEqual(call(new Map([["a", 1]]), "items"), [["a", 1]]);
  assert.deepEqual(call(new Set([1, 2]), "union", [3]), new Set([1, 2, 3]));
  assert.deepEqual(call(new Set([1, 2]), "symmetric_difference", [2, 3]), new Set([1, 3]));
});

test("frozen data stays as it is, and what is missing is told", () => {
  assert.throws(() => call(Object.freeze([1]), "append", 2), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  assert.throws(() => call(Object.freeze({ a: 1 }), "clear"), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  assert.throws(() => call([1], "index", 2), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  assert.throws(() => call({}, "pop", "a"), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  assert.throws(() => call("a", "index", "b"), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  assert.throws(() => call("a", "startswith", 1), {
    code: "LMP_TEMPLATE_ARGUMENT_INVALID",
    found: "a number",
  });
  assert.throws(() => call(1, "toFixed", 101), { code: "LMP_TEMPLATE_ARGUMENT_INVALID" });
});

test("results are bounded", () => {
  const most = 10 ** 9;
  for (const [name, ...values] of [
    ["repeat", most],
    ["padEnd", most],
    ["center", most],
    ["zfill", most],
  ] as const) {
    assert.throws(() => call("ab", name, ...values), { code: "LMP_TEMPLATE_ARGUMENT_INVALID" }, name);
  }
  const doubled = Array.from({ length: 40 }).reduce<unknown>((inner) => [inner, inner], [1]);
  assert.throws(() => call(doubled, "flat", 100), { code: "LMP_TEMPLATE_ARGUMENT_INVALID" });
  assert.throws(() => call(doubled, "join"), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  const long = "a".repeat(10_000);
  assert.throws(() => call(long, "replace", "a", long), { code: "LMP_TEMPLATE_ARGUMENT_INVALID" });
  assert.throws(() => call(long, "replaceAll", "a", long), { code: "LMP_TEMPLATE_ARGUMENT_INVALID" });
  assert.throws(() => call(long, "join", Array(10_000).fill("")), { code: "LMP_TEMPLATE_ARGUMENT_INVALID" });
  assert.throws(() => call("\t".repeat(1000), "expandtabs", most), { code: "LMP_TEMPLATE_ARGUMENT_INVALID" });
});

test("methods of markup give markup only where all that they add is escaped", () => {
  const html = new Html(" <b>x</b> ");
  const kept = [
    [call(html, "strip"), "<b>x</b>"],
    [call(html, "replace", "x", "<i>"), " <b>&lt;i&gt;</b> "],
    [call(new Html("<br>"), "join", ["<", new Html("<i>")]), "&lt;<br><i>"],
    [
      call(new Html("<b>{}</b>{x}"), "format", "<", new NamedArguments({ x: new Html("<i>") })),
      "<b>&lt;</b><i>",
    ],
  ];
  for (const [value, text] of kept) {
    assert.ok(value instanceof Html);
    assert.equal(String(value), text);
  }
  assert.equal(call(html, "upper"), " <B>X</B> ");
  assert.equal(call(html, "strip", " <"), "b>x</b>");
  assert.deepEqual(call(html, "split"), ["<b>x</b>"]);
  assert.equal(call("<{}>", "format", new Html("<b>")), "<<b>>");
});
