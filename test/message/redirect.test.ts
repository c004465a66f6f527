/** Redirects lead to a path of this site, or to an origin the application has named. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Response } from "limpid/message";

test("a redirect to a path has a location, 302 by default, and no content", async () => {
  const response = Response.redirect("/posts?page=2#top");
  assert.equal(response.status, 302);
  assert.equal(response.headers.get("location"), "/posts?page=2#top");
  assert.equal(await response.text(), "");
  assert.equal(Response.redirect("/", 303).status, 303);
  assert.equal(Response.redirect("/münchen").headers.get("location"), "/m%C3%BCnchen");
});

const hostile = [
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/%09/evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/%5cevil.example",
  "https:evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "java\tscript:alert(1)",
  " /posts",
  "posts",
  "",
  "/a\r\nSet-Cookie: a=b",
  "/a\\..\\b",
];

test("CVE-2024-29041: what a browser could read as another site is refused", () => {
  for (const target of hostile) {
    assert.throws(() => Response.redirect(target), { code: "LMP_REDIRECT_REFUSED" }, JSON.stringify(target));
  }
});

test("another site needs its origin to be named", () => {
  const allow = ["https://example.com"];
  const response = Response.redirectExternal("https://example.com/a?b=c", { allow });
  assert.equal(response.headers.get("location"), "https://example.com/a?b=c");
  const refused = [
    "https://example.com.evil.example/",
    "https://user@example.com/",
    "http://example.com/",
    "https://example.com:8443/",
    "javascript:alert(1)",
    "/posts",
    "",
  ];
  for (const url of refused) {
    assert.throws(() => Response.redirectExternal(url, { allow }), { code: "LMP_REDIRECT_REFUSED" }, url);
  }
});

test("a status that is none of a redirect is refused", () => {
  for (const status of [200, 300, 304, 305, 404]) {
    assert.throws(() => Response.redirect("/", status), { code: "LMP_REDIRECT_STATUS_INVALID" });
  }
});
