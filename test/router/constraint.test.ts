/** Constraints: the subset of regular expressions that a parameter takes, and that it means the same there. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Router } from "limpid/router";

/** Whether a parameter with this constraint takes the value. */
function takes(constraint: string, value: string): boolean {
  return new Router<string>().add(`/:value(${constraint})`, "x").match(`/${value}`) !== undefined;
}

test("constraints that people write", () => {
  const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  assert.ok(takes(uuid, "6dcb09b5-b578-75f3-34f6-1aebed695e2e"));
  assert.ok(!takes(uuid, "6dcb09b5-b578-75f3-34f6-1aebed695e2"));
  assert.ok(takes("en|de|fr", "de") && !takes("en|de|fr", "d") && !takes("en|de|fr", "des"));
  assert.ok(takes("\\d{4}-\\d{2}", "2026-11") && !takes("\\d{4}-\\d{2}", "2026-1"));
  assert.ok(takes("v\\d+x?", "v12x") && !takes("v\\d+x?", "v"));
  assert.ok(takes("[^-]+", "né") && !takes("[^-]+", "a-b"));
});

test("property: a constraint takes what the regular expression of the same text takes", () => {
  const atom = fc.constantFrom(
    "a",
    "b",
    "\\d",
    "\\w",
    "\\W",
    "[a-c]",
    "[^ab]",
    "[\\d-]",
    "[-x]",
    ".",
    "\\.",
    "é",
  );
  const quantifier = fc.constantFrom("", "", "+", "*", "?", "{2}", "{1,3}", "{2,}", "{0,2}");
  const sequence = fc.array(fc.tuple(atom, quantifier), { minLength: 1, maxLength: 4 });
  const constraint = fc
    .array(sequence, { minLength: 1, maxLength: 3 })
    .map((alternatives) => alternatives.map((one) => one.map((pair) => pair.join("")).join("")).join("|"));
  const value = fc.string({ unit: fc.constantFrom(..."ab1cx-.é_ 9Z"), minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(constraint, fc.array(value, { minLength: 5, maxLength: 5 }), (source, values) => {
      const whole = new RegExp(`^(?:${source})$`);
      for (const each of values) assert.equal(takes(source, each), whole.test(each), `${source} ${each}`);
    }),
    { numRuns: 2000 },
  );
});

test("L11: what is outside the subset is refused with what was found", () => {
  const refused: [string, RegExp][] = [
    ["(a", /group/],
    ["^a", /anchor/],
    ["a$", /anchor/],
    ["\\b", /escape \\b/],
    ["\\p{L}", /escape \\p/],
    ["a++", /quantifier on a quantifier/],
    ["a+?", /quantifier on a quantifier/],
    ["*a", /without anything to repeat/],
    ["[]", /empty class/],
    ["[a", /in the middle/],
    ["a|", /empty alternative/],
    ["[z-a]", /range/],
    ["a{2", /\{n\}/],
    ["a{3,2}", /count/],
    ["a{999}", /256 steps/],
    ["[😀]", /U\+FFFF/],
    ["[ab]*a[ab]{20}", /512 states/],
  ];
  for (const [source, found] of refused) {
    assert.throws(
      () => new Router().add(`/:value(${source})`, "x"),
      { code: "LMP_ROUTER_CONSTRAINT_UNSAFE", found },
      source,
    );
  }
});
