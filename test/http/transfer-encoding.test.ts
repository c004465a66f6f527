/** `Transfer-Encoding`: `chunked` alone, and never beside `Content-Length`. */
import { test } from "node:test";
import { accepts, refuses, requestOf } from "./feeding.ts";

const chunkedBody = "5\r\nhello\r\n0\r\n\r\n";

test("CVE-2019-15605: every Transfer-Encoding but chunked is refused with 400 or 501", () => {
  const malformed = [
    '"chunked"',
    "chunked;a=b",
    "chunked;",
    ",chunked",
    "chunked,",
    ",",
    "chunked, chunked",
    "chunked,chunked",
    "chunked, gzip",
    "chunked, identity",
    "gzip,, chunked",
    "chunked\xa0",
    "\xa0chunked",
    "chunked\x85",
    "chunk ed",
    "chunked chunked",
    "chunked/1",
    "(chunked)",
    "chunked=1",
    "chun\xe7ed",
    "gzip;q=1, chunked",
  ];
  for (const value of malformed) {
    refuses(
      requestOf(`Transfer-Encoding: ${value}`) + chunkedBody,
      400,
      "LMP_HTTP_TRANSFER_ENCODING_INVALID",
    );
  }
  for (const value of ["", " ", "\t"]) {
    refuses(requestOf(`Transfer-Encoding:${value}`) + chunkedBody, 400, "LMP_HTTP_TRANSFER_ENCODING_INVALID");
  }
  for (const value of ["chunked\x0b", "\x0bchunked", "chunked\x0c", "\0chunked", "chunked\0", "chu\nnked"]) {
    refuses(requestOf(`Transfer-Encoding: ${value}`) + chunkedBody, 400, "LMP_HTTP_FIELD_LINE_INVALID");
  }
  const unknown = [
    "xchunked",
    "chunkedx",
    "identity",
    "gzip",
    "gzip, chunked",
    "gzip,chunked",
    "deflate",
    "x",
    "'chunked",
  ];
  for (const value of unknown) {
    refuses(
      requestOf(`Transfer-Encoding: ${value}`) + chunkedBody,
      501,
      "LMP_HTTP_TRANSFER_ENCODING_UNSUPPORTED",
    );
  }
});

test("CVE-2026-23527: chunked in each of its 2^7 cases frames as chunked", () => {
  for (let mask = 0; mask < 128; mask++) {
    const value = Array.from("chunked", (letter, bit) =>
      mask & (1 << bit) ? letter.toUpperCase() : letter,
    ).join("");
    accepts(requestOf(`Transfer-Encoding: ${value}`) + chunkedBody, {
      framing: "chunked",
      contentLength: -1,
      body: "hello",
    });
  }
});

test("whitespace around chunked is not part of the value", () => {
  accepts(requestOf("transfer-ENCODING: \t chunked \t ") + chunkedBody, { body: "hello" });
});

test("CVE-2026-54387: TE + CL in either order, any case, duplicated or comma-listed is refused", () => {
  for (const encoding of [
    "Transfer-Encoding: chunked",
    "transfer-encoding: Chunked",
    "TRANSFER-ENCODING: CHUNKED",
  ]) {
    for (const length of ["Content-Length: 5", "content-length: 0", "CONTENT-LENGTH: 100"]) {
      refuses(requestOf(encoding, length) + chunkedBody, 400, "LMP_HTTP_FRAMING_AMBIGUOUS");
      refuses(requestOf(length, encoding) + chunkedBody, 400, "LMP_HTTP_FRAMING_AMBIGUOUS");
      refuses(requestOf(length, "A: b", encoding) + chunkedBody, 400, "LMP_HTTP_FRAMING_AMBIGUOUS");
      refuses(requestOf(encoding, encoding, length) + chunkedBody, 400);
      refuses(requestOf(length, length, encoding) + chunkedBody, 400);
    }
  }
  refuses(requestOf("Content-Length: 5", "Transfer-Encoding: identity"), 400);
  refuses(requestOf("Content-Length: 5", "Transfer-Encoding: gzip, chunked"), 400);
  refuses(requestOf("Content-Length: 5", "Transfer-Encoding:"), 400);
  refuses(requestOf("Transfer-Encoding: chunked", "Content-Length:"), 400);
});

test("HTTP Garden #11: duplicate Transfer-Encoding, the same or different, is refused", () => {
  for (const second of ["chunked", "identity", "gzip", "", "Chunked"]) {
    refuses(requestOf("Transfer-Encoding: chunked", `Transfer-Encoding: ${second}`) + chunkedBody, 400);
    refuses(
      requestOf("Transfer-Encoding: chunked", "A: b", `transfer-encoding: ${second}`) + chunkedBody,
      400,
    );
  }
});

test("RFC 9112 §6.1: HTTP/1.0 with Transfer-Encoding is faulty framing", () => {
  for (const value of ["chunked", "gzip", ""]) {
    const head = `POST / HTTP/1.0\r\nTransfer-Encoding: ${value}\r\n\r\n`;
    refuses(head + chunkedBody, 400, "LMP_HTTP_TRANSFER_ENCODING_INVALID");
  }
});

test("names that only look like Transfer-Encoding frame nothing", () => {
  for (const name of [
    "Transfer_Encoding",
    "Transfer-Encodings",
    "XTransfer-Encoding",
    "Transfer-Encodin",
    "TE",
  ]) {
    accepts(requestOf(`${name}: chunked`), { framing: "none" });
  }
});
