/** Cookies written and read: no field of one becomes another attribute, and nothing shadows a prefix. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseCookies, serializeCookie } from "limpid/http";
import { Request, Response } from "limpid/message";

const ids = "CVE-2024-47764, CVE-2026-47675, GHSA-26pp-8wgv-hjvm";
const piece = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc.constantFrom(
    ";",
    "; ",
    "; Secure",
    "; Domain=evil.test",
    "=",
    ",",
    " ",
    "\t",
    "\r\n",
    "\r\nSet-Cookie: a=b",
    "\0",
    "\x7f",
    "\u010a",
    "\u560d",
    "\xa0",
    "é",
    "Lax",
    "/",
    "/a",
    "a.test",
    ".",
    '"',
    "__Host-",
  ),
);
const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(""));
const options = fc.record(
  {
    domain: fc.oneof(text, fc.constant("a.test")),
    path: fc.oneof(text, fc.constant("/a")),
    sameSite: fc.oneof(text, fc.constantFrom("lax", "strict")),
    priority: fc.oneof(text, fc.constantFrom("low", "high")),
    secure: fc.boolean(),
  },
  { requiredKeys: [] },
);

test(`${ids}: 10,000 cookies: refused, or exactly the attributes that were asked for`, () => {
  let written = 0;
  fc.assert(
    fc.property(fc.oneof(text, fc.stringMatching(/^[a-z]{1,8}$/)), text, options, (name, value, chosen) => {
      let cookie: string;
      try {
        // What an application in JavaScript may pass on from a client.
        cookie = serializeCookie(name, value, chosen as object);
      } catch (error) {
        assert.equal((error as { code?: string }).code, "LMP_HTTP_COOKIE_INVALID");
        return;
      }
      written++;
      assert.match(cookie, /^[\x20-\x7e]*$/);
      const [pair = "", ...attributes] = cookie.split("; ");
      assert.ok(!pair.includes(";") && pair.startsWith(`${name}=`));
      const expected = [
        ...(chosen.domain === undefined ? [] : [`Domain=${chosen.domain}`]),
        `Path=${chosen.path ?? "/"}`,
        ...(chosen.secure ? ["Secure"] : []),
        "HttpOnly",
        `SameSite=${chosen.sameSite === "strict" ? "Strict" : "Lax"}`,
        ...(chosen.priority === undefined ? [] : [`Priority=${chosen.priority === "low" ? "Low" : "High"}`]),
      ];
      assert.deepEqual(
        attributes.map((one) => one.toLowerCase()),
        expected.map((one) => one.toLowerCase()),
      );
      assert.equal(parseCookies(pair).get(name), value);
    }),
    { numRuns: 10_000 },
  );
  assert.ok(written > 500, `${written} were written`);
});

const around = fc
  .array(
    fc.constantFrom(" ", "\t", "\xa0", "\x85", "\x0b", "\x0c", "\x1c", "\xad", "\x00", '"', "%20", "%5F"),
    { maxLength: 3 },
  )
  .map((all) => all.join(""));
const prefix = fc.constantFrom(
  "__Host-",
  "__host-",
  "__HOST-",
  "__Host_",
  "%5F_Host-",
  "_\xad_Host-",
  "__Secure-Host-",
  "__HoSt-",
);

test("CVE-2024-47764: 5,000 names: only `__Host-id` is `__Host-id`, and the first of several counts", () => {
  fc.assert(
    fc.property(prefix, around, around, fc.boolean(), (start, before, behind, first) => {
      const imitation = `${before}${start}id${behind}=evil`;
      const header = first ? `${imitation}; __Host-id=good` : `__Host-id=good; ${imitation}`;
      const cookies = parseCookies(header);
      const same = `${before}${start}id${behind}`.replace(/^[ \t]+|[ \t]+$/g, "") === "__Host-id";
      assert.equal(cookies.get("__Host-id"), same && first ? "evil" : "good", JSON.stringify(header));
      assert.equal(cookies.repeated.has("__Host-id"), same);
    }),
    { numRuns: 5000 },
  );
});

test("ASVS 3.3.5: what is read from a request and set on a response keeps to the same rules", () => {
  const request = new Request("/", { headers: { Cookie: "a=1; a=2; __proto__=x" } });
  assert.equal(request.cookies.get("a"), "1");
  assert.equal(request.cookies.get("__proto__"), "x");
  const { cookies } = new Response("");
  assert.throws(() => cookies.set("a", "x".repeat(4097)), { code: "LMP_HTTP_COOKIE_INVALID" });
  assert.throws(() => cookies.set("a; Secure", "x"), { code: "LMP_HTTP_COOKIE_INVALID" });
});
