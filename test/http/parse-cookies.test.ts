/** Reading the `Cookie` field: splitting, trimming, duplicates, decoding and limits. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { HttpError } from "limpid/errors";
import { parseCookies, serializeCookie } from "limpid/http";
import { hostileText } from "./hostile-text.ts";

const read = (header: string | null) => Object.fromEntries(parseCookies(header));

test("pairs are split at semicolons, with or without spaces", () => {
  assert.deepEqual(read("a=1; b=2;c=3 ;\td=4"), { a: "1", b: "2", c: "3", d: "4" });
});

test("a value keeps its equals signs", () => {
  assert.deepEqual(read("token=YWJj=="), { token: "YWJj==" });
});

test("no field and an empty field hold no cookies", () => {
  for (const header of [null, undefined, "", ";", " ; ;"]) assert.equal(parseCookies(header).size, 0);
});

test("a pair without a name is left out", () => {
  assert.deepEqual(read("=x; alone; =; a=1; =__Host-id=2"), { a: "1" });
});

test("an empty value is a value", () => {
  assert.deepEqual(read("a=; b"), { a: "" });
});

test("quotes around a value are removed, others stay", () => {
  assert.deepEqual(read('a="x y"; b="; c=x"y; d=""'), { a: "x y", b: '"', c: 'x"y', d: "" });
});

test("a value is percent-decoded where that succeeds", () => {
  assert.deepEqual(read("a=caf%C3%A9; b=100%; c=%zz; d=%FF; e=%2541; f=a+b"), {
    a: "café",
    b: "100%",
    c: "%zz",
    d: "%FF",
    e: "%41",
    f: "a+b",
  });
});

test("a name is never decoded", () => {
  assert.deepEqual(read("%5F%5FHost-id=1"), { "%5F%5FHost-id": "1" });
});

test("CVE-2024-47764 class: only SP and HTAB are trimmed, so that nothing shadows __Host-", () => {
  for (const space of ["\xa0", "\x85", "\u2003", "\ufeff", "\u2028"]) {
    const cookies = parseCookies(`${space}__Host-id=evil; __Host-id${space}=evil; __Host-id=good`);
    assert.equal(cookies.get("__Host-id"), "good", JSON.stringify(space));
    assert.equal(cookies.repeated.size, 0);
  }
  assert.equal(parseCookies("\x0b__Host-id=evil").get("__Host-id"), undefined);
});

test("CVE-2024-47764 class: __host- never equals __Host-", () => {
  const cookies = parseCookies("__host-id=evil; __HOST-id=evil; __Host-id=good");
  assert.equal(cookies.get("__Host-id"), "good");
  assert.equal(cookies.get("__host-id"), "evil");
});

test("CVE-2024-47764 class: the first of duplicates wins and the duplicate is known", () => {
  const cookies = parseCookies("sid=first; a=1; sid=second");
  assert.equal(cookies.get("sid"), "first");
  assert.deepEqual([...cookies.repeated], ["sid"]);
});

test("rfc6265bis: a pair with a control character is left out as a whole", () => {
  for (let code = 0; code < 32; code++) {
    if (code === 9) continue;
    const control = String.fromCharCode(code);
    assert.deepEqual(read(`a=x${control}y; b${control}=2; c=3`), { c: "3" }, `code ${code}`);
  }
  assert.deepEqual(read("a=x\x7f; b=x\ty; c=3"), { b: "x\ty", c: "3" });
});

test("CVE-2026-21710: names of object members are ordinary names", () => {
  const names = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "then"];
  const cookies = parseCookies(names.map((name) => `${name}=x`).join("; "));
  for (const name of names) assert.equal(cookies.get(name), "x");
  assert.equal(parseCookies("a=1").get("__proto__"), undefined);
  assert.ok(!("x" in {}));
});

test("the 51st cookie and the byte beyond 8192 are refused with 431", () => {
  const pairs = (count: number) => Array.from({ length: count }, (_, index) => `c${index}=x`).join("; ");
  assert.equal(parseCookies(pairs(50)).size, 50);
  assert.throws(() => parseCookies(pairs(51)), tooLarge);
  assert.throws(() => parseCookies("a=1;".repeat(51)), tooLarge, "duplicates count");
  assert.equal(parseCookies(`a=${"x".repeat(8190)}`).get("a")?.length, 8190);
  assert.throws(() => parseCookies(`a=${"x".repeat(8191)}`), tooLarge);
});

test("limits are options", () => {
  assert.throws(() => parseCookies("a=1; b=2", { pairs: 1 }), tooLarge);
  assert.throws(() => parseCookies("a=1", { bytes: 2 }), tooLarge);
});

test("property: what serializeCookie writes is read back unchanged, among any other cookies", () => {
  const name = fc
    .stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}$/)
    .filter((text) => !text.startsWith("__"));
  const value = fc.string({ unit: "grapheme", maxLength: 60 });
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: 10 }),
      (pairs) => {
        const header = pairs.map(([key, text]) => serializeCookie(key, text).split("; ")[0]).join("; ");
        assert.deepEqual([...parseCookies(header)], pairs);
      },
    ),
  );
});

test("property: any text is read or refused with 431, and no name or value holds a control that was not encoded", () => {
  fc.assert(
    fc.property(hostileText(300), (header) => {
      for (const [name] of parseCookies(header, { pairs: 500 }))
        assert.ok(name !== "" && !/[\0-\x1f\x7f;=]/.test(name));
    }),
  );
});

function tooLarge(error: unknown): boolean {
  return error instanceof HttpError && error.status === 431 && error.code === "LMP_HTTP_COOKIE_TOO_LARGE";
}
