/** Conditional requests for files over a socket. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { folderOf, serveFolder } from "./served.ts";

const modified = "Sun, 01 Jun 2025 12:00:00 GMT";
const before = "Sun, 01 Jun 2025 11:59:59 GMT";

for (const cachedFileBytes of [1_000_000, 0]) {
  const where = cachedFileBytes === 0 ? "on disk" : "in memory";

  test(`conditions are judged for a file ${where}`, async (t) => {
    const { ask } = await serveFolder(t, folderOf(t, { "a.txt": "0123456789" }), { cachedFileBytes });
    const etag = (await ask("/static/a.txt")).fields.get("etag") ?? "";
    const rows: [Record<string, string>, number][] = [
      [{ "If-None-Match": etag }, 304],
      [{ "If-None-Match": `W/${etag}` }, 304],
      [{ "If-None-Match": `"x", ${etag}` }, 304],
      [{ "If-None-Match": "*" }, 304],
      [{ "If-None-Match": '"x"' }, 200],
      [{ "If-None-Match": '"x"', "If-Modified-Since": modified }, 200],
      [{ "If-Modified-Since": modified }, 304],
      [{ "If-Modified-Since": before }, 200],
      [{ "If-Modified-Since": "yesterday" }, 200],
      [{ "If-Match": etag }, 200],
      [{ "If-Match": `W/${etag}` }, 412],
      [{ "If-Match": '"x"' }, 412],
      [{ "If-Match": '"x"', "If-None-Match": etag }, 412],
      [{ "If-Unmodified-Since": modified }, 200],
      [{ "If-Unmodified-Since": before }, 412],
      [{ "If-Match": etag, "If-Unmodified-Since": before }, 200],
      [{ Range: "bytes=0-1", "If-None-Match": etag }, 304],
      [{ Range: "bytes=0-1", "If-Match": '"x"' }, 412],
      [{ Range: "bytes=0-1", "If-Range": etag }, 206],
      [{ Range: "bytes=0-1", "If-Range": `W/${etag}` }, 200],
      [{ Range: "bytes=0-1", "If-Range": '"x"' }, 200],
      [{ Range: "bytes=0-1", "If-Range": modified }, 206],
      [{ Range: "bytes=0-1", "If-Range": before }, 200],
      [{ Range: "bytes=99-", "If-Range": '"x"' }, 200],
      [{ Range: "bytes=99-" }, 416],
    ];
    for (const [fields, status] of rows) {
      const answer = await ask("/static/a.txt", fields);
      assert.equal(answer.status, status, JSON.stringify(fields));
      const length = { 200: 10, 206: 2, 304: 0 }[status];
      if (length !== undefined) assert.equal(answer.body.length, length);
    }
  });
}

test("a 304 repeats what a cache has to know, and nothing that is the content's", async (t) => {
  const { ask } = await serveFolder(t, folderOf(t, { "a.txt": "A".repeat(2000) }));
  const whole = await ask("/static/a.txt");
  const { fields, status } = await ask("/static/a.txt", { "If-None-Match": whole.fields.get("etag") ?? "" });
  assert.equal(status, 304);
  for (const name of ["etag", "cache-control", "last-modified", "vary"]) {
    assert.equal(fields.get(name), whole.fields.get(name), name);
  }
  for (const name of ["content-type", "content-length", "transfer-encoding"])
    assert.ok(!fields.has(name), name);
});
