/** The filter that breaks a text into lines. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { apply, check, checkRefused, html, named } from "./apply.ts";

test("lines are broken at spaces, behind hyphens and within long words", () => {
  check([
    [["Hello!\nThis is Jinja saying something.", "wordwrap", 20], "Hello!\nThis is Jinja saying\nsomething."],
    [["a  bb   cc", "wordwrap", 4], "a\nbb\ncc"],
    [["abcdefgh", "wordwrap", 3], "abc\ndef\ngh"],
    [["abcdefgh ij", "wordwrap", 3, false], "abcdefgh\nij"],
    [["ab abcdefgh", "wordwrap", 4], "ab a\nbcde\nfgh"],
    [["goof-ball hat", "wordwrap", 6], "goof-\nball\nhat"],
    [["goof-ball hat", "wordwrap", named({ width: 9, break_on_hyphens: false })], "goof-ball\nhat"],
    [["one -- two--three", "wordwrap", 5], "one\n--\ntwo--\nthree"],
    [["a\n\nb\n", "wordwrap"], "a\n\nb"],
    [["aa bb", "wordwrap", 2, true, "<br>"], "aa<br>bb"],
    [["😀😀😀", "wordwrap", 2], "😀😀\n😀"],
    [["", "wordwrap"], ""],
    [[html("<b> <i>"), "wordwrap", 3], "<b>\n<i>"],
  ]);
  checkRefused("LMP_TEMPLATE_ARGUMENT_INVALID", [
    ["a", "wordwrap", 0],
    ["a", "wordwrap", 11_000_000],
    ["a b".repeat(1000), "wordwrap", 1, true, "x".repeat(10_000)],
  ]);
});

test("no character but white space is lost, and no line is too long", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "-", "\n", "😀", "1", ".") });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 12 }), fc.boolean(), (value, width, hyphens) => {
      const wrapped = String(apply([value, "wordwrap", width, true, "\n", hyphens]));
      assert.equal(wrapped.replace(/\s/g, ""), value.replace(/\s/g, ""));
      for (const line of wrapped.split("\n")) assert.ok([...line].length <= width);
    }),
  );
});
