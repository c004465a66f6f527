/** A folder over a socket: as handler, as mounted application, as middleware. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { App, files, Request } from "limpid";
import { LimpidError } from "limpid/errors";
import { fileLoaded } from "limpid/static";
import { folderOf, listen, serveFolder } from "./served.ts";

test("a file comes with its type, validators and how long it may be kept", async (t) => {
  const root = folderOf(t, { "css/app.css": "body { margin: 0 }\n" });
  const { ask } = await serveFolder(t, root);
  const { status, fields, body } = await ask("/static/css/app.css");
  assert.equal(status, 200);
  assert.equal(String(body), "body { margin: 0 }\n");
  assert.equal(fields.get("content-type"), "text/css; charset=utf-8");
  assert.equal(fields.get("content-length"), "19");
  assert.equal(fields.get("cache-control"), "public, max-age=3600");
  assert.equal(fields.get("last-modified"), "Sun, 01 Jun 2025 12:00:00 GMT");
  assert.match(fields.get("etag") ?? "", /^"[\w-]+"$/);
  assert.equal(fields.get("accept-ranges"), "bytes");
  assert.equal(fields.get("x-content-type-options"), "nosniff");
});

test("types follow the extension, and what has none is octets", async (t) => {
  const types = {
    "a.html": "text/html; charset=utf-8",
    "a.js": "text/javascript; charset=utf-8",
    "a.json": "application/json",
    "a.svg": "image/svg+xml",
    "a.PNG": "image/png",
    "a.wasm": "application/wasm",
    "café.txt": "text/plain; charset=utf-8",
    LICENSE: "application/octet-stream",
  };
  const root = folderOf(t, Object.fromEntries(Object.keys(types).map((name) => [name, "x"])));
  const { ask } = await serveFolder(t, root);
  for (const [name, type] of Object.entries(types)) {
    assert.equal((await ask(`/static/${encodeURIComponent(name)}`)).fields.get("content-type"), type, name);
  }
});

test("every byte of a file of any size arrives, from memory and from disk", async (t) => {
  const sizes = [0, 1, 4096, 4097, 65_536, 65_537, 262_144, 262_145, 1_000_000];
  const contents = sizes.map((size) => [`${size}.bin`, Buffer.alloc(size)] as const);
  const filled = contents.map(
    ([name, bytes], n) => [name, bytes.map((_, at) => (Math.imul(at, 2_654_435_761) >>> 13) + n)] as const,
  );
  const root = folderOf(t, Object.fromEntries(filled));
  for (const cachedFileBytes of [2_097_152, 0]) {
    const { ask } = await serveFolder(t, root, { cachedFileBytes });
    for (const [name, bytes] of filled) {
      const { status, body, fields } = await ask(`/static/${name}`);
      assert.equal(status, 200);
      assert.equal(fields.get("content-length"), String(bytes.length));
      assert.ok(body.equals(bytes), `${name} with ${cachedFileBytes}`);
    }
  }
});

test("HEAD has the fields of GET and no content, from memory and from disk", async (t) => {
  const root = folderOf(t, { "a.txt": "x".repeat(5000) });
  for (const cachedFileBytes of [10_000, 100]) {
    const { ask } = await serveFolder(t, root, { cachedFileBytes });
    const get = await ask("/static/a.txt");
    const head = await ask("/static/a.txt", {}, "HEAD");
    assert.equal(head.body.length, 0);
    assert.equal(get.body.length, 5000);
    const withoutDate = (fields: ReadonlyMap<string, string>) =>
      [...fields].filter(([name]) => name !== "date");
    assert.deepEqual(withoutDate(head.fields), withoutDate(get.fields));
  }
});

test("a mounted folder answers everything below its prefix, and other methods with what it allows", async (t) => {
  const root = folderOf(t, { "a.txt": "A", "b/index.html": "B" });
  const app = new App();
  app.mount("/files", files(root));
  const { ask } = await listen(t, app);
  assert.equal(String((await ask("/files/a.txt")).body), "A");
  assert.equal(String((await ask("/files/b/")).body), "B");
  assert.equal((await ask("/files/none")).status, 404);
  const posted = await ask("/files/a.txt", { "Content-Length": "0" }, "POST");
  assert.equal(posted.status, 405);
  assert.equal(posted.fields.get("allow"), "GET, HEAD, OPTIONS");
  const options = await ask("/files/a.txt", {}, "OPTIONS");
  assert.equal(options.status, 204);
  assert.equal(options.fields.get("allow"), "GET, HEAD, OPTIONS");
});

test("as middleware it goes on where there is no file, and for other methods", async (t) => {
  const root = folderOf(t, { "a.txt": "A" });
  const app = new App();
  app.use("/static", files(root));
  app.all("/static/*", ({ method, params }) => `${method} ${params["*"]}`);
  app.get("/a.txt", () => "another");
  const { ask } = await listen(t, app);
  assert.equal(String((await ask("/static/a.txt")).body), "A");
  assert.equal(String((await ask("/static/b.txt")).body), "GET b.txt");
  assert.equal(String((await ask("/static/.env")).body), "GET .env");
  assert.equal(String((await ask("/static/a.txt", { "Content-Length": "0" }, "PUT")).body), "PUT a.txt");
  assert.equal(String((await ask("/a.txt")).body), "another");
});

test("as middleware without a prefix it serves the root, and with the option it stands where that says", async (t) => {
  const root = folderOf(t, { "a.txt": "A" });
  const app = new App();
  app.use(files(root, { prefix: "/below" }));
  app.use(files(root));
  const { ask } = await listen(t, app);
  assert.equal(String((await ask("/a.txt")).body), "A");
  assert.equal(String((await ask("/below/a.txt")).body), "A");
  assert.equal((await ask("/belowa.txt")).status, 404);
});

test("with fallThrough false what is not there is 404, and so is another method 405", async (t) => {
  const root = folderOf(t, { "a.txt": "A" });
  const app = new App();
  app.use("/static", files(root, { fallThrough: false }));
  app.get("/*", () => "route");
  const { ask } = await listen(t, app);
  assert.equal((await ask("/static/b.txt")).status, 404);
  assert.equal((await ask("/static/a.txt", { "Content-Length": "0" }, "POST")).status, 405);
  assert.equal(String((await ask("/other")).body), "route");
});

test("a missing file is a 404 that the application may answer itself", async (t) => {
  const app = new App();
  app.get("/static/*", files(folderOf(t, {})));
  app.onError(404, (error) => (error instanceof LimpidError ? error.code : "?"));
  const { ask } = await listen(t, app);
  assert.equal(String((await ask("/static/none")).body), "LMP_FILE_NOT_FOUND");
});

test("what is in memory is answered without a promise", async (t) => {
  const app = new App();
  app.get("/static/*", files(folderOf(t, { "a.txt": "A" })));
  const request = () => app.handle(new Request("/static/a.txt"));
  assert.ok(request() instanceof Promise);
  await request();
  assert.ok(!(request() instanceof Promise));
});

test("a folder that is none and options that cannot be taken are refused where they are written", (t) => {
  const root = folderOf(t, { file: "x" });
  const refused = (make: () => unknown, code: string): void => {
    assert.throws(
      make,
      (error) => error instanceof LimpidError && error.code === code && error.fix !== undefined,
    );
  };
  refused(() => files(`${root}/none`), "LMP_STATIC_ROOT_INVALID");
  refused(() => files(`${root}/file`), "LMP_STATIC_ROOT_INVALID");
  refused(() => files(root, { prefix: "static" }), "LMP_STATIC_OPTION_INVALID");
  refused(() => files(root, { prefix: "/a/../b" }), "LMP_STATIC_OPTION_INVALID");
  refused(() => files(root, { index: "../index.html" }), "LMP_STATIC_OPTION_INVALID");
  refused(() => files(root, { fallback: "/etc/passwd" }), "LMP_STATIC_OPTION_INVALID");
  refused(() => files(root, { cacheBytes: -1 }), "LMP_STATIC_OPTION_INVALID");
  refused(() => files(root, { cacheControl: "a\r\nb" }), "LMP_STATIC_OPTION_INVALID");
  assert.equal(files(root).name, `files(${root})`);
  assert.equal(typeof files(pathToFileURL(root)).handle, "function");
});

test("a file is read once for many, and the reading is announced", async (t) => {
  const root = folderOf(t, { "a.txt": "A" });
  const { ask } = await serveFolder(t, root);
  const loaded: unknown[] = [];
  t.after(fileLoaded.listen((data) => loaded.push(data)));
  await Promise.all(Array.from({ length: 20 }, () => ask("/static/a.txt")));
  assert.deepEqual(loaded, [{ root, path: "a.txt", size: 1, held: true }]);
});
