/** The props comment. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Props } from "../../src/template/nodes.ts";
import { parsed, refusal } from "./parser-shorthand.ts";

test("a props comment declares types and the module they come from", () => {
  const rows: [string, Omit<Props, "at"> | undefined][] = [
    ["{# props { a: string } #}", { declaration: "{ a: string }", module: undefined }],
    ['{# props { a: A } from "../models.ts" #}', { declaration: "{ a: A }", module: "../models.ts" }],
    ["{#- props{a: A}from './m.ts'; -#}", { declaration: "{a: A}", module: "./m.ts" }],
    [
      "a {#\n  props { a: { b: [c] }[]; d(): void } #}",
      { declaration: "{ a: { b: [c] }[]; d(): void }", module: undefined },
    ],
    [
      "{# props { a: \"}\" | '#}' | `\\`}` } #}",
      { declaration: "{ a: \"}\" | '#}' | `\\`}` }", module: undefined },
    ],
    [
      "{# props { // the user's }\n a: A /* } #} */ } #}",
      { declaration: "{ // the user's }\n a: A /* } #} */ }", module: undefined },
    ],
    ["{# props are described below #}", undefined],
    ["{# the props { a } #}", undefined],
    ["{# properties { a } #}", undefined],
    ["{% raw %}{# props { a: A } #}{% endraw %}", undefined],
  ];
  for (const [text, expected] of rows) {
    const { props } = parsed(text);
    assert.deepEqual(props, expected && { at: text.indexOf("{", text.indexOf("props")), ...expected }, text);
  }
});

test("a props comment leaves nothing in the page", () => {
  assert.deepEqual(
    parsed("a {#- props {} -#} b").body.map((found) => found.type === "Text" && found.value),
    ["a", "b"],
  );
});

test("a props comment that cannot be read is an error at its place", () => {
  const rows = [
    [
      "{# props { a: string #}\n{{ a }}",
      "1:10",
      "The type in the props comment is not closed: a `{`, `(`, `[` or string is still open.",
    ],
    [
      '{# props { a: "string } #}',
      "1:10",
      "The type in the props comment is not closed: a `{`, `(`, `[` or string is still open.",
    ],
    [
      "{# props {} #}\n{# props {} #}",
      "2:10",
      "The props are declared a second time; the first declaration is on line 1.",
    ],
    ['{# props {} form "x" #}', "1:13", "Behind the type of the props stands something other than a module."],
  ] as const;
  for (const [text, place, sentence] of rows) {
    const error = refusal(text);
    assert.equal(error.code, "LMP_TEMPLATE_PROPS_INVALID");
    assert.deepEqual([`${error.line}:${error.column}`, error.sentence], [place, sentence]);
  }
});
