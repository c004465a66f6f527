/** Wherever `redirect` leads, a browser stays on the site, whatever the path was made of. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { errorResponse, HttpError, Request } from "limpid";
import { Response } from "limpid/message";

const piece = fc.constantFrom(
  "/",
  "//",
  "\\",
  "\\\\",
  "%2f",
  "%5c",
  "%5C",
  "%09",
  "%0a",
  "%0d",
  "%00",
  "\t",
  "\n",
  "\r",
  "\0",
  " ",
  ".",
  "..",
  "@",
  ":",
  "?",
  "#",
  "&",
  "evil.example",
  "user@",
  "https:",
  "http:",
  "https://",
  "javascript:",
  "data:",
  "vbscript:",
  "a",
  "é",
  "\u2028",
  "\ufeff",
  "\u3000",
  "／",
  "＼",
  "。",
  "%E3%80%82",
  ";",
  "[",
  "]",
);
const target = fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join(""));
const rooted = target.map((text) => `/${text}`);

test("CVE-2024-29041, CVE-2025-8129, CVE-2025-62595, GHSA-6qvv-pj99-48qm: 20,000 targets: refused, or on this site", () => {
  const site = "https://site.example";
  let accepted = 0;
  fc.assert(
    fc.property(fc.oneof(target, { weight: 3, arbitrary: rooted }), (text) => {
      let location: string;
      try {
        location = Response.redirect(text).headers.get("location") ?? "";
      } catch (error) {
        assert.equal((error as { code?: string }).code, "LMP_REDIRECT_REFUSED");
        return;
      }
      accepted++;
      assert.match(location, /^\/[\x21-\x7e]*$/);
      for (const base of [`${site}/`, `${site}/a/b?c#d`, "http://site.example:8080/x"]) {
        const there = new URL(location, base);
        assert.equal(there.origin, new URL(base).origin, JSON.stringify(text));
      }
      // Not even after a proxy or an application in between has decoded it once more.
      const once = location.replace(/%(09|0a|0d|2f|5c)/gi, (code) => decodeURIComponent(code));
      assert.equal(new URL(once, `${site}/`).origin, site, JSON.stringify(text));
    }),
    { numRuns: 20_000 },
  );
  assert.ok(accepted > 1000, `${accepted} were accepted`);
});

test("CVE-2024-43796, CVE-2024-43799, CVE-2024-43800: a redirect has no content that could reflect anything", async () => {
  for (const path of [
    "/<script>alert(1)</script>",
    '/"><img src=x onerror=alert(1)>',
    "/a?b=<svg/onload=alert(1)>",
  ]) {
    const response = Response.redirect(path);
    assert.equal(await response.text(), "");
    assert.doesNotMatch(response.headers.get("location") ?? "", /[<>"]/);
  }
});

test("CVE-2024-43799, CVE-2024-43800: 2,000 error pages: escaped, and with a policy that runs nothing", async () => {
  const hostile = fc.array(
    fc.oneof(fc.string(), fc.constantFrom("<script>", "</h1>", '"', "'", "&", "<!--", "]]>", "javascript:")),
  );
  await fc.assert(
    fc.asyncProperty(hostile, async (pieces) => {
      const request = new Request("/", { headers: { Accept: "text/html" } });
      const response = errorResponse(new HttpError(400, pieces.join("")), request);
      assert.equal(
        response.headers.get("content-security-policy"),
        "default-src 'none'; frame-ancestors 'none'",
      );
      const page = await response.text();
      const detail = /<\/h1>(?:<p>([\s\S]*?)<\/p>)?(?=<p><small>)/.exec(page);
      assert.ok(detail, page);
      assert.doesNotMatch(detail[1] ?? "", /[<>"']/);
    }),
    { numRuns: 2000 },
  );
});
