/** `compress`: what is compressed, what is not, and the fields that tell of it (RFC 9110 §8.4, §12.5.3). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, zstdDecompress } from "node:zlib";
import { html } from "limpid";
import { Request, Response } from "limpid/message";
import { type CompressOptions, compose, compress } from "limpid/middleware";

const text = "All work and no play makes Jack a dull boy. ".repeat(30);
const decoders: Record<string, (bytes: Uint8Array) => Promise<Buffer>> = {
  br: promisify(brotliDecompress),
  gzip: promisify(gunzip),
  zstd: promisify(zstdDecompress),
};

interface Asked {
  accept?: string | null;
  method?: string;
  headers?: Record<string, string>;
  options?: CompressOptions;
}

async function ask(
  answer: () => unknown,
  { accept = "gzip, br, zstd", method = "GET", headers = {}, options }: Asked = {},
): Promise<Response> {
  const sent = accept === null ? headers : { ...headers, "Accept-Encoding": accept };
  return compose(
    [compress(options)],
    () => answer() as Response,
  )(new Request("/", { method, headers: sent }));
}

async function decoded(response: Response): Promise<string> {
  const coding = response.headers.get("content-encoding");
  const bytes = await response.bytes();
  return coding === null ? Buffer.from(bytes).toString() : String(await decoders[coding]!(bytes));
}

const negotiated: [accept: string | null, coding: string | null][] = [
  ["gzip", "gzip"],
  ["br", "br"],
  ["zstd", "zstd"],
  ["gzip, deflate, br, zstd", "zstd"],
  ["gzip, br", "br"],
  ["gzip;q=1, br;q=0.5", "gzip"],
  ["x-gzip", "gzip"],
  ["*", "zstd"],
  ["*;q=0", null],
  ["identity, gzip;q=0.5", null],
  ["gzip;q=0", null],
  ["deflate", null],
  ["", null],
  [null, null],
  ["nonsense;;;", null],
];
for (const [accept, coding] of negotiated) {
  test(`Accept-Encoding: ${accept ?? "none"} gets ${coding ?? "no coding"}`, async () => {
    const response = await ask(() => text, { accept });
    assert.equal(response.headers.get("content-encoding"), coding);
    assert.equal(response.headers.get("vary"), "Accept-Encoding");
    assert.equal(response.headers.get("content-type"), "text/plain; charset=utf-8");
    assert.ok((await decoded(response)) === text);
  });
}

for (const size of [1024, 4096, 4097, 16_384, 16_385, 300_000]) {
  for (const coding of ["zstd", "br", "gzip"]) {
    test(`${size} bytes come back from ${coding} as they were`, async () => {
      const bytes = Buffer.from(text.repeat(size / text.length + 1)).subarray(0, size);
      const response = await ask(() => new Response(bytes, { headers: { "Content-Type": "text/css" } }), {
        accept: coding,
      });
      assert.equal(response.headers.get("content-encoding"), coding);
      assert.ok((await decoded(response)) === String(bytes));
    });
  }
}

test("short content is compressed without a promise, long content off the event loop", () => {
  const run = (length: number): unknown =>
    compose([compress()], () => "x".repeat(length))(
      new Request("/", { headers: { "Accept-Encoding": "br" } }),
    );
  assert.ok(run(2000) instanceof Response);
  assert.ok(run(100_000) instanceof Promise);
});

const typed = (type: string, more: Record<string, string> = {}) =>
  new Response(text, { headers: { "Content-Type": type, ...more } });
const untouched: [what: string, answer: () => unknown, vary: string | null][] = [
  ["an image", () => typed("image/png"), null],
  ["an archive", () => typed("application/zip"), null],
  ["a compressed font", () => typed("font/woff2"), null],
  ["a film", () => typed("video/mp4"), null],
  ["a malformed type", () => typed("text"), null],
  ["content of no type", () => new Response(Buffer.from(text)), null],
  ["short content", () => "x".repeat(1023), null],
  ["coded content", () => typed("text/html", { "Content-Encoding": "br" }), null],
  ["no-transform", () => typed("text/html", { "Cache-Control": "private, no-transform" }), null],
  ["a digest of the octets", () => typed("text/html", { "Content-Digest": "sha-256=:AA==:" }), null],
  ["nothing", () => undefined, null],
  [
    "206",
    () =>
      new Response(text, {
        status: 206,
        headers: { "Content-Type": "text/plain", "Content-Range": "bytes 0-9/99" },
      }),
    null,
  ],
  ["304", () => new Response(null, { status: 304 }), null],
  [
    "an event stream",
    () =>
      Response.events(
        (async function* () {
          yield { data: text };
        })(),
      ),
    null,
  ],
];
for (const [what, answer, vary] of untouched) {
  test(`left as it is: ${what}`, async () => {
    const expected = answer();
    const response = await ask(answer);
    const before = expected instanceof Response ? expected.headers.get("content-encoding") : null;
    assert.equal(response.headers.get("content-encoding"), before);
    assert.equal(response.headers.get("vary"), vary);
  });
}

for (const type of [
  "text/html; charset=utf-8",
  "application/json",
  "application/problem+json",
  "image/svg+xml",
  "application/wasm",
]) {
  test(`${type} is compressed`, async () => {
    assert.equal((await ask(() => typed(type))).headers.get("content-encoding"), "zstd");
  });
}

test("what does not become smaller is sent as it is", async () => {
  const noise = crypto.getRandomValues(new Uint8Array(2048));
  const response = await ask(() => new Response(noise, { headers: { "Content-Type": "text/plain" } }));
  assert.equal(response.headers.get("content-encoding"), null);
  assert.deepEqual(await response.bytes(), noise);
});

test("a strong ETag becomes weak, a weak one stays, and lengths and ranges go", async () => {
  const response = await ask(() =>
    typed("text/css", { ETag: '"v1"', "Content-Length": String(text.length), "Accept-Ranges": "bytes" }),
  );
  assert.equal(response.headers.get("etag"), 'W/"v1"');
  assert.equal(response.headers.get("content-length"), null);
  assert.equal(response.headers.get("accept-ranges"), null);
  assert.equal((await ask(() => typed("text/css", { ETag: 'W/"v1"' }))).headers.get("etag"), 'W/"v1"');
});

test("status, fields, cookies and the error stay", async () => {
  const error = new Error("It broke.");
  const response = await ask(() => {
    const made = new Response(text, { status: 500, statusText: "Broken", headers: { Vary: "Origin" } });
    made.cookies.set("a", "1").set("b", "2");
    made.error = error;
    return made;
  });
  assert.equal(response.status, 500);
  assert.equal(response.statusText, "Broken");
  assert.equal(response.headers.get("vary"), "Origin, Accept-Encoding");
  assert.equal(response.headers.getSetCookie().length, 2);
  assert.equal(response.error, error);
});

test("HEAD gets the fields of GET without the length, and nothing is compressed", async () => {
  const head = await ask(() => typed("text/css", { ETag: '"v1"' }), { method: "HEAD" });
  const get = await ask(() => typed("text/css", { ETag: '"v1"' }));
  assert.deepEqual([...head.headers], [...get.headers]);
  assert.equal((await head.bytes()).length, 0);
});

test("a 304 carries Vary, and the tag as the client has it", async () => {
  const answer = () => new Response(null, { status: 304, headers: { ETag: '"v1"' } });
  const weak = await ask(answer, { headers: { "If-None-Match": 'W/"v1"' } });
  assert.equal(weak.headers.get("etag"), 'W/"v1"');
  assert.equal(weak.headers.get("vary"), "Accept-Encoding");
  const strong = await ask(answer, { headers: { "If-None-Match": '"v1"' } });
  assert.equal(strong.headers.get("etag"), '"v1"');
});

test("streams are compressed as streams", async () => {
  async function* pieces() {
    for (let count = 0; count < 50; count++) yield count % 2 === 0 ? text : Buffer.from(text);
  }
  for (const coding of ["zstd", "br", "gzip"]) {
    const headers = { "Content-Type": "text/plain", "Content-Length": String(text.length * 50) };
    const response = await ask(() => Response.stream(pieces(), { headers }), { accept: coding });
    assert.equal(response.headers.get("content-encoding"), coding);
    assert.equal(response.headers.get("content-length"), null);
    assert.ok((await decoded(response)) === text.repeat(50));
  }
});

test("pages, JSON and other results are compressed too", async () => {
  assert.equal(await decoded(await ask(() => html`<p>${text}</p>`)), `<p>${text}</p>`);
  assert.deepEqual(JSON.parse(await decoded(await ask(() => ({ text })))), { text });
});

test("options: codings, threshold and types", async () => {
  const only = await ask(() => text, { options: { codings: ["gzip"] } });
  assert.equal(only.headers.get("content-encoding"), "gzip");
  const low = await ask(() => "x".repeat(64), { options: { threshold: 10 } });
  assert.equal(low.headers.get("content-encoding"), "zstd");
  const wide = await ask(() => "ä".repeat(600), { options: { threshold: 1100 } });
  assert.equal(wide.headers.get("content-encoding"), "zstd");
  const other = await ask(() => typed("application/x-table"), { options: { type: () => true } });
  assert.equal(other.headers.get("content-encoding"), "zstd");
  for (const wrong of [{ codings: ["deflate"] }, { threshold: -1 }, { threshold: "1 kilo" }]) {
    assert.throws(() => compress(wrong as CompressOptions), { code: "LMP_MIDDLEWARE_OPTION_INVALID" });
  }
});

test("an error passes", async () => {
  await assert.rejects(
    ask(() => {
      throw new Error("It broke.");
    }),
    /It broke/,
  );
});
