/** No chain of filters makes trusted markup out of text, but `safe`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Html } from "limpid/message";
import { filters } from "../../../src/template/filters.ts";
import { TemplateError } from "../../../src/template/template-error.ts";
import { apply, html, named } from "./apply.ts";

const marker = "<x-evil a=\"b\" on='c'>&";

/** Anything in brackets, or one of its halves left alone by a cut, would be seen by a browser. */
function holdsMarker(markup: string): boolean {
  return /<\s*\/?\s*x-?\s*e?/i.test(markup);
}

/** The same numbers for every run. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const values: readonly unknown[] = [
  marker,
  `a\n${marker}\n`,
  [marker, html("<b>ok</b>")],
  [marker, marker],
  { [marker]: marker, href: `javascript:${marker}` },
  new Map([["title", marker]]),
  html("<b>ok</b>\n"),
  html('<i title="&lt;x-evil&gt;">%s http://a.de/</i>'),
  html("&lt;x-evil&gt; http://a.de/?&lt;x-evil&gt; a@b.de"),
  `http://a.de/${marker}`,
  `%s ${marker}`,
  "&lt;x-evil&gt;",
  5,
  null,
  undefined,
];

const extras: readonly unknown[] = [
  marker,
  html("<br>"),
  1,
  2,
  true,
  ["tel:"],
  "",
  "b",
  "&",
  ";",
  "t",
  "escape",
];
const parameters = [
  "d",
  "old",
  "new",
  "width",
  "chars",
  "end",
  "attribute",
  "rel",
  "target",
  "indent",
  "default",
];
const names = [...filters.keys()].filter((name) => name !== "safe" && name !== "random");

test("a hundred thousand chains leave the marker escaped", () => {
  const random = randomOf(5);
  const one = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  let markup = 0;
  for (let round = 0; round < 100_000; round++) {
    let value = one(values);
    const chain: string[] = [];
    for (let step = random(4); step >= 0; step--) {
      const name = one(names);
      const rest = Array.from({ length: random(3) }, () => one(extras));
      if (random(4) === 0) rest.push(named({ [one(parameters)]: one(extras) }));
      chain.push(name);
      try {
        value = apply([value, name, ...rest]);
      } catch (error) {
        assert.ok(error instanceof TemplateError, `${chain.join(" | ")}: ${error}`);
        break;
      }
    }
    for (const each of Array.isArray(value) ? value.flat(3) : [value]) {
      if (!(each instanceof Html)) continue;
      markup++;
      assert.ok(!holdsMarker(String(each)), `${chain.join(" | ")}: ${each}`);
    }
  }
  assert.ok(markup > 10_000, "too few chains gave markup");
});

test("the marker is found where it is trusted", () => {
  assert.ok(holdsMarker(String(apply([marker, "safe"]))));
});
