/** Directories: their index, the slash at their end, and the listing that has to be asked for. */
import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { App, files } from "limpid";
import { type Contents, folderOf, listen, serveFolder, write } from "./served.ts";

test("a directory is answered by its index, at the address with a slash", async (t) => {
  const { ask } = await serveFolder(
    t,
    folderOf(t, { "index.html": "root", "docs/index.html": "docs", empty: null }),
  );
  assert.equal(String((await ask("/static/")).body), "root");
  assert.equal(String((await ask("/static/docs/")).body), "docs");
  const { status, fields, body } = await ask("/static/docs?a=1&b=%2F");
  assert.equal(status, 308);
  assert.equal(fields.get("location"), "/static/docs/?a=1&b=%2F");
  assert.equal(body.length, 0);
  for (const path of ["/static/empty", "/static/empty/", "/static/docs/index.html/", "/static/none/"]) {
    assert.equal((await ask(path)).status, 404, path);
  }
});

test("another index, or none", async (t) => {
  const root = folderOf(t, { "docs/start.htm": "start", "docs/index.html": "index" });
  const start = await serveFolder(t, root, { index: "start.htm" });
  assert.equal(String((await start.ask("/static/docs/")).body), "start");
  const none = await serveFolder(t, root, { index: false });
  assert.equal((await none.ask("/static/docs/")).status, 404);
  assert.equal((await none.ask("/static/docs")).status, 404);
});

test("a mounted folder and a placed middleware find the slash missing at their own prefix", async (t) => {
  const root = folderOf(t, { "index.html": "root" });
  const app = new App();
  app.mount("/a", files(root));
  app.use("/b", files(root));
  const { ask } = await listen(t, app);
  for (const prefix of ["/a", "/b"]) {
    assert.equal((await ask(`${prefix}?q`)).fields.get("location"), `${prefix}/?q`);
    assert.equal(String((await ask(`${prefix}/`)).body), "root");
  }
});

test("CVE-2024-43799, CVE-2024-43800: the redirect stays on the site and shows nothing that was sent", async (t) => {
  const app = new App();
  app.get("/*", files(folderOf(t, { "docs/index.html": "docs", "evil.test/index.html": "x" })));
  const { ask } = await listen(t, app);
  const piece = fc.constantFrom(
    "docs",
    "evil.test",
    "/",
    "//",
    "\\",
    "%5c",
    "%2f",
    "%09",
    "..",
    "%2e%2e",
    ".",
    "@",
    ":",
    "<script>",
    "%3Cscript%3E",
    "?",
    "?x=\\\\evil.test",
    "?//evil.test",
    "%0d%0a",
    ";",
    "http:",
  );
  const name = fc.constantFrom("docs", "evil.test");
  const target = fc
    .tuple(fc.array(piece, { maxLength: 2 }), name, fc.array(piece, { maxLength: 3 }))
    .map(([before, directory, behind]) => `/${before.join("")}${directory}${behind.join("")}`);
  let redirects = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        target,
        target.map((path) => `http://evil.test${path}`),
      ),
      async (path) => {
        const { status, fields, body } = await ask(path);
        assert.ok([200, 308, 400, 404].includes(status), `${status} for ${path}`);
        if (status !== 308) return assert.ok(!String(body).includes("<script"), path);
        redirects++;
        const location = fields.get("location") ?? "";
        const url = new URL(location, "http://site.test/");
        assert.equal(url.origin, "http://site.test", `${location} for ${path}`);
        assert.ok(["/docs/", "/evil.test/"].includes(url.pathname), `${location} for ${path}`);
        assert.equal(body.length, 0);
      },
    ),
    { numRuns: 1500 },
  );
  assert.ok(redirects > 20, `${redirects} redirects`);
});

test("a listing has what is served and nothing else, and has to be asked for", async (t) => {
  const root = folderOf(t, {
    "a/b.txt": "b",
    "c.txt": "c",
    ".env": "secret",
    "aux.txt": "device",
    "a/deep/x": "x",
  });
  symlinkSync("/etc/passwd", `${root}/passwd`);
  const without = await serveFolder(t, root);
  assert.equal((await without.ask("/static/")).status, 404);
  const { ask } = await serveFolder(t, root, { listing: true, allow: (path) => path !== "a/hidden.txt" });
  write(root, "a/hidden.txt", "hidden");
  const { fields, body } = await ask("/static/");
  assert.deepEqual(links(String(body)), ["./a/", "./c.txt"]);
  assert.equal(fields.get("content-type"), "text/html; charset=utf-8");
  assert.match(fields.get("content-security-policy") ?? "", /default-src 'none'/);
  assert.equal(fields.get("cache-control"), "no-cache");
  assert.deepEqual(links(String((await ask("/static/a/")).body)), ["../", "./deep/", "./b.txt"]);
  assert.equal((await ask("/static/a")).fields.get("location"), "/static/a/");
  assert.equal((await ask("/static/.git/")).status, 404);
  assert.equal((await ask("/static/c.txt/")).status, 404);
});

test("whatever a file is named, its listing has one link that leads to it", async (t) => {
  const odd = [
    "<img src=x onerror=alert(1)>",
    '" onclick="x',
    "'",
    "a&amp;b",
    "javascript&colon;alert(1)",
    "%2e%2e",
    "?q=1",
    "#top",
    "💥",
    "a b",
    "\u202etxt",
    "&lt;script&gt;",
    "`",
    "=1+1",
  ];
  const character = fc.constantFrom(..."<>\"'&;=?#% +`/ab".replace("/", ""), "é", "\u2028", "💥");
  const name = fc
    .array(character, { minLength: 1, maxLength: 12 })
    .map((parts) => parts.join(""))
    .filter((one) => !/[ .]$/.test(one));
  const names = [...new Set([...odd, ...fc.sample(name, 1000)])];
  const contents: Contents = Object.fromEntries(names.map((one) => [one, `content of ${one}`]));
  const { ask } = await serveFolder(t, folderOf(t, contents), { listing: true });
  const page = String((await ask("/static/")).body);
  const found = links(page);
  assert.equal(found.length, Math.min(names.length, 1000));
  assert.equal(page.match(/<(?!\/?(?:html|meta|title|h1|ul|li|a|p|!doctype)\b)/g), null, "markup of a name");
  for (const link of found.filter((_, index) => index % 20 === 0)) {
    const url = new URL(link.replaceAll("&#39;", "'").replaceAll("&amp;", "&"), "http://localhost/static/");
    const content = String((await ask(url.pathname)).body);
    assert.equal(content, `content of ${decodeURIComponent(url.pathname.slice("/static/".length))}`);
  }
});

/** The targets of all links, and that each is one attribute in quotes. */
function links(page: string): string[] {
  return Array.from(page.matchAll(/<li><a href="([^"]*)">[^<]*<\/a><\/li>/g), ([, link = ""]) => link);
}
