/** The request line: method, target and version, and every way to get them wrong. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ProtocolError, parseRequest } from "limpid/http";
import { accepts, octetsOf, parseEveryWay, refuses } from "./feeding.ts";

const tchar = /[A-Za-z0-9!#$%&'*+\-.^_`|~]/;
const afterLine = "\r\nHost: a\r\n\r\n";

function withOctet(before: string, octet: number, after: string): Uint8Array {
  return Buffer.concat([octetsOf(before), Uint8Array.of(octet), octetsOf(after)]);
}

test("a method is any token, as sent", () => {
  for (const method of ["GET", "get", "M-SEARCH", "PROPFIND", "X", "!#$%&'*+-.^_`|~0"]) {
    accepts(`${method} / HTTP/1.1${afterLine}`, { method, target: "/" });
  }
});

test("each of the 256 octets in a method is a token character or refused", () => {
  for (let octet = 0; octet < 256; octet++) {
    const sample = withOctet("GE", octet, `T / HTTP/1.1${afterLine}`);
    if (tchar.test(String.fromCharCode(octet))) accepts(sample);
    else refuses(sample, 400);
  }
});

test("each of the 256 octets as the first of a connection begins a method, an empty line, or is refused", () => {
  for (let octet = 0; octet < 256; octet++) {
    const sample = withOctet("", octet, ` / HTTP/1.1${afterLine}`);
    if (tchar.test(String.fromCharCode(octet))) accepts(sample);
    else refuses(sample, 400, "LMP_HTTP_REQUEST_LINE_INVALID");
  }
});

test("THREATS: non-ASCII or control bytes in target are refused, in each of the 256 octets", () => {
  for (let octet = 0; octet < 256; octet++) {
    const sample = withOctet("GET /a", octet, `b HTTP/1.1${afterLine}`);
    const isPermitted = octet > 0x20 && octet < 0x7f && octet !== 0x23;
    if (isPermitted) accepts(sample, { target: `/a${String.fromCharCode(octet)}b` });
    else refuses(sample, 400);
  }
});

test("THREATS: tab or more than one SP in the request line is refused", () => {
  for (const line of [
    "GET  / HTTP/1.1",
    "GET /  HTTP/1.1",
    "GET\t/ HTTP/1.1",
    "GET /\tHTTP/1.1",
    "GET / HTTP/1.1 ",
    "GET / HTTP/1.1\t",
    " GET / HTTP/1.1",
    "GET /a b HTTP/1.1",
    "GET \t/ HTTP/1.1",
    "GET /\x0bHTTP/1.1",
    "GET /\x0cHTTP/1.1",
    "GET\xa0/ HTTP/1.1",
  ]) {
    refuses(line + afterLine, 400);
  }
});

test("THREATS: HTTP/0.9 and a line without version are refused", () => {
  for (const sample of ["GET /\r\n", "GET /\n", "GET\r\n", "GET \r\n", "GET / \r\n", "GET", "G\r\n"]) {
    if (sample === "GET") assert.equal(parseEveryWay(sample).status, undefined);
    else refuses(sample, 400, "LMP_HTTP_REQUEST_LINE_INVALID");
  }
});

test("THREATS: bad version (HTTP/1.10, HTTP/01.1, http/1.1) is refused with 400", () => {
  for (const version of [
    "HTTP/1.10",
    "HTTP/01.1",
    "http/1.1",
    "Http/1.1",
    "HTTP/1",
    "HTTP/1.",
    "HTTP/.1",
    "HTTP/1,1",
    "HTTP /1.1",
    "HTTP/ 1.1",
    "HTTP/1 .1",
    "HTTP/+1.1",
    "HTTP/-1.1",
    "HTTP/A.1",
    "HTTP/1.A",
    "HTTP/１.1",
    "HTTPS/1.1",
    "HTP/1.1",
    "HTTP//1.1",
    "HTTP\\1.1",
    "RTSP/1.0",
    "ICE/1.0",
  ]) {
    refuses(Buffer.from(`GET / ${version}${afterLine}`), 400, "LMP_HTTP_REQUEST_LINE_INVALID");
  }
});

test("THREATS: HTTP/2.0 and every other major version is refused with 505", () => {
  for (const version of ["HTTP/2.0", "HTTP/0.9", "HTTP/0.0", "HTTP/3.0", "HTTP/5.6", "HTTP/9.9"]) {
    refuses(`GET / ${version}${afterLine}`, 505, "LMP_HTTP_VERSION_UNSUPPORTED");
  }
  refuses("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "LMP_HTTP_VERSION_UNSUPPORTED");
});

test("a later minor version is HTTP/1.1 (RFC 9110 §2.5)", () => {
  for (let minor = 0; minor < 10; minor++) {
    accepts(`GET / HTTP/1.${minor}\r\nHost: a\r\nConnection: keep-alive\r\n\r\n`, {
      version: minor === 0 ? "1.0" : "1.1",
      keepAlive: true,
    });
  }
});

test("each of the 256 octets behind the version other than CR is refused", () => {
  for (let octet = 0; octet < 256; octet++) {
    const sample = withOctet("GET / HTTP/1.1", octet, `\nHost: a\r\n\r\n`);
    if (octet === 0x0d) accepts(sample);
    else refuses(sample, 400);
  }
});

test("the request line is not ended by bare LF or bare CR", () => {
  refuses("GET / HTTP/1.1\nHost: a\r\n\r\n", 400);
  refuses("GET / HTTP/1.1\rHost: a\r\n\r\n", 400);
  refuses("GET / HTTP/1.1\r\rHost: a\r\n\r\n", 400);
  refuses("GET / HTTP/1.1\n\rHost: a\r\n\r\n", 400);
});

test("RFC 9112 §2.2: a few empty lines before a request are read over, many are refused", () => {
  for (let count = 0; count <= 4; count++) accepts(`${"\r\n".repeat(count)}GET / HTTP/1.1${afterLine}`);
  refuses(`${"\r\n".repeat(5)}GET / HTTP/1.1${afterLine}`, 400);
  refuses(`\nGET / HTTP/1.1${afterLine}`, 400);
  refuses(`\rGET / HTTP/1.1${afterLine}`, 400);
  refuses(`\r\n\nGET / HTTP/1.1${afterLine}`, 400);
});

test("THREATS: method > 24 bytes is refused with 501, one of 24 is not", () => {
  accepts(`${"M".repeat(24)} / HTTP/1.1${afterLine}`);
  refuses(`${"M".repeat(25)} / HTTP/1.1${afterLine}`, 501, "LMP_HTTP_METHOD_TOO_LONG");
  refuses("M".repeat(25), 501, "LMP_HTTP_METHOD_TOO_LONG");
});

test("THREATS: URL > 8 KiB is refused with 414, one of 8 KiB is not", () => {
  const target = `/${"a".repeat(8191)}`;
  accepts(`GET ${target} HTTP/1.1${afterLine}`, { target });
  refuses(`GET ${target}a HTTP/1.1${afterLine}`, 414, "LMP_HTTP_TARGET_TOO_LONG");
  refuses(`GET ${target}a`, 414, "LMP_HTTP_TARGET_TOO_LONG");
});

test("a TLS handshake on a plain port is told as one", () => {
  for (const [octet, fix] of [
    [0x16, /without TLS/],
    [0x15, /^undefined$/],
  ] as const) {
    assert.throws(
      () => parseRequest(Uint8Array.of(octet, 0x03, 0x01, 0x02, 0x00, 0x01)),
      (error: unknown) =>
        error instanceof ProtocolError && error.status === 400 && fix.test(String(error.fix)),
    );
  }
});
