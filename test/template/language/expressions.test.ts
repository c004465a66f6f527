/** Expressions: literals, operators, and how strongly they bind. */
import { test } from "node:test";
import { prints, refuses } from "./same-everywhere.ts";

const table: readonly (readonly [expression: string, text: string])[] = [
  ["1 + 2 * 3", "7"],
  ["(1 + 2) * 3", "9"],
  ["7 / 2", "3.5"],
  ["7 // 2", "3"],
  ["-7 // 2", "-4"],
  ["7 % 3", "1"],
  ["-7 % 3", "2"],
  ["2 ** 3 ** 2", "64"],
  ["-x", "-3"],
  ["+x", "3"],
  ["- -x", "3"],
  ["1 - 1 - 1", "-1"],
  ["'a' ~ 1 ~ none ~ true", "a1true"],
  ["1 ~ 2 * 3", "16"],
  ["'a' + 'b'", "ab"],
  ["'ab' * 2", "abab"],
  ["[1] + [2]", "[1,2]"],
  ["[1] * 2", "[1,1]"],
  ["'%s-%d' % ('a', 2)", "a-2"],
  ["1 < 2 < 3", "true"],
  ["1 < 3 < 2", "false"],
  ["1 == 1.0", "true"],
  ["'a' < 'b'", "true"],
  ["1 != 2", "true"],
  ["2 >= 2 and 2 <= 2", "true"],
  ["2 in [1, 2]", "true"],
  ["2 not in [1, 2]", "false"],
  ["'b' in 'abc'", "true"],
  ["'a' in {'a': 1}", "true"],
  ["not 2 in [1]", "true"],
  ["[1, 2] == [1, 2]", "true"],
  ["{'a': 1} == {'a': 1}", "true"],
  ["x is odd and x is number", "true"],
  ["x is divisibleby 3", "true"],
  ["x is not even", "true"],
  ["'a' | upper ~ 'b'", "Ab"],
  ["-x | abs", "3"],
  ["1 - x | abs", "-2"],
  ["x.y.z", "deep"],
];

test("operators, one by one", async () => {
  for (const [expression, text] of table) {
    const given = expression === "x.y.z" ? { x: { y: { z: "deep" } } } : { x: 3 };
    await prints(text, `{{ ${expression} }}`, given, { autoescape: false });
  }
});

test("literals", async () => {
  await prints("1 1.5 1000 -3", "{{ 1 }} {{ 1.5 }} {{ 1_000 }} {{ -3 }}");
  await prints("a'b a\"b a\\b", "{{ \"a'b\" }} {{ 'a\"b' }} {{ 'a\\\\b' }}", {}, { autoescape: false });
  await prints("truefalse", "{{ true }}{{ false }}{{ none }}");
  await prints("truefalse", "{{ True }}{{ False }}{{ None }}");
  await prints("[1,[2]] [1,2] [1] []", "{{ [1, [2]] }} {{ (1, 2) }} {{ (1,) }} {{ () }}");
  await prints('{"2":[],"a":1}', '{{ {"a": 1, 2: []} }}', {}, { autoescape: false });
});

test("attributes and items", async () => {
  const given = { o: { a: { b: 1 }, "x-y": 2, items: 3 }, l: ["p", "q"], m: new Map([["k", "v"]]), k: "a" };
  await prints("1 1 1 2", '{{ o.a.b }} {{ o["a"]["b"] }} {{ o[k].b }} {{ o["x-y"] }}', given);
  await prints("p q q p", "{{ l[0] }} {{ l[1] }} {{ l[-1] }} {{ l.0 }}", given);
  await prints("v 1", '{{ m["k"] }} {{ m.size }}', given);
  await prints("2 3", "{{ l.length }} {{ o.items }}", given);
  await prints("h o", '{{ "hello"[0] }} {{ "hello"[-1] }}');
  await prints("[]", '[{{ o.nothing }}{{ o["nothing"] }}{{ l[9] }}{{ l.nothing }}]', given);
});

test("slices", async () => {
  const given = { l: [0, 1, 2, 3], s: "abcd" };
  await prints(
    "[1,2] [0,1] [2,3] [3] [0,2] [3,2,1,0]",
    "{{ l[1:3] }} {{ l[:2] }} {{ l[2:] }} {{ l[-1:] }} {{ l[::2] }} {{ l[::-1] }}",
    given,
  );
  await prints("bc dcba", "{{ s[1:3] }} {{ s[::-1] }}", given);
  await refuses("LMP_TEMPLATE_VALUE_INVALID", /step/i, "{{ l[::0] }}", given);
});

test("calls take arguments by place, by name and spread", async () => {
  const f = (...given: unknown[]): string =>
    given.map((one) => (typeof one === "object" ? Object.entries(one as object).join() : one)).join("|");
  await prints("1|2", "{{ f(1, 2) }}", { f });
  await prints("1|a,2", "{{ f(1, a=2) }}", { f });
  await prints("1|2|a,3", '{{ f(*[1, 2], **{"a": 3}) }}', { f });
  await prints("1|2", "{{ o.f(1, *[2]) }}", { o: { f } });
  await prints("HI", '{{ "hi".upper() }}');
  const counter = { n: 7, read: (): number => counter.n };
  await prints("7", "{{ counter.read() }}", { counter });
});

test("filters and tests take arguments by place, by name and spread", async () => {
  await prints(
    "1.23 1.23 1.23 1.23",
    "{{ n | round(2) }} {{ n | round(precision=2) }} {{ n | round(*[2]) }} {{ n | round(**{'precision': 2}) }}",
    { n: 1.234 },
  );
  await prints("a-b", "{{ ['a', 'b'] | join('-') | lower }}");
  await prints("true true", "{{ 4 is divisibleby(2) }} {{ 4 is divisibleby(*[2]) }}");
});

test("what operators cannot take is refused", async () => {
  await refuses("LMP_TEMPLATE_VALUE_INVALID", /./, "{{ 1 + 'a' }}");
  await refuses("LMP_TEMPLATE_VALUE_INVALID", /./, "{{ 1 < 'a' }}");
  await refuses("LMP_TEMPLATE_VALUE_INVALID", /./, "{{ 1 / 0 }}");
  await refuses("LMP_TEMPLATE_VALUE_INVALID", /./, "{{ 1 in 2 }}");
  await refuses("LMP_TEMPLATE_UNDEFINED", /./, "{{ missing + 1 }}");
});
