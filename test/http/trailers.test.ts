/** Trailers: the field lines behind chunked content, which never become headers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { accepts, refuses, requestOf } from "./feeding.ts";

const head = `${requestOf("Transfer-Encoding: chunked")}1\r\na\r\n0\r\n`;

test("trailers come with the end and not with the headers", () => {
  const message = accepts(`${head}X-Checksum: abc\r\nServer-Timing: a\r\nServer-Timing: b\r\n\r\n`, {
    trailers: ["X-Checksum: abc", "Server-Timing: a", "Server-Timing: b"],
  });
  assert.deepEqual(message.headers, ["Host: a", "Transfer-Encoding: chunked"]);
});

test("class: trailer smuggling: Host, Content-Length, Transfer-Encoding, Authorization, Cookie are seen nowhere", () => {
  const names = [
    "Host",
    "Content-Length",
    "Transfer-Encoding",
    "Authorization",
    "Cookie",
    "Set-Cookie",
    "Connection",
  ];
  for (const name of [
    ...names,
    "content-type",
    "EXPECT",
    "X-Forwarded-For",
    "If-Match",
    "Range",
    "Upgrade",
  ]) {
    const message = accepts(`${head}${name}: evil\r\n\r\n`, { trailers: [], body: "a" });
    assert.deepEqual(message.headers, ["Host: a", "Transfer-Encoding: chunked"]);
    accepts(`${head}A: b\r\n${name}: evil\r\nC: d\r\n\r\n`, { trailers: ["A: b", "C: d"] });
  }
});

test("class: trailer smuggling: more than 16 trailers or more than 4 KiB is refused with 400", () => {
  const line = "A: b\r\n";
  accepts(`${head}${line.repeat(16)}\r\n`);
  refuses(`${head}${line.repeat(17)}\r\n`, 400, "LMP_HTTP_TRAILER_TOO_LARGE");
  const fits = `A: ${"b".repeat(4096 - 7)}\r\n\r\n`;
  assert.equal(fits.length, 4096);
  accepts(head + fits);
  refuses(`${head}A: b${fits.slice(3)}`, 400, "LMP_HTTP_TRAILER_TOO_LARGE");
  refuses(`${head}${"N".repeat(257)}: b\r\n\r\n`, 400, "LMP_HTTP_TRAILER_TOO_LARGE");
});

test("trailers are scanned as strictly as headers", () => {
  for (const bad of [
    " A: b\r\n\r\n",
    "A : b\r\n\r\n",
    "A: b\n\r\n",
    "A: b\r\r\n",
    "A: b\r\n c\r\n\r\n",
    "A\r\n\r\n",
    ": b\r\n\r\n",
    "A: \0\r\n\r\n",
    "\n",
    "\rX",
  ]) {
    refuses(head + bad, 400, "LMP_HTTP_FIELD_LINE_INVALID");
  }
});

test("a second request has its own trailers", () => {
  accepts(`${head}A: b\r\n\r\n`, { trailers: ["A: b"] });
  accepts(`${head}\r\n`, { trailers: [] });
});
