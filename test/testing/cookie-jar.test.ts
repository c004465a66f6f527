/** `CookieJar` against the rules of RFC 6265bis, one test a rule. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { CookieJar } from "limpid/testing";

const site = "https://shop.example.com/cart/view";
const now = Date.UTC(2026, 0, 1);

function jar(): CookieJar {
  return new CookieJar({ now: () => now, url: site });
}

function kept(field: string, url: string = site): boolean {
  return jar().store(field, url);
}

describe("where a cookie goes (§5.8.3)", () => {
  const cases: [field: string, to: string, sent: boolean][] = [
    ["a=1", "https://shop.example.com/cart", true],
    ["a=1", "https://shop.example.com/cart/other", true],
    ["a=1", "https://shop.example.com/cartoon", false],
    ["a=1", "https://shop.example.com/", false],
    ["a=1; Path=/", "https://shop.example.com/", true],
    ["a=1; Path=cart", "https://shop.example.com/cart/x", true],
    ["a=1; Path=/cart/", "https://shop.example.com/cart/x", true],
    ["a=1; Path=/cart/", "https://shop.example.com/cart", false],
    ["a=1; Path=/", "https://www.shop.example.com/", false],
    ["a=1; Path=/; Domain=example.com", "https://example.com/", true],
    ["a=1; Path=/; Domain=.EXAMPLE.com", "https://blog.example.com/", true],
    ["a=1; Path=/; Domain=example.com", "https://badexample.com/", false],
    ["a=1; Path=/; Domain=", "https://shop.example.com/", true],
    ["a=1; Path=/; Secure", "http://shop.example.com/", false],
    ["a=1; Path=/", "http://shop.example.com:8080/", true],
  ];
  for (const [field, to, sent] of cases) {
    test(`${field} ${sent ? "goes" : "does not go"} to ${to}`, () => {
      const cookies = jar();
      assert.equal(cookies.store(field, site), true);
      assert.equal(cookies.header(to), sent ? "a=1" : null);
    });
  }

  test("longer paths go first, then older cookies; a new value keeps the place", () => {
    const cookies = jar();
    for (const field of ["a=1; Path=/", "b=1; Path=/", "c=1; Path=/cart", "a=2; Path=/"])
      cookies.store(field, site);
    assert.equal(cookies.header(site), "c=1; a=2; b=1");
  });
});

describe("what a browser ignores (§5.7)", () => {
  const ignored: [field: string, url: string, why: string][] = [
    ["a=1; Domain=com", site, "a public suffix"],
    ["a=1; Domain=other.example.com", site, "another host"],
    ["a=1; Domain=x.shop.example.com", site, "a host below"],
    ["a=1; Domain=0.0.1", "http://127.0.0.1/", "part of an address"],
    ["a=1; Secure", "http://shop.example.com/", "Secure over http"],
    ["a=1; SameSite=None", site, "SameSite=None without Secure"],
    ["__Secure-a=1", site, "__Secure- without Secure"],
    ["__SECURE-a=1", site, "the prefix in any case"],
    ["__Host-a=1; Secure", site, "__Host- without Path=/"],
    ["__Host-a=1; Path=/", site, "__Host- without Secure"],
    ["__Host-a=1; Secure; Path=/; Domain=example.com", site, "__Host- with a domain"],
    ["__Host-a; Secure; Path=/", site, "a prefix in the value of a nameless cookie"],
    ["", site, "nothing"],
    ["=", site, "no name and no value"],
    ["a=1\u0001", site, "a control character"],
    [`a=${"x".repeat(4096)}`, site, "more than 4096 bytes"],
  ];
  for (const [field, url, why] of ignored) {
    test(why, () => assert.equal(kept(field, url), false));
  }

  test("an open connection cannot lay a cookie over a secure one", () => {
    const cookies = jar();
    cookies.store("a=secret; Secure; Path=/", site);
    assert.equal(cookies.store("a=forged; Path=/", "http://shop.example.com/"), false);
    assert.equal(cookies.store("a=forged; Path=/; Domain=example.com", "http://blog.example.com/"), false);
    assert.equal(cookies.store("a=other", "https://shop.example.com/"), true);
  });
});

describe("what it takes", () => {
  const taken: [field: string, url: string][] = [
    ["a=1; Secure", "http://localhost/"],
    ["a=1; Domain=localhost", "http://localhost/"],
    ["a=1; Secure", "http://127.0.0.1:3000/"],
    ["__Host-a=1; Secure; Path=/", site],
    ["__Secure-a=1; Secure", site],
    ["a=1; SameSite=None; Secure", site],
    [`a=1; Path=/${"x".repeat(1024)}`, site],
    ["nameless", site],
    ["=value", site],
  ];
  for (const [field, url] of taken) {
    test(`${field.slice(0, 40)} from ${url}`, () => assert.equal(kept(field, url), true));
  }

  test("spaces around name and value are no part of them; a quote is", () => {
    const cookies = jar();
    cookies.store(' \ta = "b c" ;Path=/', site);
    assert.equal(cookies.get("a"), '"b c"');
    cookies.store("\u00a0b=1", site);
    assert.equal(cookies.get("b"), undefined);
  });
});

describe("how long (§5.5)", () => {
  const cases: [attributes: string, seconds: number | undefined][] = [
    ["", undefined],
    ["Max-Age=60", 60],
    ["Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", 60],
    ["Max-Age=60; Max-Age=90", 90],
    ["Max-Age=six", undefined],
    ["Max-Age=", undefined],
    ["Max-Age=999999999999", 34_560_000],
    ["Expires=Thu, 01 Jan 2026 00:01:00 GMT", 60],
    ["Expires=Thursday, 01-Jan-26 00:01:00 GMT", 60],
    ["Expires=Thu Jan  1 00:01:00 2026", 60],
    ["Expires=1 jan 2026 0:1:0", 60],
    ["Expires=Fri, 31 Feb 2027 00:00:00 GMT", undefined],
    ["Expires=soon", undefined],
    ["Expires=Thu, 01 Jan 2026 24:00:00 GMT", undefined],
    ["Expires=Sat, 01 Jan 3000 00:00:00 GMT", 34_560_000],
  ];
  for (const [attributes, seconds] of cases) {
    test(attributes === "" ? "a cookie of the session" : attributes, () => {
      const cookies = jar();
      assert.equal(cookies.store(`a=1; ${attributes}`, site), true);
      const [cookie] = cookies;
      assert.equal(cookie?.expires, seconds === undefined ? undefined : now + seconds * 1000);
    });
  }

  for (const attributes of ["Max-Age=0", "Max-Age=-1", "Expires=Thu, 01 Jan 1970 00:00:00 GMT"]) {
    test(`${attributes} deletes`, () => {
      const cookies = jar();
      cookies.store("a=1", site);
      cookies.store(`a=2; ${attributes}`, site);
      assert.equal(cookies.size, 0);
    });
  }

  test("a cookie is gone when its time is over", () => {
    let clock = now;
    const cookies = new CookieJar({ now: () => clock });
    cookies.store("a=1; Max-Age=10", "http://localhost/");
    clock += 9_999;
    assert.equal(cookies.header("http://localhost/"), "a=1");
    clock += 1;
    assert.equal(cookies.header("http://localhost/"), null);
    assert.equal(cookies.get("a"), undefined);
  });
});

test("attributes are read in any case and order; unknown ones are passed over", () => {
  const cookies = jar();
  cookies.store("a=1; pRiority=high; HTTPONLY; sameSITE=strict; =; ; secure ; path=/", site);
  assert.deepEqual(
    [...cookies],
    [
      {
        name: "a",
        value: "1",
        domain: "shop.example.com",
        hostOnly: true,
        path: "/",
        expires: undefined,
        secure: true,
        httpOnly: true,
        sameSite: "strict",
      },
    ],
  );
});

test("set, get, delete and clear work without a response", () => {
  const cookies = jar();
  cookies.set("a", "1");
  cookies.set("a", "2");
  cookies.set("b", "3");
  assert.equal(cookies.header(site), "a=2; b=3");
  cookies.delete("a");
  assert.equal(cookies.header(site), "b=3");
  cookies.clear();
  assert.equal(cookies.size, 0);
});

test("whatever a server sends, the jar stands and what it sends back is one line", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary-ascii", maxLength: 60 }), (text) => {
      const cookies = jar();
      cookies.store(text, site);
      cookies.store(`a=1; ${text}`, site);
      assert.doesNotMatch(cookies.header(site) ?? "", /[\0-\x08\x0a-\x1f\x7f;]{2}|[\r\n]/);
    }),
    { numRuns: 2000 },
  );
});
