/** Parts of files over a socket, from memory and from disk. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { folderOf, serveFolder } from "./served.ts";

const content = Buffer.from(
  Uint8Array.from({ length: 1_000_000 }, (_, at) => Math.imul(at, 2_654_435_761) >>> 13),
);

for (const cachedFileBytes of [2_000_000, 0]) {
  const where = cachedFileBytes === 0 ? "on disk" : "in memory";

  test(`single ranges of a file ${where}`, async (t) => {
    const { ask } = await serveFolder(t, folderOf(t, { "a.bin": content }), { cachedFileBytes });
    const rows: [string, string, number, number][] = [
      ["bytes=0-999", "bytes 0-999/1000000", 0, 1000],
      ["bytes=999999-", "bytes 999999-999999/1000000", 999_999, 1_000_000],
      ["bytes=-5", "bytes 999995-999999/1000000", 999_995, 1_000_000],
      ["bytes=100000-700000", "bytes 100000-700000/1000000", 100_000, 700_001],
      ["bytes=0-9999999", "bytes 0-999999/1000000", 0, 1_000_000],
    ];
    for (const [range, told, start, end] of rows) {
      const { status, fields, body } = await ask("/static/a.bin", { Range: range });
      assert.equal(status, 206);
      assert.equal(fields.get("content-range"), told);
      assert.equal(fields.get("content-length"), String(end - start));
      assert.ok(body.equals(content.subarray(start, end)), range);
    }
  });

  test(`several ranges of a file ${where} come as parts`, async (t) => {
    const { ask } = await serveFolder(t, folderOf(t, { "a.bin": content }), { cachedFileBytes });
    const { status, fields, body } = await ask("/static/a.bin", { Range: "bytes=0-9,500000-800000,-10" });
    assert.equal(status, 206);
    const boundary = /^multipart\/byteranges; boundary=(\w+)$/.exec(fields.get("content-type") ?? "")?.[1];
    assert.ok(boundary !== undefined && !fields.has("content-range"));
    assert.equal(fields.get("content-length"), String(body.length));
    const parts = body.toString("latin1").split(`--${boundary}`).slice(1, -1);
    const expected: [string, Buffer][] = [
      ["bytes 0-9/1000000", content.subarray(0, 10)],
      ["bytes 500000-800000/1000000", content.subarray(500_000, 800_001)],
      ["bytes 999990-999999/1000000", content.subarray(999_990)],
    ];
    assert.equal(parts.length, 3);
    for (const [index, [told, bytes]] of expected.entries()) {
      const head = `\r\nContent-Type: application/octet-stream\r\nContent-Range: ${told}\r\n\r\n`;
      assert.ok(parts[index] === `${head}${bytes.toString("latin1")}\r\n`, told);
    }
    assert.ok(body.toString("latin1").endsWith(`--${boundary}--\r\n`));
  });
}

test("where no range is in the file the answer tells its size", async (t) => {
  const { ask } = await serveFolder(t, folderOf(t, { "a.bin": content }));
  const { status, fields } = await ask("/static/a.bin", { Range: "bytes=1000000-" });
  assert.equal(status, 416);
  assert.equal(fields.get("content-range"), "bytes */1000000");
});

test("HEAD knows no ranges, and other units mean the whole", async (t) => {
  const { ask } = await serveFolder(t, folderOf(t, { "a.txt": "0123456789" }));
  assert.equal((await ask("/static/a.txt", { Range: "bytes=0-1" }, "HEAD")).status, 200);
  assert.equal((await ask("/static/a.txt", { Range: "lines=0-1" })).status, 200);
});

test("CVE-2025-62727: no field makes an answer much longer than the file, and reading it takes no time", async (t) => {
  const { ask } = await serveFolder(t, folderOf(t, { "a.bin": content.subarray(0, 20_000) }));
  const spec = fc.oneof(
    fc.tuple(fc.nat(25_000), fc.nat(25_000)).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
    fc.nat(25_000).map((first) => `${first}-`),
    fc.nat(25_000).map((length) => `-${length}`),
    fc.constantFrom("0-", "0-0", "-1", "", "x", "5-1", "-", `${"9".repeat(300)}-`),
  );
  const field = fc.array(spec, { minLength: 1, maxLength: 30 }).map((specs) => `bytes=${specs.join(",")}`);
  await fc.assert(
    fc.asyncProperty(field, async (range) => {
      const { status, octets } = await ask("/static/a.bin", { Range: range });
      assert.ok([200, 206, 416].includes(status), `${status} for ${range}`);
      assert.ok(octets <= 20_000 + 10_240, `${octets} bytes for ${range}`);
    }),
    { numRuns: 1000 },
  );
  const bombs = [
    "0-,".repeat(2600),
    "-1,".repeat(2600),
    ",".repeat(7900),
    "9".repeat(7900),
    "0-0,1-1,".repeat(900),
  ];
  for (const bomb of bombs) {
    const { status, body } = await ask("/static/a.bin", { Range: `bytes=${bomb}` });
    assert.equal(status, 200, bomb.slice(0, 10));
    assert.equal(body.length, 20_000);
  }
});
