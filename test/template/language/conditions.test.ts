/** `if`, the inline `if`, and what counts as true. */
import { test } from "node:test";
import { Html } from "limpid/message";
import { prints } from "./same-everywhere.ts";

test("the first branch that is true is taken", async () => {
  const source = "{% if x == 1 %}one{% elif x == 2 %}two{% elif x == 3 %}three{% else %}more{% endif %}";
  await prints("one", source, { x: 1 });
  await prints("two", source, { x: 2 });
  await prints("three", source, { x: 3 });
  await prints("more", source, { x: 4 });
  await prints("", "{% if x %}yes{% endif %}", { x: false });
});

test("branches that are not taken are not computed", async () => {
  await prints("yes", "{% if true %}yes{% elif missing.name %}no{% else %}{{ missing.name }}{% endif %}");
});

test("empty things are false, as in Python", async () => {
  const source = "{% if x %}true{% else %}false{% endif %}{{ ' ' ~ ('true' if x else 'false') }}";
  for (const x of [undefined, null, false, 0, 0n, Number.NaN, "", [], {}, new Map(), new Set(), new Html("")])
    await prints("false false", source, { x });
  for (const x of [
    true,
    1,
    -1,
    1n,
    "0",
    " ",
    [0],
    { a: undefined },
    new Map([[1, 1]]),
    new Date(0),
    () => 0,
    new Html("x"),
  ])
    await prints("true true", source, { x });
});

test("`and` and `or` give one of their operands, and `not` a boolean", async () => {
  await prints(
    "b|a|0|b|",
    "{{ 'a' and 'b' }}|{{ 'a' or 'b' }}|{{ 0 and missing.x }}|{{ 0 or 'b' }}|{{ missing or none }}",
  );
  await prints("false true", "{{ not 1 }} {{ not '' }}");
  await prints("true", "{{ not 1 == 2 }}");
  await prints("yes", "{% if not (a and b) or c %}yes{% endif %}", { a: 1, b: 0 });
});

test("the inline `if` may stand without `else`", async () => {
  await prints("a||b", "{{ 'a' if true }}|{{ 'a' if false }}|{{ 'a' if false else 'b' }}");
  await prints("c", "{{ 'a' if x == 1 else 'b' if x == 2 else 'c' }}", { x: 3 });
  await prints("safe", "{{ missing.name if false else 'safe' }}");
});

test("an attribute that is not there is false", async () => {
  await prints("no", "{% if user.admin %}yes{% else %}no{% endif %}", { user: {} });
  await prints("no", "{% if user.admin %}yes{% else %}no{% endif %}", {});
  await prints("no", "{{ 'yes' if user['admin'] else 'no' }}", { user: {} }, { strict: true });
  await prints("none", "{{ user.nick or 'none' }}", { user: {} }, { strict: true });
});
