import assert from "node:assert/strict";
import { test } from "node:test";
import { Template } from "limpid/template";
import { prints } from "./same-everywhere.ts";

const chain = (length: number): string =>
  `{% if a == 0 %}0${Array.from({ length }, (_, index) => `{% elif a == ${index + 1} %}${index + 1}`).join("")}{% else %}x{% endif %}`;

test("an `if` can have as many branches as anybody writes", async () => {
  await prints("1500", chain(1_500), { a: 1_500 });
  await prints("x", chain(1_500), { a: -1 });
});

test("more branches than compiled code can hold are refused, with their place", () => {
  assert.throws(() => new Template(chain(20_000)), {
    code: "LMP_TEMPLATE_SYNTAX",
    sentence: "An `if` has too many branches.",
    line: 1,
  });
});
