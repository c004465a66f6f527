/** What is held in memory: looked at again after a second, and bounded. The clock is the test's. */
import assert from "node:assert/strict";
import { renameSync, rmSync, symlinkSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { gzipSync } from "node:zlib";
import { App, files, Request } from "limpid";
import { fileLoaded } from "limpid/static";
import { folderOf, sample, write } from "./served.ts";

/** Moves the clock of the cache. */
function clock(t: TestContext): (milliseconds: number) => void {
  const began = performance.now();
  let passed = 0;
  t.mock.method(performance, "now", () => began + passed);
  return (milliseconds) => {
    passed += milliseconds;
  };
}

function client(root: string, options: Parameters<typeof files>[1] = {}) {
  const app = new App();
  app.get("/static/*", files(root, options));
  return async (path: string, headers: Record<string, string> = {}) => {
    const response = await app.handle(new Request(`/static/${path}`, { headers }));
    return {
      status: response.status,
      headers: response.headers,
      text: Buffer.from(await response.bytes()).toString("latin1"),
    };
  };
}

test("a change is seen after a second at the latest, and nothing is read again without one", async (t) => {
  const pass = clock(t);
  const root = folderOf(t, { "a.txt": "old" });
  const get = client(root);
  const loaded: unknown[] = [];
  // Its change time is now, so it is read twice before it is trusted.
  await get("a.txt");
  const later = Date.now() + 60_000;
  t.mock.method(Date, "now", () => later);
  pass(1001);
  await get("a.txt");
  t.after(fileLoaded.listen((data) => loaded.push(data)));
  pass(999);
  write(root, "a.txt", "newer", new Date(sample.getTime() + 1));
  assert.equal((await get("a.txt")).text, "old");
  assert.equal(loaded.length, 0);
  pass(2);
  assert.equal((await get("a.txt")).text, "newer");
  assert.equal(loaded.length, 1);
  for (let times = 0; times < 3; times++) {
    pass(1001);
    assert.equal((await get("a.txt")).text, "newer");
  }
  assert.equal(loaded.length, 1);
});

test("files that go, come back or become links", async (t) => {
  const pass = clock(t);
  const root = folderOf(t, { "a.txt": "a", "b.txt": "b" });
  const get = client(root);
  assert.equal((await get("a.txt")).text, "a");
  rmSync(`${root}/a.txt`);
  pass(1001);
  assert.equal((await get("a.txt")).status, 404);
  renameSync(`${root}/b.txt`, `${root}/a.txt`);
  assert.equal((await get("a.txt")).text, "b");
  rmSync(`${root}/a.txt`);
  symlinkSync("/etc/passwd", `${root}/a.txt`);
  pass(1001);
  assert.equal((await get("a.txt")).status, 404);
});

test("a sibling that comes or goes is seen too", async (t) => {
  const pass = clock(t);
  const root = folderOf(t, { "a.js": "x".repeat(3000) });
  const get = client(root, { compress: false });
  const coding = async () =>
    (await get("a.js", { "Accept-Encoding": "gzip" })).headers.get("content-encoding");
  assert.equal(await coding(), null);
  write(root, "a.js.gz", gzipSync("x"));
  pass(1001);
  assert.equal(await coding(), "gzip");
  rmSync(`${root}/a.js.gz`);
  pass(1001);
  assert.equal(await coding(), null);
});

test("a large file that is replaced between its fields and its content is answered as what it is now", async (t) => {
  clock(t);
  const root = folderOf(t, { "a.bin": "old".repeat(1000) });
  const get = client(root, { cachedFileBytes: 0 });
  const first = await get("a.bin");
  write(root, "new.bin", "newer".repeat(1000));
  renameSync(`${root}/new.bin`, `${root}/a.bin`);
  const second = await get("a.bin");
  assert.equal(second.text, "newer".repeat(1000));
  assert.notEqual(second.headers.get("etag"), first.headers.get("etag"));
});

test("what is held never grows beyond the limit, whatever is asked for", async (t) => {
  const contents = Object.fromEntries(
    Array.from({ length: 200 }, (_, n) => [`${n}.txt`, "x".repeat(5000 + n)]),
  );
  const root = folderOf(t, contents);
  const loaded: { path: string }[] = [];
  t.after(fileLoaded.listen((data) => loaded.push(data)));
  const get = client(root, { cacheBytes: 100_000 });
  for (let n = 0; n < 200; n++) await get(`${n}.txt`, n % 3 === 0 ? { "Accept-Encoding": "br" } : {});
  assert.equal(loaded.length, 200);
  // The last ones are still there, the first ones have left.
  await get("199.txt");
  assert.equal(loaded.length, 200);
  await get("0.txt");
  assert.equal(loaded.length, 201);
});
