/** What the options change: fallback, uploads, names, policy, links, fields. */
import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { test } from "node:test";
import { App, files } from "limpid";
import { folderOf, listen, serveFolder } from "./served.ts";

const navigation = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8", "Sec-Fetch-Mode": "navigate" };

test("the fallback answers navigation to what is not there, and nothing else", async (t) => {
  const root = folderOf(t, { "index.html": "app", "app.js": "js", ".env": "secret" });
  const app = new App();
  app.get("/api/known", () => "api");
  app.get("/*", files(root, { fallback: "index.html" }));
  const { ask } = await listen(t, app);
  const page = await ask("/posts/42", navigation);
  assert.equal(page.status, 200);
  assert.equal(String(page.body), "app");
  assert.equal(page.fields.get("cache-control"), "no-cache");
  assert.equal(page.fields.get("vary"), "Accept-Encoding, Accept, Sec-Fetch-Mode");
  assert.equal((await ask("/posts/42", { Accept: "text/html" })).status, 200);
  assert.equal(String((await ask("/app.js", navigation)).body), "js");
  assert.equal(String((await ask("/api/known", navigation)).body), "api");
  assert.equal(
    (await ask("/posts/42", { ...navigation, "If-None-Match": page.fields.get("etag") ?? "" })).status,
    304,
  );
  for (const fields of [
    {},
    { Accept: "*/*" },
    { Accept: "application/json" },
    { ...navigation, "Sec-Fetch-Mode": "cors" },
    { Accept: "text/html;q=0" },
  ]) {
    assert.equal((await ask("/posts/42", fields)).status, 404, JSON.stringify(fields));
  }
  assert.equal((await ask("/.env", navigation)).status, 404);
});

test("a fallback that is not there goes on like any file", async (t) => {
  const { ask } = await serveFolder(t, folderOf(t, {}), { fallback: "index.html" });
  assert.equal((await ask("/static/x", navigation)).status, 404);
});

test("CVE-2024-29409: what users have uploaded is offered for saving and cannot run", async (t) => {
  const { ask } = await serveFolder(t, folderOf(t, { 'évil ".html': "<script>", "a.svg": "<svg/>" }), {
    attachment: true,
  });
  const { fields } = await ask(`/static/${encodeURIComponent('évil ".html')}`);
  assert.equal(
    fields.get("content-disposition"),
    `attachment; filename="_vil _.html"; filename*=UTF-8''%C3%A9vil%20%22.html`,
  );
  assert.equal(fields.get("content-security-policy"), "sandbox");
  assert.equal(fields.get("x-content-type-options"), "nosniff");
  assert.match((await ask("/static/a.svg")).fields.get("content-disposition") ?? "", /^attachment/);
});

test("names with a leading dot are not there, but for .well-known where it is asked for", async (t) => {
  const root = folderOf(t, {
    ".well-known/security.txt": "mail",
    ".well-known/.x": "x",
    ".env": "e",
    "a/.well-known/b": "b",
  });
  const off = await serveFolder(t, root);
  assert.equal((await off.ask("/static/.well-known/security.txt")).status, 404);
  const { ask } = await serveFolder(t, root, { wellKnown: true });
  assert.equal(String((await ask("/static/.well-known/security.txt")).body), "mail");
  for (const path of [".env", ".well-known/.x", "a/.well-known/b", ".well-known"]) {
    assert.equal((await ask(`/static/${path}`)).status, 404, path);
  }
});

test("the policy has the last word, by the path below the folder", async (t) => {
  const root = folderOf(t, { "a.txt": "a", "a.js.map": "map", "sub/index.html": "s" });
  const seen: string[] = [];
  const allow = (path: string): boolean => {
    seen.push(path);
    return !path.endsWith(".map");
  };
  const { ask } = await serveFolder(t, root, { allow });
  assert.equal((await ask("/static/a.txt")).status, 200);
  assert.equal((await ask("/static/a.js.map")).status, 404);
  assert.equal((await ask("/static/sub/")).status, 200);
  assert.deepEqual(seen, ["a.txt", "a.js.map", "sub/index.html"]);
});

test("links are refused, or followed where they stay in the folder and lead to a name that is served", async (t) => {
  const root = folderOf(t, { "a.txt": "a", ".env": "secret", "dir/b.txt": "b" });
  const outside = folderOf(t, { "secret.txt": "secret" });
  symlinkSync("a.txt", `${root}/inner.txt`);
  symlinkSync("dir", `${root}/folder`);
  symlinkSync(".env", `${root}/env.txt`);
  symlinkSync(`${outside}/secret.txt`, `${root}/outer.txt`);
  symlinkSync(outside, `${root}/outside`);
  symlinkSync("loop", `${root}/loop`);
  const refusing = await serveFolder(t, root);
  const following = await serveFolder(t, root, { symlinks: true });
  const rows: [string, number][] = [
    ["a.txt", 200],
    ["inner.txt", 200],
    ["folder/b.txt", 200],
    ["env.txt", 404],
    ["outer.txt", 404],
    ["outside/secret.txt", 404],
    ["loop", 404],
  ];
  for (const [path, status] of rows) {
    assert.equal((await following.ask(`/static/${path}`)).status, status, path);
    assert.equal((await refusing.ask(`/static/${path}`)).status, path === "a.txt" ? 200 : 404, path);
  }
});

test("a link on the way to the folder is the owner's business", async (t) => {
  const root = folderOf(t, { "release/a.txt": "a" });
  symlinkSync("release", `${root}/current`);
  const { ask } = await serveFolder(t, `${root}/current`);
  assert.equal((await ask("/static/a.txt")).status, 200);
});

test("Cache-Control is one for all, or one for each path", async (t) => {
  const root = folderOf(t, { "a.txt": "a", "b.html": "b" });
  const all = await serveFolder(t, root, { cacheControl: "private" });
  assert.equal((await all.ask("/static/a.txt")).fields.get("cache-control"), "private");
  const each = await serveFolder(t, root, {
    cacheControl: (path) => (path.endsWith(".html") ? "no-cache" : undefined),
  });
  assert.equal((await each.ask("/static/b.html")).fields.get("cache-control"), "no-cache");
  assert.equal((await each.ask("/static/a.txt")).fields.get("cache-control"), "public, max-age=3600");
});
