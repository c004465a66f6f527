/** `encodeChunk` and `lastChunk`: what `ChunkedDecoder` reads, exactly. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ChunkedDecoder, encodeChunk, Headers, lastChunk } from "limpid/http";

test("a chunk is its size in hexadecimal, the data, and CRLF", () => {
  assert.equal(String(encodeChunk("hello")), "5\r\nhello\r\n");
  assert.equal(String(encodeChunk(Buffer.from("0123456789abcdef"))), "10\r\n0123456789abcdef\r\n");
  assert.equal(String(encodeChunk("é")), "2\r\né\r\n");
});

test("empty data is no chunk, because a chunk of size 0 ends the content", () => {
  assert.equal(encodeChunk("").length, 0);
  assert.equal(encodeChunk(new Uint8Array(0)).length, 0);
});

test("the last chunk carries the trailers", () => {
  assert.equal(String(lastChunk()), "0\r\n\r\n");
  assert.equal(String(lastChunk(new Headers())), "0\r\n\r\n");
  assert.equal(
    String(lastChunk(new Headers({ "Server-Timing": "a", B: "c" }))),
    "0\r\nServer-Timing: a\r\nB: c\r\n\r\n",
  );
});

test("a field that may only be a header is refused as a trailer (RFC 9110 §6.5.1)", () => {
  for (const name of [
    "Content-Length",
    "transfer-encoding",
    "Host",
    "Set-Cookie",
    "AUTHORIZATION",
    "Content-Type",
  ]) {
    assert.throws(() => lastChunk(new Headers({ [name]: "1" })), { code: "LMP_HTTP_TRAILER_FORBIDDEN" });
  }
});

test("what is encoded is decoded again, in any fragmentation", () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 });
  fc.assert(
    fc.property(
      pieces,
      fc.stringMatching(/^[a-z]{1,5}$/),
      fc.integer({ min: 1, max: 30 }),
      (data, trailer, size) => {
        const end = lastChunk(new Headers({ [`x-${trailer}`]: trailer }));
        const wire = Buffer.concat([...data.map(encodeChunk), end]);
        const decoder = new ChunkedDecoder();
        const decoded: Buffer[] = [];
        for (let at = 0; at < wire.length; at += size) {
          decoder.push(wire.subarray(at, at + size));
          for (let event = decoder.next(); event !== undefined; event = decoder.next()) {
            if (event.kind === "data") decoded.push(Buffer.from(event.bytes));
            else assert.deepEqual([...event.trailers!], [[`x-${trailer}`, trailer]]);
          }
        }
        assert.equal(decoder.done, true);
        assert.deepEqual(Buffer.concat(decoded), Buffer.concat(data));
      },
    ),
    { numRuns: 500 },
  );
});
