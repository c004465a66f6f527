/** `for`: what it walks through, `else`, unpacking, conditions, recursion, `break` and `continue`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { prints, refuses, sameEverywhere } from "./same-everywhere.ts";

test("it walks through everything that has items", async () => {
  const source = "{% for x in xs %}{{ x }},{% else %}none{% endfor %}";
  await prints("1,2,", source, { xs: [1, 2] });
  await prints("1,2,", source, { xs: new Set([1, 2]) });
  await prints("a,b,", source, { xs: { a: 1, b: 2 } });
  await prints("a,b,", source, { xs: new Map(Object.entries({ a: 1, b: 2 })) });
  await prints("h,😀,", source, { xs: "h😀" });
  await prints("1,2,", source, () => ({ xs: numbers() }));
  await prints("0,1,2,", "{% for x in range(3) %}{{ x }},{% endfor %}");
  await prints("1,2,", "{% for x in 1, 2 %}{{ x }},{% endfor %}");
});

function* numbers(): Generator<number> {
  yield 1;
  yield 2;
}

test("`else` stands where there was no item", async () => {
  const source = "{% for x in xs %}{{ x }}{% else %}none{% endfor %}";
  for (const xs of [[], "", {}, new Set(), new Map(), undefined]) await prints("none", source, { xs });
  await prints("none", "{% for x in [1, 2] if x > 2 %}{{ x }}{% else %}none{% endfor %}");
  await prints("none2", "{% for x in [] %}{{ loop.index }}{% else %}{% set n = 2 %}none{{ n }}{% endfor %}");
});

test("null, numbers and booleans have no items", async () => {
  const source = "{% for x in xs %}{{ x }}{% endfor %}";
  for (const xs of [null, 1, true])
    await refuses("LMP_TEMPLATE_VALUE_INVALID", /walked through/, source, { xs });
});

test("several targets take an item apart", async () => {
  await prints("a=1;b=2;", "{% for k, v in o | items %}{{ k }}={{ v }};{% endfor %}", { o: { a: 1, b: 2 } });
  await prints("a=1;", "{% for k, v in o.items() %}{{ k }}={{ v }};{% endfor %}", { o: { a: 1 } });
  await prints("123", "{% for a, (b, c) in [[1, [2, 3]]] %}{{ a }}{{ b }}{{ c }}{% endfor %}");
  await prints("12", "{% for (a, b) in [(1, 2)] %}{{ a }}{{ b }}{% endfor %}");
  await prints("xy", '{% for a, b in ["xy"] %}{{ a }}{{ b }}{% endfor %}');
  await refuses("LMP_TEMPLATE_VALUE_INVALID", /parts/, "{% for a, b in [[1, 2, 3]] %}{% endfor %}");
});

test("a condition leaves items out, and `loop` counts the others", async () => {
  await prints("24", "{% for x in range(6) if x % 2 == 0 and x %}{{ x }}{% endfor %}");
  await prints(
    "1/2:0 2/2:2 ",
    "{% for x in [0, 1, 2] if x != 1 %}{{ loop.index }}/{{ loop.length }}:{{ x }} {% endfor %}",
  );
  await prints("b", "{% for k, v in o | items if v > 1 %}{{ k }}{% endfor %}", { o: { a: 1, b: 2 } });
  await prints("1", "{% for k, v in o | items if v > 1 %}{{ loop.index }}{% endfor %}", {
    o: { a: 1, b: 2 },
  });
});

test("in a condition `loop` is that of the loop outside", async () => {
  await prints(
    "12",
    "{% for x in [1, 2] %}{% for y in [1, 2] if y == loop.index %}{{ y }}{% endfor %}{% endfor %}",
  );
});

test("`break` ends the loop and `continue` the round", async () => {
  await prints("12", "{% for x in [1, 2, 3] %}{% if x == 3 %}{% break %}{% endif %}{{ x }}{% endfor %}");
  await prints("13", "{% for x in [1, 2, 3] %}{% if x == 2 %}{% continue %}{% endif %}{{ x }}{% endfor %}");
  await prints(
    "1,3,",
    "{% for x in [1, 2, 3] %}{% if x == 2 %}{% continue %}{% endif %}{{ loop.index }},{% endfor %}",
  );
  await prints("", "{% for x in [1] %}{% break %}{% else %}none{% endfor %}");
  await prints(
    "aabb",
    '{% for x in "ab" %}{% for y in [1, 2, 3] %}{% if y == 3 %}{% break %}{% endif %}{{ x }}{% endfor %}{% endfor %}',
  );
});

test("`break` in captured text drops what was captured", async () => {
  await prints(
    "A1",
    "{% for i in [1, 2] %}{% filter upper %}a{{ i }}{% if i == 2 %}{% break %}{% endif %}{% endfilter %}{% endfor %}",
  );
});

const tree = [
  { v: 1, c: [{ v: 2, c: [{ v: 3, c: [] }] }] },
  { v: 4, c: [] },
];

test("a recursive loop calls itself for the items below", async () => {
  await prints("[1[2[3]]][4]", "{% for x in t recursive %}[{{ x.v }}{{ loop(x.c) }}]{% endfor %}", {
    t: tree,
  });
  await prints(
    "1:0 2:1 3:2 4:0 ",
    "{% for x in t recursive %}{{ x.v }}:{{ loop.depth0 }} {{ loop(x.c) }}{% endfor %}",
    { t: tree },
  );
  await prints(
    "1.1;1.2;1.3;2.1;",
    "{% for x in t recursive %}{{ loop.index }}.{{ loop.depth }};{{ loop(x.c) }}{% endfor %}",
    { t: tree },
  );
  await prints(
    "12(3)4",
    "{% for x in t recursive %}{{ x.v }}{% if x.v == 2 %}({{ loop(x.c) }}){% else %}{{ loop(x.c) }}{% endif %}{% endfor %}",
    { t: tree },
  );
  await prints("1-", "{% for x in t recursive %}{{ x.v }}{{ loop(x.c) }}{% else %}-{% endfor %}", {
    t: [{ v: 1, c: [] }],
  });
});

test("what a recursive loop writes can be captured, and called from other bodies", async () => {
  await prints(
    "(1(2(3)))(4)",
    "{% for x in t recursive %}{% set below %}{{ x.v }}{{ loop(x.c) }}{% endset %}({{ below }}){% endfor %}",
    { t: tree },
  );
  const box = "{% macro box() %}[{{ caller() }}]{% endmacro %}";
  await prints(
    "[1[2[3]]][4]",
    `${box}{% for x in t recursive %}{% call box() %}{{ x.v }}{{ loop(x.c) }}{% endcall %}{% endfor %}`,
    { t: tree },
  );
  await prints(
    "A(B)",
    "{% for x in t recursive %}{{ x.v | upper }}{% if x.c %}({{ loop(x.c) | upper }}){% endif %}{% endfor %}",
    { t: [{ v: "a", c: [{ v: "b", c: [] }] }] },
  );
});

test("a name of the inner loop hides that of the outer one, and comes back", async () => {
  await prints(
    "1(12)2(12)",
    "{% for x in [1, 2] %}{{ x }}({% for x in [1, 2] %}{{ x }}{% endfor %}){% endfor %}",
  );
  await prints(
    "1.1 1.2 2.1 2.2 ",
    "{% for x in [1, 2] %}{% set outer = loop %}{% for y in [1, 2] %}{{ outer.index }}.{{ loop.index }} {% endfor %}{% endfor %}",
  );
});

test("a long list does not fill the stack", async () => {
  const text = await sameEverywhere("{% for x in range(20000) %}{{ loop.index0 - x }}{% endfor %}");
  assert.equal(text, "0".repeat(20_000));
});
