/** `Host` and the authority of absolute-form: one host, well-formed, and the same one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isHost } from "limpid/http";
import { accepts, refuses } from "./feeding.ts";

const valid = [
  "a",
  "example.com",
  "EXAMPLE.com",
  "example.com:80",
  "example.com:65535",
  "example.com:",
  "127.0.0.1",
  "127.0.0.1:8000",
  "0.0.0.0=5000",
  "xn--bcher-kva.example",
  "under_score.example",
  "a-b.c~d!$&'()*+;=e",
  "%41.example",
  "[::1]",
  "[::1]:8000",
  "[::]",
  "[1:2:3:4:5:6:7:8]",
  "[2001:db8::ff00:42:8329]",
  "[::ffff:127.0.0.1]",
  "[1:2:3:4:5:6:127.0.0.1]",
  "[1::]",
  "[1::8]",
  "[FE80::1]",
];

const invalid = [
  "",
  " ",
  "a/b",
  "a/",
  "/",
  "u@a",
  "u:p@a",
  "@a",
  "evil.com:fake@legit.com",
  "a, b",
  "a,b",
  "a b",
  "a\tb",
  "a#b",
  "a?b",
  "a:b",
  "a:80:80",
  "a:-1",
  "a:+80",
  "a: 80",
  "a :80",
  "a:65536",
  "a:99999",
  "a:000080",
  "a:8O",
  ":80",
  ":",
  "::1",
  "1::2",
  "[",
  "]",
  "[]",
  "[]:80",
  "[::1",
  "::1]",
  "[::1]a",
  "[::1]:a",
  "[::1]:65536",
  "[::1]]",
  "[[::1]]",
  "[:::]",
  "[:]",
  "[1]",
  "[1:2:3:4:5:6:7]",
  "[1:2:3:4:5:6:7:8:9]",
  "[1:2:3:4:5:6:7::8]",
  "[1::2::3]",
  "[12345::]",
  "[g::]",
  "[1:2:3:4:5:6:7:127.0.0.1]",
  "[127.0.0.1]",
  "[::127.0.0.256]",
  "[::127.0.0.01]",
  "[::127.0.0]",
  "[127.0.0.1::]",
  "[fe80::1%eth0]",
  "[fe80::1%25eth0]",
  "[v1.a]",
  "%",
  "%4",
  "%4g",
  "a%zz",
  "a\\b",
  'a"b',
  "a<b",
  "a>b",
  "a|b",
  "a^b",
  "a`b",
  "a{b}",
  "http://a",
  "caf\xe9",
  "\xa0",
  "a\xa0",
];

test("a Host header that is a host with an optional port is accepted", () => {
  for (const host of valid) accepts(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`, { host });
});

test("THREATS: invalid Host (comma list, userinfo, path, fragment, space, bad port, empty) is refused", () => {
  for (const host of invalid) {
    refuses(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 400, "LMP_HTTP_HOST_INVALID");
    refuses(`GET / HTTP/1.0\r\nHost: ${host}\r\n\r\n`, 400, "LMP_HTTP_HOST_INVALID");
  }
});

test("THREATS: 0 Hosts and 2 Hosts are refused, in any case of the name", () => {
  refuses("GET / HTTP/1.1\r\n\r\n", 400, "LMP_HTTP_HOST_MISSING");
  refuses("GET / HTTP/1.1\r\nHosts: a\r\nX-Host: a\r\n\r\n", 400, "LMP_HTTP_HOST_MISSING");
  for (const name of ["Host", "host", "HOST", "hOsT"]) {
    refuses(`GET / HTTP/1.1\r\nHost: a\r\n${name}: a\r\n\r\n`, 400, "LMP_HTTP_HOST_INVALID");
    refuses(`GET / HTTP/1.1\r\n${name}: a\r\nX: y\r\nHost: b\r\n\r\n`, 400, "LMP_HTTP_HOST_INVALID");
    refuses(`GET / HTTP/1.0\r\n${name}: a\r\nHost: a\r\n\r\n`, 400, "LMP_HTTP_HOST_INVALID");
  }
});

test("HTTP/1.0 may come without Host", () => {
  accepts("GET / HTTP/1.0\r\n\r\n", { host: "", version: "1.0" });
});

test("isHost judges a text as the parser judges the octets", () => {
  for (const host of valid) assert.equal(isHost(host), true, host);
  for (const host of invalid) assert.equal(isHost(host), false, host);
  assert.equal(isHost("\u0141"), false, "U+0141 is not A");
  assert.equal(isHost("ｅxample.com"), false);
});
