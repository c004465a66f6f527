/** Chunked content: sizes, extensions, data and trailers, in a request and through `ChunkedDecoder` alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ChunkedDecoder, ProtocolError } from "limpid/http";
import { accepts, octetsOf, parseEveryWay, refuses, requestOf } from "./feeding.ts";

const head = requestOf("Transfer-Encoding: chunked");

test("the data of the chunks is the content", () => {
  for (const [wire, body] of [
    ["0\r\n\r\n", ""],
    ["1\r\na\r\n0\r\n\r\n", "a"],
    ["5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world"],
    ["a\r\n0123456789\r\n0\r\n\r\n", "0123456789"],
    ["A\r\n0123456789\r\n0\r\n\r\n", "0123456789"],
    ["1e\r\nall your base are belong to us\r\n000\r\n\r\n", "all your base are belong to us"],
    ["0000000000000005\r\nhello\r\n0000000000000000\r\n\r\n", "hello"],
    ["2\r\n\r\n\r\n0\r\n\r\n", "\r\n"],
    ["5\r\n0\r\n\r\n\r\n0\r\n\r\n", "0\r\n\r\n"],
  ] as const) {
    accepts(head + wire, { body, framing: "chunked", trailers: [] });
  }
});

test("CVE-2023-38697: a chunk size that is not 1*16 HEXDIG is refused", () => {
  const sizes =
    '+5|-5|0x5|0X5|x5|5_0|_5|5h|g|5g| 5|5 |\t5|5\t|5\x0b|\xa05|5\xa0|5.0|.5|5,5|"5"|%35|\xb2|5\0|\0|5\x85';
  for (const size of sizes.split("|")) {
    refuses(`${head}${size}\r\nhello\r\n0\r\n\r\n`, 400, "LMP_HTTP_CHUNK_INVALID");
  }
  refuses(`${head}00000000000000005\r\nhello\r\n0\r\n\r\n`, 400, "LMP_HTTP_CHUNK_INVALID");
});

test("each of the 256 octets as the first of a chunk line is a digit or refused", () => {
  for (let octet = 0; octet < 256; octet++) {
    const sample = Buffer.concat([octetsOf(head), Uint8Array.of(octet), octetsOf("\r\n")]);
    if (/[0-9A-Fa-f]/.test(String.fromCharCode(octet))) assert.equal(parseEveryWay(sample).status, undefined);
    else refuses(sample, 400, "LMP_HTTP_CHUNK_INVALID");
  }
});

test("HTTP Garden #38,#42: an empty chunk size is refused", () => {
  refuses(`${head}\r\n`, 400, "LMP_HTTP_CHUNK_INVALID");
  refuses(`${head};a=b\r\n\r\n`, 400, "LMP_HTTP_CHUNK_INVALID");
  refuses(`${head}5\r\nhello\r\n\r\n`, 400, "LMP_HTTP_CHUNK_INVALID");
});

test("class: size overflow (2^64 wraps to 0): a chunk beyond 2^53-1 is refused before any allocation", () => {
  for (const size of ["20000000000000", "ffffffffffffffff", "FFFFFFFFFFFFFFF", "8000000000000000"]) {
    refuses(`${head}${size}\r\n`, 413, "LMP_HTTP_CHUNK_TOO_LARGE");
  }
  refuses(`${head}10000000000000000\r\n`, 413);
  assert.equal(parseEveryWay(`${head}1fffffffffffff\r\na`).status, undefined);
});

test("CVE-2025-55315, HTTP Garden #31: a chunk line is ended by CRLF alone", () => {
  for (const wire of [
    "5\nhello\r\n0\r\n\r\n",
    "5\rhello\r\n0\r\n\r\n",
    "5\r\rhello\r\n0\r\n\r\n",
    "5;\nhello\r\n0\r\n\r\n",
    "5;\rhello\r\n0\r\n\r\n",
    "5;a\nhello\r\n0\r\n\r\n",
    "5;a\rXhello\r\n0\r\n\r\n",
    "5;a=b\nhello\r\n0\r\n\r\n",
    "5;a=b\rXhello\r\n0\r\n\r\n",
    '5;a="b\nc"\r\nhello\r\n0\r\n\r\n',
    '5;a="b\r\nc"\r\nhello\r\n0\r\n\r\n',
    '5;a="b\\\nc"\r\nhello\r\n0\r\n\r\n',
    "1\na\r\n0\r\n\r\n",
    "5\r;ABCD\r\n34\r\nE\r\n0\r\n\r\n",
  ]) {
    refuses(head + wire, 400, "LMP_HTTP_CHUNK_INVALID");
  }
});

test("chunk data is followed by CRLF and nothing else", () => {
  for (const end of ["\n", "\r", "\r\r\n", "X\r\n", "\0\r\n", "0\r\n"]) {
    refuses(`${head}5\r\nhello${end}0\r\n\r\n`, 400, "LMP_HTTP_CHUNK_INVALID");
  }
  refuses(`${head}4\r\nhello\r\n0\r\n\r\n`, 400, "LMP_HTTP_CHUNK_INVALID");
  refuses(`${head}6\r\nhello\r\n0\r\n\r\n`, 400, "LMP_HTTP_CHUNK_INVALID");
});

test("chunk extensions are checked and ignored", () => {
  for (const extension of [
    ";a",
    ";a=b",
    ";a;b;c",
    ';a="b c"',
    ';a="\\"\\\\"',
    ';a=""',
    ';a="b";c=d',
    ";a!=b~",
    ';a="\xe9\t"',
  ]) {
    accepts(`${head}5${extension}\r\nhello\r\n0${extension}\r\n\r\n`, { body: "hello" });
  }
});

test("a malformed chunk extension is refused, whitespace (BWS) included", () => {
  for (const extension of [
    ..."; a|;a |;a =b|;a= b| ;a|\t;a|;|;;a|;a;|;=b|;a=|;a=b=c|;a==b|;a,b|;a=b,|;(a)|;a=(b)|=b|,a|g".split(
      "|",
    ),
    ';a="b',
    ';a=b"c"',
    ';a="b"c',
    ';"a"',
    ';a="b\0"',
    ';a="\x7f"',
    ';a="\\\0"',
    ";a\0",
    ";\xe9",
    ';a="b" ',
    ";a=\xe9",
  ]) {
    refuses(`${head}5${extension}\r\nhello\r\n0\r\n\r\n`, 400, "LMP_HTTP_CHUNK_INVALID");
  }
});

test("CVE-2024-22019, CVE-2021-22960: a chunk extension of 64 KiB is refused before it has been read", () => {
  const outcome = parseEveryWay(`${head}1;${"a".repeat(65_536)}`);
  assert.equal(outcome.status, 413);
  assert.equal(outcome.code, "LMP_HTTP_CHUNK_EXTENSIONS_TOO_LARGE");
  // Without its end in sight: the limit and not the line end decides.
  refuses(`${head}1;${"a".repeat(255)}`, 413, "LMP_HTTP_CHUNK_EXTENSIONS_TOO_LARGE");
  accepts(`${head}1;${"a".repeat(254)}\r\nx\r\n0\r\n\r\n`, { body: "x" });
});

test("CVE-2024-22019: extensions of all chunks together are limited to 4 KiB a request", () => {
  const chunk = `1;${"a".repeat(99)}\r\nx\r\n`;
  accepts(`${head}${chunk.repeat(40)}0\r\n\r\n`, { body: "x".repeat(40) });
  const outcome = refuses(`${head}${chunk.repeat(41)}0\r\n\r\n`, 413, "LMP_HTTP_CHUNK_EXTENSIONS_TOO_LARGE");
  assert.equal(outcome.messages[0]?.body, "x".repeat(40));
});

test("the limit on extensions begins anew with each request", () => {
  const request = `${head}${`1;${"a".repeat(99)}\r\nx\r\n`.repeat(30)}0\r\n\r\n`;
  assert.equal(parseEveryWay(request.repeat(3)).messages.length, 3);
});

test("ChunkedDecoder alone: events, the rest behind the content, and the next content", () => {
  const decoder = new ChunkedDecoder();
  const shared = Buffer.from("3\r\nabc\r\n0\r\nX-A: b\r\n\r\nrest");
  decoder.push(shared);
  const data = decoder.next();
  assert.ok(data?.kind === "data");
  assert.equal(String(data.bytes), "abc");
  assert.equal(decoder.done, false);
  const end = decoder.next();
  assert.ok(end?.kind === "end");
  assert.equal(end.trailers?.get("x-a"), "b");
  assert.equal(decoder.done, true);
  assert.equal(decoder.next(), undefined);
  shared.fill(0);
  assert.equal(Buffer.from(decoder.take()).toString(), "rest");
  decoder.finish();

  decoder.reset();
  decoder.push(Buffer.from("1\r\nz\r\n"));
  assert.equal(decoder.next()?.kind, "data");
  assert.equal(decoder.next(), undefined);
  assert.throws(() => decoder.finish(), { code: "LMP_HTTP_MESSAGE_INCOMPLETE" });
});

test("ChunkedDecoder gives nothing after an error", () => {
  const decoder = new ChunkedDecoder();
  decoder.push(Buffer.from("x\r\n"));
  assert.throws(() => decoder.next(), ProtocolError);
  decoder.push(Buffer.from("1\r\na\r\n0\r\n\r\n"));
  assert.equal(decoder.next(), undefined);
  assert.equal(decoder.done, false);
});
