/** Files in the coding a client asks for: siblings on disk, and text compressed here once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  brotliCompressSync,
  brotliDecompressSync,
  gunzipSync,
  gzipSync,
  zstdCompressSync,
  zstdDecompressSync,
} from "node:zlib";
import { folderOf, sample, serveFolder, write } from "./served.ts";

const json = JSON.stringify(Array.from({ length: 2000 }, (_, id) => ({ id, name: `number ${id}` })));
const later = new Date(sample.getTime() + 60_000);
const decoders = { br: brotliDecompressSync, gzip: gunzipSync, zstd: zstdDecompressSync };

test("text is compressed for clients that take it, and comes out the same", async (t) => {
  const { ask } = await serveFolder(t, folderOf(t, { "data.json": json }));
  const plain = await ask("/static/data.json");
  assert.equal(String(plain.body), json);
  assert.equal(plain.fields.get("vary"), "Accept-Encoding");
  assert.ok(!plain.fields.has("content-encoding"));
  const tags = new Set([plain.fields.get("etag")]);
  for (const [coding, decode] of Object.entries(decoders)) {
    const { fields, body } = await ask("/static/data.json", { "Accept-Encoding": coding });
    assert.equal(fields.get("content-encoding"), coding);
    assert.equal(fields.get("vary"), "Accept-Encoding");
    assert.equal(fields.get("content-length"), String(body.length));
    assert.ok(body.length < json.length / 4, `${coding}: ${body.length}`);
    assert.equal(String(decode(body)), json);
    tags.add(fields.get("etag"));
  }
  assert.equal(tags.size, 4, "each coding has a tag of its own");
});

test("the client's weights decide, and one that takes nothing gets the file as it is", async (t) => {
  const { ask } = await serveFolder(t, folderOf(t, { "data.json": json }));
  const coding = async (field: string) =>
    (await ask("/static/data.json", { "Accept-Encoding": field })).fields.get("content-encoding");
  assert.equal(await coding("gzip, deflate, br, zstd"), "br");
  assert.equal(await coding("gzip;q=1, br;q=0.5"), "gzip");
  assert.equal(await coding("br;q=0, *"), "zstd");
  assert.equal(await coding("deflate"), undefined);
  assert.equal(await coding("identity"), undefined);
  assert.equal(await coding("gzip;q=0"), undefined);
  assert.equal(await coding("identity;q=0, deflate"), undefined);
});

test("what would not become smaller is left alone", async (t) => {
  const root = folderOf(t, { "a.png": json, "small.txt": "x".repeat(500), "none.txt": "" });
  const { ask } = await serveFolder(t, root);
  for (const name of ["a.png", "small.txt", "none.txt"]) {
    const { fields } = await ask(`/static/${name}`, { "Accept-Encoding": "gzip, br" });
    assert.ok(!fields.has("content-encoding"), name);
    assert.ok(!fields.has("vary"), name);
  }
  const off = await serveFolder(t, folderOf(t, { "data.json": json }), { compress: false });
  assert.ok(!(await off.ask("/static/data.json", { "Accept-Encoding": "br" })).fields.has("vary"));
});

test("a sibling is sent as it is on disk, with its own length and tag", async (t) => {
  const root = folderOf(t, { "app.js": json });
  const siblings = { ".br": brotliCompressSync(json), ".gz": gzipSync(json), ".zst": zstdCompressSync(json) };
  for (const [suffix, bytes] of Object.entries(siblings)) write(root, `app.js${suffix}`, bytes, later);
  for (const cachedFileBytes of [1_000_000, 0]) {
    const { ask } = await serveFolder(t, root, { compress: false, cachedFileBytes });
    for (const [coding, suffix] of [
      ["br", ".br"],
      ["gzip", ".gz"],
      ["zstd", ".zst"],
    ] as const) {
      const { fields, body } = await ask("/static/app.js", { "Accept-Encoding": coding });
      assert.equal(fields.get("content-encoding"), coding);
      assert.equal(fields.get("content-type"), "text/javascript; charset=utf-8");
      assert.ok(body.equals(siblings[suffix]), coding);
      const etag = fields.get("etag") ?? "";
      const again = { "Accept-Encoding": coding, "If-None-Match": etag };
      assert.equal((await ask("/static/app.js", again)).status, 304);
      assert.equal((await ask("/static/app.js", { "If-None-Match": etag })).status, 200);
      const part = await ask("/static/app.js", { "Accept-Encoding": coding, Range: "bytes=0-9" });
      assert.equal(part.status, 206);
      assert.ok(part.body.equals(siblings[suffix].subarray(0, 10)));
    }
    assert.equal(String((await ask("/static/app.js")).body), json);
  }
});

test("a sibling older than its file was made from another one", async (t) => {
  const root = folderOf(t, {});
  write(root, "app.js", json, later);
  write(root, "app.js.gz", gzipSync("old"), sample);
  const { ask } = await serveFolder(t, root, { compress: false });
  const { fields, body } = await ask("/static/app.js", { "Accept-Encoding": "gzip" });
  assert.ok(!fields.has("content-encoding"));
  assert.equal(String(body), json);
});

test("a sibling that is a directory, or beside nothing, is none", async (t) => {
  const root = folderOf(t, { "app.js": json, "app.js.br": null, "lone.js.gz": gzipSync(json) });
  const { ask } = await serveFolder(t, root, { compress: false });
  assert.ok(!(await ask("/static/app.js", { "Accept-Encoding": "br" })).fields.has("content-encoding"));
  assert.equal((await ask("/static/lone.js", { "Accept-Encoding": "gzip" })).status, 404);
  const itself = await ask("/static/lone.js.gz", { "Accept-Encoding": "gzip" });
  assert.equal(itself.fields.get("content-type"), "application/gzip");
  assert.ok(!itself.fields.has("content-encoding"));
});

test("a part of what is compressed here is never sent", async (t) => {
  const { ask } = await serveFolder(t, folderOf(t, { "data.json": json }));
  const whole = await ask("/static/data.json", { "Accept-Encoding": "gzip" });
  assert.match(whole.fields.get("etag") ?? "", /^W\//);
  const part = await ask("/static/data.json", { "Accept-Encoding": "gzip", Range: "bytes=0-9" });
  assert.equal(part.status, 206);
  assert.equal(String(part.body), json.slice(0, 10));
  const resumed = {
    "Accept-Encoding": "gzip",
    Range: "bytes=10-",
    "If-Range": whole.fields.get("etag") ?? "",
  };
  assert.equal((await ask("/static/data.json", resumed)).status, 200);
});
