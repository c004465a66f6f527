/** Addresses with a hash of the content in the name. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { symlinkSync } from "node:fs";
import { test } from "node:test";
import { App, files } from "limpid";
import { LimpidError } from "limpid/errors";
import { folderOf, listen, serveFolder, write } from "./served.ts";

const hash = (content: string): string => createHash("sha256").update(content).digest("hex").slice(0, 8);

test("an asset's address has the hash of its content and leads to it for good", async (t) => {
  const root = folderOf(t, {
    "css/app.css": "a {}",
    LICENSE: "free",
    "größe 1.txt": "1",
    "big.js": "x".repeat(3_000_000),
  });
  const folder = files(root);
  const app = new App();
  app.get("/static/*", folder);
  const { ask } = await listen(t, app);
  assert.equal(folder.asset("css/app.css"), `/static/css/app.${hash("a {}")}.css`);
  assert.equal(folder.asset("LICENSE"), `/static/LICENSE.${hash("free")}`);
  for (const path of ["css/app.css", "LICENSE", "größe 1.txt", "big.js"]) {
    for (let times = 0; times < 2; times++) {
      const { status, fields, body } = await ask(folder.asset(path));
      assert.equal(status, 200, path);
      assert.equal(fields.get("cache-control"), "public, max-age=31536000, immutable");
      assert.equal(body.length, Number(fields.get("content-length")));
      const again = await ask(folder.asset(path), { "If-None-Match": fields.get("etag") ?? "" });
      assert.equal(again.status, 304);
      assert.equal(again.fields.get("cache-control"), "public, max-age=31536000, immutable");
    }
  }
  assert.equal((await ask("/static/css/app.css")).fields.get("cache-control"), "public, max-age=3600");
});

test("the prefix is that of the option, of app.use, or /static", (t) => {
  const root = folderOf(t, { "a.css": "a" });
  const name = `a.${hash("a")}.css`;
  assert.equal(files(root).asset("a.css"), `/static/${name}`);
  assert.equal(files(root, { prefix: "/assets/" }).asset("a.css"), `/assets/${name}`);
  assert.equal(files(root, { prefix: "/" }).asset("a.css"), `/${name}`);
  const placed = files(root);
  new App().use("/public", placed);
  assert.equal(placed.asset("a.css"), `/public/${name}`);
});

test("a changed file has another address, and the old one is gone", async (t) => {
  const root = folderOf(t, { "app.css": "old" });
  const folder = files(root);
  const app = new App();
  app.get("/static/*", folder);
  const { ask } = await listen(t, app);
  const old = folder.asset("app.css");
  assert.equal((await ask(old)).status, 200);
  write(root, "app.css", "newer", new Date());
  const now = performance.now();
  t.mock.method(performance, "now", () => now + 2000);
  const fresh = folder.asset("app.css");
  assert.equal(fresh, `/static/app.${hash("newer")}.css`);
  assert.equal(String((await ask(fresh)).body), "newer");
  assert.equal((await ask(old)).status, 404);
});

test("no other hash leads to a file: it has two addresses and no more", async (t) => {
  const { ask } = await serveFolder(
    t,
    folderOf(t, { "app.css": "a", "app.00000000.js": "real", ".env": "secret" }),
  );
  const right = hash("a");
  for (const name of [
    "app.00000000.css",
    "app.ffffffff.css",
    `app.${right.toUpperCase().replace(/\d/g, "A")}.css`,
    `app.${right}0.css`,
    `app.${right}`,
    `.${right}.css`,
    `.env.${hash("secret")}`,
  ]) {
    assert.equal((await ask(`/static/${name}`)).status, 404, name);
  }
  assert.equal(String((await ask("/static/app.00000000.js")).body), "real");
});

test("names on disk with a hash are kept for good, dates are not", async (t) => {
  const kept = {
    "app.3f2a9c1b.css": true,
    "app.3f2a9c1b3f2a9c1b.js": true,
    "photo.20240131.jpg": false,
    "a.facefeed.js": false,
    "v1.2.3.js": false,
  };
  const root = folderOf(t, Object.fromEntries(Object.keys(kept).map((name) => [name, "x"])));
  const { ask } = await serveFolder(t, root);
  for (const [name, forever] of Object.entries(kept)) {
    const field = (await ask(`/static/${name}`)).fields.get("cache-control") ?? "";
    assert.equal(field.includes("immutable"), forever, name);
  }
  const vite = await serveFolder(t, folderOf(t, { "index-B7x2kd91.js": "x" }), {
    fingerprinted: /-[\w-]{8}\.js$/,
  });
  assert.match((await vite.ask("/static/index-B7x2kd91.js")).fields.get("cache-control") ?? "", /immutable/);
});

test("what would not be served has no address", (t) => {
  const root = folderOf(t, { "a.css": "a", ".env": "secret", dir: null });
  symlinkSync("a.css", `${root}/link.css`);
  const folder = files(root, { allow: (path) => path !== "no.css" });
  write(root, "no.css", "x");
  for (const path of [
    "none.css",
    "",
    "/a.css",
    "../a.css",
    ".env",
    "dir",
    "link.css",
    "no.css",
    "a.css/",
    "a\0.css",
  ]) {
    assert.throws(
      () => folder.asset(path),
      (error) => error instanceof LimpidError && error.code === "LMP_STATIC_ASSET_UNKNOWN",
      path,
    );
  }
});
