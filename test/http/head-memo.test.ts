/** The head that is remembered: whoever parses with a memo gets what everybody gets who parses without one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { HeadMemo, type RequestHead, RequestParser } from "limpid/http";

const heads = [
  "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET / HTTP/1.1\r\nHost: b\r\n\r\n",
  "GET / HTTP/1.0\r\nHost: a\r\n\r\n",
  "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  "HEAD /x?y=1 HTTP/1.1\r\nHost: a\r\nCookie: a=1\r\n\r\n",
  `GET /${"long".repeat(30)} HTTP/1.1\r\nHost: a\r\nX: ${"y".repeat(200)}1\r\n\r\n`,
  `GET /${"long".repeat(30)} HTTP/1.1\r\nHost: a\r\nX: ${"y".repeat(200)}2\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: a\r\nX: ${"y".repeat(3000)}\r\n\r\n`,
  "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
  "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
  "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nz",
  "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
  "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET / HTTP/1.1\r\nHost: a\r\n\r\r\n",
  "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
];

/** Everything a parser says of the bytes, cut into pieces of the given sizes. */
function said(parser: RequestParser, text: string, sizes: readonly number[]): string[] {
  const bytes = Buffer.from(text, "latin1");
  const words: string[] = [];
  let at = 0;
  try {
    for (let turn = 0; at < bytes.length; turn++) {
      const size = sizes.length === 0 ? bytes.length : sizes[turn % sizes.length]!;
      // A copy that is spoilt afterwards, as a buffer is that many connections share.
      const piece = Buffer.from(bytes.subarray(at, at + size));
      at += size;
      parser.push(piece);
      for (let event = parser.next(); event !== undefined; event = parser.next()) {
        if (event.kind === "head") words.push(spelled(event.head));
        else words.push(event.kind === "data" ? `data ${event.bytes}` : "end");
      }
      piece.fill(0x58);
    }
  } catch (error) {
    words.push(String(error));
  }
  // Where the content is cut is the network's doing.
  return words.join("\n").replaceAll("\ndata ", "|").split("\n");
}

function spelled(head: RequestHead): string {
  const { headers, ...parts } = head;
  return JSON.stringify([parts, [...headers.lines()]]);
}

test("any sequence of heads in any fragmentation, on any number of parsers: with a memo as without", () => {
  const message = fc.constantFrom(...heads);
  const connection = fc.record({
    messages: fc.array(message, { minLength: 1, maxLength: 6 }),
    sizes: fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(connection, { minLength: 1, maxLength: 6 }), (connections) => {
      const memo = new HeadMemo();
      for (const { messages, sizes } of connections) {
        const text = messages.join("");
        const whole = sizes.filter((size) => size > 0);
        assert.deepEqual(
          said(new RequestParser({}, memo), text, whole),
          said(new RequestParser(), text, whole),
        );
      }
    }),
    { numRuns: 2000 },
  );
});

test("every octet of the remembered head counts", () => {
  const head = `GET /tea?cup=1 HTTP/1.1\r\nHost: example.com\r\nCookie: id=${"c".repeat(150)}\r\n\r\n`;
  for (let place = 0; place < head.length; place++) {
    const memo = new HeadMemo();
    const changed = Buffer.from(head, "latin1");
    changed[place] = (changed[place]! + 1) & 0xff;
    const text = changed.toString("latin1");
    said(new RequestParser({}, memo), head, []);
    assert.deepEqual(said(new RequestParser({}, memo), text, []), said(new RequestParser(), text, []));
  }
});

test("the headers of one request are not those of the next", () => {
  const memo = new HeadMemo();
  const first = headOf(new RequestParser({}, memo), heads[0]!);
  first.headers.set("Host", "changed");
  first.headers.append("X-Mine", "1");
  const second = headOf(new RequestParser({}, memo), heads[0]!);
  assert.deepEqual([...second.headers.lines()], [["Host", "a"]]);
  assert.notEqual(first, second);
});

function headOf(parser: RequestParser, text: string): RequestHead {
  parser.push(Buffer.from(text, "latin1"));
  const event = parser.next();
  assert.equal(event?.kind, "head");
  return (event as { head: RequestHead }).head;
}
