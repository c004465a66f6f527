/** Properties of the parser over generated octets: no other error, no dependence on the fragmentation, no surprise. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Headers, RequestParser } from "limpid/http";
import { feed, octetsOf, smuggled } from "./feeding.ts";

const seeds = [
  "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
  "POST /a?b HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
  "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nT: u\r\n\r\n",
  "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  "GET http://a/b HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
  "OPTIONS * HTTP/1.1\r\nHost: [::1]:80\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na",
].map((seed) => Buffer.from(seed + smuggled, "latin1"));

/** What attackers put between two readers' understandings. */
const fragments = [
  ..."\r|\n|\r\n|\r\n\r\n|\n\n|\0|\t| |  |:| :|;|,|\x0b|\x0c|\x7f|\x80|\xa0|\xff|#|?|/|*|@|%|+|-|0x|_".split(
    "|",
  ),
  ..."0|1|5|00|ffffffffffffffff|9007199254740993|chunked|Chunked|identity|close|upgrade|100-continue".split(
    "|",
  ),
  ..."Host: b|Content-Length: 0|Content-Length: 5|Transfer-Encoding: chunked|Transfer-Encoding : chunked".split(
    "|",
  ),
  ...'HTTP/1.1|HTTP/2.0|HTTP/0.9|GET|CONNECT|"|\\|=|a;a="'.split("|"),
];

const mutation = fc.record({
  kind: fc.constantFrom("insert", "replace", "delete", "repeat"),
  place: fc.nat(400),
  length: fc.integer({ min: 1, max: 6 }),
  fragment: fc.oneof(
    fc.constantFrom(...fragments),
    fc.integer({ min: 0, max: 255 }).map((o) => String.fromCharCode(o)),
  ),
});

const mutated = fc
  .tuple(fc.constantFrom(...seeds), fc.array(mutation, { maxLength: 4 }))
  .map(([seed, mutations]) =>
    mutations.reduce((octets, { kind, place, length, fragment }) => {
      const at = place % (octets.length + 1);
      const piece = octets.subarray(at, at + length);
      const middle =
        kind === "insert"
          ? octetsOf(fragment)
          : kind === "repeat"
            ? Buffer.concat([piece, piece])
            : undefined;
      const replaced = kind === "replace" ? octetsOf(fragment) : (middle ?? new Uint8Array(0));
      const behind = kind === "insert" ? at : at + length;
      return Buffer.concat([octets.subarray(0, at), replaced, octets.subarray(behind)]);
    }, seed),
  );

const places = fc.array(fc.nat(2000), { maxLength: 8 });

function cut(octets: Uint8Array, at: number[]): Uint8Array[] {
  const cuts = [0, ...at.map((place) => place % (octets.length + 1)).sort((a, b) => a - b), octets.length];
  return cuts.slice(1).map((end, index) => octets.subarray(cuts[index], end));
}

test("F-06: split invariance: whatever the fragmentation, events and errors are the same", () => {
  fc.assert(
    fc.property(mutated, places, (octets, at) => {
      const whole = feed([octets]);
      assert.deepEqual(feed(cut(octets, at)), whole);
      assert.deepEqual(feed(Array.from(octets, (octet) => Uint8Array.of(octet))), whole);
    }),
    { numRuns: 4000 },
  );
});

test("F-06: split invariance: at every pair of places", () => {
  for (const octets of seeds) {
    const whole = JSON.stringify(feed([octets]));
    for (let first = 1; first < octets.length; first++) {
      for (let second = first; second < octets.length; second++) {
        const pieces = [octets.subarray(0, first), octets.subarray(first, second), octets.subarray(second)];
        assert.equal(JSON.stringify(feed(pieces)), whole, `cut at ${first} and ${second}`);
      }
    }
  }
});

test("random octets throw nothing but a ProtocolError, and never a status outside 400 to 505", () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.array(fc.constantFrom(...fragments), { maxLength: 60 }).map((parts) => octetsOf(parts.join(""))),
    mutated,
  );
  fc.assert(
    fc.property(anything, (octets) => {
      const { status } = feed([octets]);
      assert.ok(status === undefined || [400, 413, 414, 417, 431, 501, 505].includes(status), `${status}`);
    }),
    { numRuns: 6000 },
  );
});

test("L3: whatever is accepted says its length in one way only", () => {
  fc.assert(
    fc.property(mutated, (octets) => {
      for (const message of feed([octets]).messages) {
        const named = (name: string): string[] =>
          message.headers.filter((line) => line.toLowerCase().startsWith(`${name}:`));
        const lengths = named("content-length");
        const encodings = named("transfer-encoding");
        assert.ok(lengths.length + encodings.length <= 1);
        assert.equal(message.framing, encodings.length ? "chunked" : lengths.length ? "length" : "none");
        if (lengths.length) assert.match(lengths[0]!, /^content-length: (0|[1-9][0-9]{0,15})$/i);
        if (encodings.length) assert.match(encodings[0]!, /^transfer-encoding: chunked$/i);
        assert.equal(named("host").length, message.version === "1.1" ? 1 : named("host").length);
      }
    }),
    { numRuns: 4000 },
  );
});

test("what Headers serializes is parsed again to the same lines", () => {
  const name = fc
    .stringMatching(/^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,12}$/)
    .filter((text) => !isControlName(text));
  const value = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map(printable), maxLength: 30 });
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value), { maxLength: 20 }), (lines) => {
      const written = new Headers([["Host", "a"], ...lines]);
      const parser = new RequestParser();
      parser.push(Buffer.from(`GET / HTTP/1.1\r\n${written.serialize()}\r\n`, "latin1"));
      const event = parser.next();
      assert.ok(event?.kind === "head");
      assert.deepEqual([...event.head.headers.lines()], [...written.lines()]);
      assert.equal(event.head.headers.serialize(), written.serialize());
    }),
    { numRuns: 1000 },
  );
});

function printable(code: number): string {
  return code === 0x7f ? "\t" : String.fromCharCode(code);
}

function isControlName(name: string): boolean {
  return /^(host|expect|connection|content-length|transfer-encoding)$/i.test(name);
}

test("F-09: nothing that was parsed has changed a prototype", () => {
  const before = [Object.prototype, Array.prototype, Function.prototype].map((p) =>
    Object.getOwnPropertyNames(p).join(),
  );
  for (const name of ["__proto__", "constructor", "prototype", "toString"]) {
    feed([octetsOf(`GET /${name}?${name}[${name}]=1 HTTP/1.1\r\nHost: a\r\n${name}: ${name}\r\n\r\n`)]);
  }
  const after = [Object.prototype, Array.prototype, Function.prototype].map((p) =>
    Object.getOwnPropertyNames(p).join(),
  );
  assert.deepEqual(after, before);
});
