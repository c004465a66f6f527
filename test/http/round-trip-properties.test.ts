/** What is written is read again: response heads, chunks, requests and cookies, over generated values. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  ChunkedDecoder,
  encodeChunk,
  Headers,
  lastChunk,
  parseCookies,
  parseRequest,
  serializeCookie,
  serializeResponseHead,
} from "limpid/http";

const token = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,12}$/);
const framing = /^(?:host|expect|connection|content-length|transfer-encoding|upgrade)$/i;
const fieldName = token.filter((name) => !framing.test(name));
const octet = fc
  .integer({ min: 0x20, max: 0xff })
  .map((code) => (code === 0x7f ? "\t" : String.fromCharCode(code)));
const value = fc.string({ unit: octet, maxLength: 30 });
const lines = fc.array(fc.tuple(fieldName, value), { maxLength: 20 });

test("a response head is read again by another parser as it was written", () => {
  const status = fc.integer({ min: 100, max: 599 });
  fc.assert(
    fc.property(
      status,
      value,
      lines,
      fc.constantFrom(0 as const, 1 as const),
      (code, reason, fields, minorVersion) => {
        const headers = new Headers(fields);
        const text = serializeResponseHead({ status: code, reason, headers, minorVersion });
        const [start = "", ...rest] = text.split("\r\n");
        assert.equal(start, `HTTP/1.${minorVersion} ${code} ${reason}`);
        assert.deepEqual(rest.slice(-2), ["", ""]);
        assert.deepEqual(
          rest.slice(0, -2),
          [...headers.lines()].map(([name, one]) => `${name}: ${one}`),
        );
        assert.equal(text.indexOf("\r\n\r\n"), text.length - 4, "there is one empty line");
      },
    ),
    { numRuns: 2000 },
  );
});

test("a request of any method, target, fields and content is read as it was written", () => {
  const target = fc.stringMatching(/^\/[!-"$-~]{0,30}$/);
  const content = fc.uint8Array({ maxLength: 200 });
  const sizes = fc.option(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 }));
  const method = token.filter((name) => name !== "CONNECT");
  fc.assert(
    fc.property(method, target, lines, content, sizes, (name, path, fields, body, chunkSizes) => {
      const headers = new Headers([["Host", "h"], ...fields]);
      if (chunkSizes === null) headers.set("Content-Length", body.length);
      else headers.set("Transfer-Encoding", "chunked");
      const octets = chunkSizes === null ? body : chunks(body, chunkSizes);
      const head = Buffer.from(`${name} ${path} HTTP/1.1\r\n${headers.serialize()}\r\n`, "latin1");
      const request = parseRequest(Buffer.concat([head, octets, Buffer.from("rest")]));
      assert.equal(request.method, name);
      assert.equal(request.target, path);
      assert.deepEqual([...request.headers.lines()], [...headers.lines()]);
      assert.deepEqual(Uint8Array.from(request.body), body);
      assert.equal(String(request.rest), "rest");
    }),
    { numRuns: 2000 },
  );
});

test("chunks of any size are decoded to what was encoded, in any fragmentation, and not an octet more is taken", () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 10 });
  const cuts = fc.array(fc.nat(1000), { maxLength: 6 });
  const trailers = fc.array(fc.tuple(fc.constantFrom("X-Sum", "X-Time"), value), { maxLength: 3 });
  fc.assert(
    fc.property(pieces, cuts, trailers, (data, places, fields) => {
      const end = lastChunk(new Headers(fields));
      const octets = Buffer.concat([...data.map((piece) => encodeChunk(piece)), end, Buffer.from("rest")]);
      const decoder = new ChunkedDecoder();
      const read: Buffer[] = [];
      let received: string[] = [];
      const ends = [...places.map((place) => place % octets.length).sort((a, b) => a - b), octets.length];
      let from = 0;
      for (const to of ends) {
        decoder.push(Uint8Array.from(octets.subarray(from, to)));
        from = to;
        for (let event = decoder.next(); event !== undefined; event = decoder.next()) {
          if (event.kind === "data") read.push(Buffer.from(event.bytes));
          else received = [...(event.trailers?.lines() ?? [])].map((line) => line.join(": "));
        }
      }
      assert.ok(decoder.done);
      assert.deepEqual(Buffer.concat(read), Buffer.concat(data));
      assert.deepEqual(
        received,
        [...new Headers(fields).lines()].map((line) => line.join(": ")),
      );
    }),
    { numRuns: 2000 },
  );
});

test("cookies of any value are read back, together and in any order", () => {
  const text = fc.string({ unit: "binary", maxLength: 30 }).map((one) => one.toWellFormed());
  const names = token.filter((name) => !/^__/.test(name));
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(names, text), { maxLength: 10, selector: ([name]) => name }),
      (pairs) => {
        const header = pairs.map(([name, one]) => serializeCookie(name, one).split(";", 1)[0]).join("; ");
        assert.deepEqual([...parseCookies(header)], pairs);
        assert.equal(parseCookies(header).repeated.size, 0);
      },
    ),
    { numRuns: 500 },
  );
});

function chunks(body: Uint8Array, sizes: number[]): Buffer {
  const encoded: Buffer[] = [];
  for (let at = 0, turn = 0; at < body.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    encoded.push(encodeChunk(body.subarray(at, at + size)));
    at += size;
  }
  return Buffer.concat([...encoded, lastChunk()]);
}
