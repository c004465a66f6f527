/** Entity tags: made, read in lists, compared. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LimpidError } from "limpid/errors";
import { entityTag, entityTags, isSameStrongly, isSameWeakly, parseEntityTag } from "limpid/http";
import { hostileText } from "./hostile-text.ts";

const opaque = fc
  .array(fc.integer({ min: 0x21, max: 0x7e }).filter((code) => code !== 0x22))
  .map((codes) => String.fromCharCode(...codes));
const tag = fc.tuple(opaque, fc.boolean()).map(([text, weak]) => entityTag(text, { weak }));

test("text that cannot stand in a tag is refused", () => {
  for (const text of ['a"b', "a b", "é", "a\r\nb", "\x7f", "\0"]) {
    assert.throws(
      () => entityTag(text),
      (error) => error instanceof LimpidError && error.code === "LMP_HTTP_ENTITY_TAG_INVALID",
    );
  }
  assert.equal(entityTag(""), '""');
});

test("the examples of RFC 9110 §8.8.3.2 compare as its table says", () => {
  const rows: [string, string, boolean, boolean][] = [
    ['W/"1"', 'W/"1"', false, true],
    ['W/"1"', 'W/"2"', false, false],
    ['W/"1"', '"1"', false, true],
    ['"1"', '"1"', true, true],
  ];
  for (const [one, other, strong, weak] of rows) {
    assert.equal(isSameStrongly(one, other), strong, `${one} ${other}`);
    assert.equal(isSameWeakly(one, other), weak, `${one} ${other}`);
  }
});

test("a list gives back the tags it was made of, however it is spaced", () => {
  const space = fc.constantFrom(",", ", ", " ,\t", ",,", ", ,");
  fc.assert(
    fc.property(fc.array(tag, { minLength: 1, maxLength: 8 }), space, (tags, separator) => {
      assert.deepEqual(entityTags(tags.join(separator)), tags);
      for (const one of tags) assert.equal(parseEntityTag(one), one);
    }),
  );
});

test("what breaks the grammar ends the list", () => {
  assert.deepEqual(entityTags('"a", b, "c"'), ['"a"']);
  assert.deepEqual(entityTags('"a" "b"'), ['"a"']);
  assert.deepEqual(entityTags('w/"a"'), []);
  assert.deepEqual(entityTags('"a", *'), ['"a"']);
  assert.deepEqual(entityTags('*, "a"'), []);
  assert.equal(entityTags(" * "), "*");
  assert.deepEqual(entityTags(""), []);
  for (const text of ["a", '"a', '"a" ', ' "a"', "*", 'W/ "a"']) {
    assert.equal(parseEntityTag(text), undefined, text);
  }
});

test("any text is read without an error, and every tag found is one", () => {
  fc.assert(
    fc.property(hostileText(40), (text) => {
      const tags = entityTags(text);
      if (tags !== "*") for (const one of tags) assert.equal(parseEntityTag(one), one);
    }),
  );
});
