/** What `{{ }}` prints of every kind of value. */
import { test } from "node:test";
import { Html } from "limpid/message";
import { prints, refuses } from "./same-everywhere.ts";

class Money {
  readonly cents = 150;
  toString(): string {
    return "1.50 <EUR>";
  }
}

class Silent {
  readonly secret = 1;
}

test("values print the JavaScript way", async () => {
  const source = "{{ x }}";
  await prints("&lt;b&gt;", source, { x: "<b>" });
  await prints("true", source, { x: true });
  await prints("0", source, { x: 0 });
  await prints("1e+21", source, { x: 1e21 });
  await prints("NaN", source, { x: Number.NaN });
  await prints("12345678901234567890", source, { x: 12345678901234567890n });
  await prints("", source, { x: null });
  await prints("", source, { x: undefined });
  await prints("<b>", source, { x: new Html("<b>") });
  await prints("2020-01-01T00:00:00.000Z", source, { x: new Date(Date.UTC(2020, 0)) });
  await prints("1.50 &lt;EUR&gt;", source, { x: new Money() });
});

test("arrays and objects print as JSON", async () => {
  const around = { autoescape: false } as const;
  await prints('[1,"a",null,true]', "{{ x }}", { x: [1, "a", null, true] }, around);
  await prints('{"a":{"b":[]}}', "{{ x }}", { x: { a: { b: [] } } }, around);
  await prints('{"k":1}', "{{ x }}", { x: new Map([["k", 1]]) }, around);
  await prints("[1,2]", "{{ x }}", { x: new Set([1, 2]) }, around);
  await prints("[1]", "{{ x }}", { x: [1n] }, around);
  await prints("{&#34;a&#34;:&#34;&lt;&#34;}", "{{ x }}", { x: { a: "<" } });
});

test("what has no text is refused", async () => {
  const code = "LMP_TEMPLATE_VALUE_INVALID";
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  await refuses(code, /function is printed/, "{{ x }}", { x: () => 1 });
  await refuses(code, /symbol is printed/, "{{ x }}", { x: Symbol("s") });
  await refuses(code, /no text of its own/, "{{ x }}", { x: new Silent() });
  await refuses(code, /./, "{{ x }}", { x: circle });
});

test("in element text the five characters of markup are escaped", async () => {
  await prints("&lt;&gt;&amp;&#34;&#39;", "{{ x }}", { x: `<>&"'` });
  await prints("<p>&amp;amp;</p>", "<p>{{ x }}</p>", { x: "&amp;" });
});

test("`safe` markup is not escaped, and joined text is", async () => {
  await prints("<b>", "{{ x | safe }}", { x: "<b>" });
  await prints("<b>&lt;", "{{ (x | safe) ~ '<' }}", { x: "<b>" });
  await prints("<b>", "{{ x | safe | upper | lower }}", { x: "<b>" });
  await prints("&lt;b&gt;", "{{ x | safe | string }}", { x: "<b>" });
  await prints("&lt;", "{{ x | escape | escape }}", { x: "<" });
});
