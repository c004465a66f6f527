/** Writing `Set-Cookie`: every field is checked by its grammar before a byte is written. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LimpidError } from "limpid/errors";
import { type CookieOptions, serializeCookie } from "limpid/http";
import { hostileText } from "./hostile-text.ts";

function refused(name: string, value: unknown, options?: object, about?: RegExp): void {
  assert.throws(
    () => serializeCookie(name, value as string, options as CookieOptions),
    (error) => {
      if (!(error instanceof LimpidError) || error.code !== "LMP_HTTP_COOKIE_INVALID") return false;
      if (about !== undefined) assert.match(error.message, about);
      return error.expected !== undefined && error.found !== undefined;
    },
    JSON.stringify([name, value, options]),
  );
}

test("the defaults are the whole site, no scripts, no foreign posts", () => {
  assert.equal(serializeCookie("a", "b"), "a=b; Path=/; HttpOnly; SameSite=Lax");
});

test("every option has its attribute", () => {
  const options: CookieOptions = {
    maxAge: 60,
    expires: new Date(784111777000),
    domain: "example.com",
    path: "/shop",
    secure: true,
    httpOnly: false,
    sameSite: "none",
    partitioned: true,
    priority: "high",
  };
  assert.equal(
    serializeCookie("a", "b", options),
    "a=b; Max-Age=60; Expires=Sun, 06 Nov 1994 08:49:37 GMT; Domain=example.com; Path=/shop; Secure; SameSite=None; Partitioned; Priority=High",
  );
});

test("what the grammar of a value does not permit is percent-encoded", () => {
  const value = (text: string) => serializeCookie("a", text).split("; ")[0];
  assert.equal(value('x y;z,"q"\\%'), "a=x%20y%3Bz%2C%22q%22%5C%25");
  assert.equal(value("café 🍪"), "a=caf%C3%A9%20%F0%9F%8D%AA");
  assert.equal(value("!#$&'()*+-./:<=>?@[]^_`{|}~"), "a=!#$&'()*+-./:<=>?@[]^_`{|}~");
  assert.equal(value("\r\nSet-Cookie: b=1"), "a=%0D%0ASet-Cookie:%20b=1");
});

test("CVE-2018-12116 class: no text at all reaches the field with a control or a code point beyond ASCII", () => {
  const text = hostileText(30);
  const any = fc.record({ name: text, value: text, domain: fc.option(text), path: fc.option(text) });
  fc.assert(
    fc.property(any, ({ name, value, domain, path }) => {
      let field: string;
      try {
        field = serializeCookie(name, value, { domain: domain ?? undefined, path: path ?? undefined });
      } catch (error) {
        assert.ok(error instanceof LimpidError && error.code === "LMP_HTTP_COOKIE_INVALID");
        return;
      }
      assert.match(field, /^[\x20-\x7e]*$/);
      assert.equal(field.split(";").length, domain === null ? 4 : 5);
    }),
    { numRuns: 1000 },
  );
});

test("CVE-2018-12116 class: each control and each code point whose low byte is CR or LF is refused or encoded", () => {
  const codes = [...Array(32).keys(), 0x7f, 0x010a, 0x010d, 0x560a, 0x560d];
  for (const code of codes) {
    const text = String.fromCharCode(code);
    refused(`a${text}`, "b", {}, /name/);
    refused("a", "b", { domain: `example${text}.com` }, /domain/);
    refused("a", "b", { path: `/${text}` }, /path/);
    refused("a", "b", { sameSite: `lax${text}` }, /sameSite/);
    refused("a", "b", { priority: `low${text}` }, /priority/);
    assert.equal(serializeCookie("a", text), `a=${encodeURIComponent(text)}; Path=/; HttpOnly; SameSite=Lax`);
  }
});

test("GHSA-26pp-8wgv-hjvm: a name is a token", () => {
  for (const name of ["", " a", "a b", "a;b", "a=b", 'a"', "a,b", "é", "a/b", "a\xa0"])
    refused(name, "x", {}, /name/);
});

test("CVE-2026-47675: domain, path, sameSite and priority cannot carry another attribute", () => {
  for (const domain of [
    "a.com; Secure",
    "a.com;",
    "a..com",
    ".a.com",
    "-a.com",
    "a.com-",
    "a_b.com",
    "",
    "é.com",
    "a.com:80",
    "a".repeat(64),
  ]) {
    refused("a", "b", { domain }, /domain/);
  }
  for (const path of ["x", "", "/a;Domain=b", "/a ", "/é", `/${"a".repeat(1024)}`, 5])
    refused("a", "b", { path }, /path/);
  for (const sameSite of ["Lax; Secure", "Lax", "", "__proto__", "constructor", 1, null, true]) {
    refused("a", "b", { sameSite }, /sameSite/);
  }
  for (const priority of ["High; Secure", "", "toString", 1, null])
    refused("a", "b", { priority }, /priority/);
});

test("options are read, never copied: a hostile object changes no prototype", () => {
  const options = JSON.parse('{"__proto__": {"sameSite": "none"}, "constructor": 1}');
  assert.equal(serializeCookie("a", "b", options), "a=b; Path=/; HttpOnly; SameSite=Lax");
});

test("ASVS 3.3.5: name and value beyond 4096 bytes are refused", () => {
  assert.ok(serializeCookie("a", "x".repeat(4095)));
  refused("a", "x".repeat(4096), {}, /value/);
  refused("a", " ".repeat(1366), {}, /value/);
});

test("rfc6265bis: a life beyond 400 days is refused, and so are fractions and the past", () => {
  assert.match(serializeCookie("a", "b", { maxAge: 400 * 86_400 }), /Max-Age=34560000;/);
  assert.match(serializeCookie("a", "", { maxAge: 0 }), /^a=; Max-Age=0;/);
  for (const maxAge of [400 * 86_400 + 1, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "60"]) {
    refused("a", "b", { maxAge }, /maxAge/);
  }
  refused("a", "b", { expires: new Date(Number.NaN) }, /expires/);
});

test("a value must be well-formed text", () => {
  refused("a", "\ud800", {}, /value/);
  refused("a", 5, {}, /value/);
});

test("sameSite none and partitioned need secure", () => {
  refused("a", "b", { sameSite: "none" }, /sameSite/);
  refused("a", "b", { partitioned: true }, /partitioned/);
});

test("rfc6265bis: the prefixes hold their promise in every spelling", () => {
  for (const prefix of ["__Secure-", "__secure-", "__SeCuRe-"]) {
    refused(`${prefix}id`, "x", {}, /secure/);
    assert.ok(serializeCookie(`${prefix}id`, "x", { secure: true, domain: "a.com", path: "/x" }));
  }
  for (const prefix of ["__Host-", "__host-", "__HOST-", "__Host-Http-"]) {
    refused(`${prefix}id`, "x", {}, /secure/);
    refused(`${prefix}id`, "x", { secure: true, path: "/x" }, /path/);
    refused(`${prefix}id`, "x", { secure: true, domain: "a.com" }, /domain/);
    assert.ok(serializeCookie(`${prefix}id`, "x", { secure: true }));
  }
  for (const prefix of ["__Http-", "__host-http-"]) {
    refused(`${prefix}id`, "x", { secure: true, httpOnly: false }, /httpOnly/);
  }
});
