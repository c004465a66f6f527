/** `preferences`: the elements of an `Accept*` field with their quality. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { preferences } from "limpid/http";
import { hostileText } from "./hostile-text.ts";

const read = (header: string | null) =>
  preferences(header).map(({ value, quality }) => `${value} ${quality}`);

test("the most wanted come first, equals in their order", () => {
  assert.deepEqual(read("da, en-GB;q=0.8, en;q=0.7, fr, *;q=0"), [
    "da 1",
    "fr 1",
    "en-gb 0.8",
    "en 0.7",
    "* 0",
  ]);
  assert.deepEqual(read(null), []);
});

test("parameters other than q belong to the value", () => {
  const [preference] = preferences('text/html; Level="1, 2" ; q=0.5; x=y');
  assert.equal(preference?.value, "text/html");
  assert.equal(preference?.quality, 0.5);
  assert.deepEqual(
    [...preference!.parameters],
    [
      ["level", "1, 2"],
      ["x", "y"],
    ],
  );
});

test("a quality has at most three decimals and is at most 1 (RFC 9110 §12.4.2)", () => {
  const accepted = {
    "0": 0,
    "1": 1,
    "0.": 0,
    "1.": 1,
    "0.5": 0.5,
    "0.123": 0.123,
    "1.000": 1,
    ".2": 0.2,
    '"0.5"': 0.5,
  };
  for (const [text, quality] of Object.entries(accepted))
    assert.deepEqual(read(`a;q=${text}`), [`a ${quality}`], text);
  for (const text of [
    "",
    "2",
    "1.1",
    "1.001",
    "0.1234",
    "-0",
    "+1",
    "0,5",
    "1e0",
    "0x1",
    "00",
    "01",
    "10",
    "..5",
    ".",
    "NaN",
    "٠",
  ]) {
    const list = preferences(`a;q=${text}, b`);
    assert.ok(!list.some(({ value, quality }) => value === "a" && quality !== 0), text);
    assert.ok(
      list.some(({ value }) => value === "b"),
      text,
    );
  }
});

test("what is broken does not hide what follows", () => {
  assert.deepEqual(read('a b, c;d, "e", f;g="h, i;g="j", k'), ["k 1"]);
});

test("100 elements are read, of more none", () => {
  assert.equal(preferences("a,".repeat(100)).length, 100);
  assert.deepEqual(preferences("a,".repeat(101)), []);
  assert.equal(preferences(`${",".repeat(5000)}a`).length, 1);
});

test("property: every quality is from 0 to 1 and the list falls, whatever the field", () => {
  fc.assert(
    fc.property(hostileText(80), (header) => {
      let last = 1;
      for (const { value, quality } of preferences(header)) {
        assert.ok(value !== "" && value === value.toLowerCase());
        assert.ok(quality >= 0 && quality <= last);
        last = quality;
      }
    }),
    { numRuns: 1000 },
  );
});
