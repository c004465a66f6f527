/** Tables of templates that are refused, with the place, the sentence and the remedy. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { refusal } from "./parser-shorthand.ts";

export type Refusal = readonly [template: string, place: string, sentence: string, fix: string];

export function refusals(what: string, rows: readonly Refusal[]): void {
  test(`${what}: the error says where, what and how to mend it`, () => {
    for (const [template, place, sentence, fix] of rows) {
      const error = refusal(template);
      assert.equal(error.code, "LMP_TEMPLATE_SYNTAX", template);
      assert.deepEqual(
        [`${error.line}:${error.column}`, error.sentence, error.fix],
        [place, sentence, fix],
        template,
      );
      assert.ok(error.message.startsWith(`page.html:${place}: ${sentence}\n`), template);
    }
  });
}
