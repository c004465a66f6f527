/** `object[start:stop:step]`, beside a plain model of Python's rules. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Html } from "limpid/message";
import { slice } from "../../../src/template/values/item.ts";

/** Which indexes a slice takes: those that are met on the way from start to stop and lie inside. */
function model(length: number, start: number | undefined, stop: number | undefined, step: number): number[] {
  const fromEnd = (index: number): number => (index < 0 ? index + length : index);
  const far = 1000;
  const from = start === undefined ? (step > 0 ? 0 : length - 1) : fromEnd(start);
  const to = stop === undefined ? (step > 0 ? far : -far) : fromEnd(stop);
  // A start beyond the end that is gone away from is the end itself.
  const begin = step > 0 ? Math.max(from, 0) : Math.min(from, length - 1);
  const end = stop === undefined ? to : step > 0 ? Math.max(to, 0) : Math.max(to, -1);
  const taken: number[] = [];
  for (let at = begin; step > 0 ? at < end && at < length : at > end && at >= 0; at += step) taken.push(at);
  return taken;
}

const bound = fc.option(fc.integer({ min: -15, max: 15 }), { nil: undefined });
const step = fc.integer({ min: -4, max: 4 }).filter((value) => value !== 0);

test("slices of arrays and texts agree with the model", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 }), bound, bound, step, (length, start, stop, by) => {
      const indexes = model(length, start, stop, by);
      const list = Array.from({ length }, (_, index) => index);
      assert.deepEqual(slice(list, start, stop, by), indexes);
      const text = "abcdefghij".slice(0, length);
      assert.equal(slice(text, start, stop, by), indexes.map((index) => text[index]).join(""));
      const faces = [..."😀a😁b😂c😃d😄e"].slice(0, length);
      assert.equal(slice(faces.join(""), start, stop, by), indexes.map((index) => faces[index]).join(""));
    }),
    { numRuns: 2000 },
  );
});

test("what Python does with a few, by hand", () => {
  assert.equal(slice("hello"), "hello");
  assert.equal(slice("hello", 1, -1), "ell");
  assert.equal(slice("hello", undefined, undefined, -1), "olleh");
  assert.equal(slice("hello", 10), "");
  assert.deepEqual(slice([1, 2, 3, 4, 5], -2), [4, 5]);
  assert.deepEqual(slice([1, 2, 3, 4, 5], 4, 0, -2), [5, 3]);
  assert.deepEqual(slice([1, 2], 10n, -10n, -1), [2, 1]);
});

test("a slice of markup is text: half of a tag is no markup", () => {
  assert.equal(slice(new Html("<b>x</b>"), 0, 2), "<b");
});

test("what cannot be sliced says so", () => {
  assert.throws(() => slice([1], 0, 1, 0), { code: "LMP_TEMPLATE_VALUE_INVALID", found: "0" });
  assert.throws(() => slice([1], "a"), { code: "LMP_TEMPLATE_VALUE_INVALID", found: "a string" });
  assert.throws(() => slice([1], 0.5), { code: "LMP_TEMPLATE_VALUE_INVALID" });
  assert.throws(() => slice({ a: 1 }), { code: "LMP_TEMPLATE_VALUE_INVALID", found: "an object" });
  assert.throws(() => slice(undefined), { code: "LMP_TEMPLATE_UNDEFINED" });
});
