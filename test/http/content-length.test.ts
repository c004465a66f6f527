/** `Content-Length`: one plain decimal number, and content of exactly that length. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ProtocolError, RequestParser } from "limpid/http";
import { accepts, parseEveryWay, refuses, requestOf } from "./feeding.ts";

test("content of the given length is given out, and the next request begins behind it", () => {
  for (const body of ["", "a", "hello", "\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "\0\xff", "x".repeat(300)]) {
    accepts(requestOf(`Content-Length: ${body.length}`) + body, {
      framing: "length",
      contentLength: body.length,
      body,
    });
  }
});

test("a request with neither field has no content", () => {
  accepts(requestOf(), { framing: "none", contentLength: 0, body: "" });
});

test("content on GET, HEAD and OPTIONS is read like any other (CL.0 desync)", () => {
  for (const method of ["GET", "HEAD", "OPTIONS", "DELETE", "TRACE"]) {
    accepts(`${method} / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello`, { method, body: "hello" });
  }
});

test("CVE-2023-38697, CVE-2023-47627: everything but 1*16 DIGIT is refused", () => {
  for (const value of [
    ..."+1|-0|-1|+0|0x1|0X1|0b1|0o7|1_0|1e1|1E1|1.0|1.|.1|1 1|1,1|1,2|1, 1|1;|;1|1;a|\"1\"|'1'|1a|a|a1|ff".split(
      "|",
    ),
    ..."01|00|001|007|1L|1n|NaN|Infinity|-Infinity|true|null|[1]|{1}|(1)|%31|1%20|1/1|~1|1\\|\\x31|1\xa0|\xa01".split(
      "|",
    ),
    ..."1\x85|\xb2|\xd9\xa3|\xef\xbc\x91|1\t1|1\t,|,1|1,|,".split("|"),
  ]) {
    refuses(requestOf(`Content-Length: ${value}`), 400, "LMP_HTTP_CONTENT_LENGTH_INVALID");
  }
});

test("HTTP Garden #16,#17: an empty Content-Length is refused", () => {
  for (const value of ["", " ", "\t", "  \t "]) {
    refuses(requestOf(`Content-Length:${value}`), 400, "LMP_HTTP_CONTENT_LENGTH_INVALID");
  }
});

test("whitespace around the value is not part of it", () => {
  accepts(`${requestOf("Content-Length: \t 5 \t")}hello`, { contentLength: 5, body: "hello" });
  accepts(`${requestOf("content-LENGTH:5")}hello`, { contentLength: 5, body: "hello" });
});

test("HTTP Garden #26: a negative length is refused at once", () => {
  const outcome = refuses(requestOf("Content-Length: -1"), 400, "LMP_HTTP_CONTENT_LENGTH_INVALID");
  assert.deepEqual(outcome.messages, []);
});

test("class: size overflow: a length beyond 2^53-1 is refused before anything is allocated", () => {
  for (const value of [
    "9007199254740992",
    "9999999999999999",
    "10000000000000000",
    "18446744073709551615",
    "18446744073709551616",
    "18446744073709551621",
    "1".repeat(400),
  ]) {
    refuses(requestOf(`Content-Length: ${value}`), 413, "LMP_HTTP_CONTENT_LENGTH_TOO_LARGE");
  }
  const parser = new RequestParser();
  parser.push(Buffer.from(requestOf("Content-Length: 9007199254740991")));
  const event = parser.next();
  assert.ok(event?.kind === "head");
  assert.equal(event.head.contentLength, Number.MAX_SAFE_INTEGER);
});

test("duplicate Content-Length, the same or different, in any case of the name, is refused", () => {
  for (const [one, other] of [
    ["Content-Length: 5", "Content-Length: 5"],
    ["Content-Length: 5", "Content-Length: 6"],
    ["Content-Length: 0", "content-length: 5"],
    ["CONTENT-LENGTH: 5", "Content-Length: 0"],
    ["Content-Length: 5", "Content-Length:"],
  ] as const) {
    refuses(`${requestOf(one, other)}hello`, 400, "LMP_HTTP_CONTENT_LENGTH_INVALID");
    refuses(`${requestOf(one, "X: y", other)}hello`, 400, "LMP_HTTP_CONTENT_LENGTH_INVALID");
  }
});

test("HTTP/1.0 with Content-Length is framed by it", () => {
  accepts("POST / HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello", { body: "hello", keepAlive: false });
  accepts("POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello", {
    body: "hello",
    keepAlive: true,
  });
});

test("names that only look like Content-Length frame nothing", () => {
  for (const name of [
    "Content_Length",
    "Content-Lengths",
    "XContent-Length",
    "Content-Lengt",
    "Content.Length",
  ]) {
    accepts(requestOf(`${name}: 5`), { framing: "none", contentLength: 0 });
  }
});

test("content that is cut off by the end of the connection is an error", () => {
  const parser = new RequestParser();
  parser.push(Buffer.from(`${requestOf("Content-Length: 5")}hell`));
  while (parser.next() !== undefined);
  assert.throws(() => parser.finish(), ProtocolError);
  const outcome = parseEveryWay(`${requestOf("Content-Length: 5")}hell`);
  assert.equal(outcome.messages[0]?.complete, false);
  assert.equal(outcome.state, "body");
});
