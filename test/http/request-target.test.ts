/** The four forms of a request target, and what each becomes. */
import { test } from "node:test";
import { accepts, refuses } from "./feeding.ts";

test("origin-form: the path as sent, and the query behind the first question mark", () => {
  for (const [target, path, query] of [
    ["/", "/", ""],
    ["/a/b", "/a/b", ""],
    ["/a?", "/a", ""],
    ["/a?b=c", "/a", "b=c"],
    ["/a?b=c?d=/e", "/a", "b=c?d=/e"],
    ["/%2e%2E/%00", "/%2e%2E/%00", ""],
    ["//evil.example/a", "//evil.example/a", ""],
    ["/http://a/", "/http://a/", ""],
    ["/a;b=c:d@e", "/a;b=c:d@e", ""],
    ["/?/", "/", "/"],
  ] as const) {
    accepts(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`, { target, path, query, host: "a" });
  }
});

test("absolute-form: its host counts, and Host must be the same (THREATS: mismatch is refused)", () => {
  for (const [target, host, path, query] of [
    ["http://a", "a", "/", ""],
    ["http://a/", "a", "/", ""],
    ["HTTP://a/b?c", "a", "/b", "c"],
    ["https://a?c=d", "a", "/", "c=d"],
    ["http://[::1]:8000/b", "[::1]:8000", "/b", ""],
  ] as const) {
    accepts(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, { target, host, path, query });
    accepts(`GET ${target} HTTP/1.0\r\n\r\n`, { target, host, path, query });
    refuses(`GET ${target} HTTP/1.1\r\nHost: other\r\n\r\n`, 400, "LMP_HTTP_HOST_INVALID");
    refuses(`GET ${target} HTTP/1.1\r\n\r\n`, 400, "LMP_HTTP_HOST_MISSING");
  }
});

test("absolute-form: the case and the default port make no other host", () => {
  for (const [target, host] of [
    ["http://A/", "a"],
    ["http://a:80/", "a"],
    ["http://a/", "a:80"],
    ["http://a:/", "a"],
    ["https://a/", "A:443"],
  ] as const) {
    accepts(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  }
  for (const [target, host] of [
    ["https://a/", "a:80"],
    ["http://a:8080/", "a"],
    ["http://a/", "a.b"],
    ["http://a/", "a."],
  ] as const) {
    refuses(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 400, "LMP_HTTP_HOST_INVALID");
  }
});

test("absolute-form: user information, an empty host, another scheme are refused", () => {
  for (const target of [
    "http://",
    "http:///a",
    "http://?a",
    "http://u@a/",
    "http://u:p@a/",
    "http://a:b/",
    "http://a,b/",
    "http:a",
    "http:/a",
    "ftp://a/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "ws://a/",
    "http//a",
    "://a",
    "a",
    "a/b",
    "a:80",
    "?a",
    "\\a",
    "*",
    "**",
    "*/",
    "%2f",
  ]) {
    refuses(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`, 400, "LMP_HTTP_TARGET_INVALID");
  }
});

test("THREATS: GET * is refused, OPTIONS * is asterisk-form", () => {
  refuses("GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400, "LMP_HTTP_TARGET_INVALID");
  refuses("options * HTTP/1.1\r\nHost: a\r\n\r\n", 400, "LMP_HTTP_TARGET_INVALID");
  refuses("OPTIONS *? HTTP/1.1\r\nHost: a\r\n\r\n", 400, "LMP_HTTP_TARGET_INVALID");
  accepts("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", { target: "*", path: "*", query: "" });
  // RFC 9112 §3.2.4
  accepts("OPTIONS http://a HTTP/1.1\r\nHost: a\r\n\r\n", { target: "http://a", path: "*" });
  accepts("OPTIONS http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", { path: "/" });
});

test("THREATS: a fragment in the target is refused", () => {
  for (const target of ["/#", "/a#b", "/a?b#c", "#", "http://a/#b", "http://a#b"]) {
    refuses(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`, 400);
  }
});

test("CONNECT is answered 501, in authority-form and any other", () => {
  for (const target of ["a:443", "a", "/", "*", "http://a/", "[::1]:443"]) {
    refuses(`CONNECT ${target} HTTP/1.1\r\nHost: a\r\n\r\n`, 501, "LMP_HTTP_METHOD_UNSUPPORTED");
  }
  accepts("connect / HTTP/1.1\r\nHost: a\r\n\r\n", { method: "connect" });
  accepts("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", { method: "TRACE" });
});

test("a wrong target is refused at the end of its line, without waiting for the head", () => {
  refuses("GET a HTTP/1.1\r\n", 400, "LMP_HTTP_TARGET_INVALID");
  refuses("CONNECT a:1 HTTP/1.1\r\n", 501, "LMP_HTTP_METHOD_UNSUPPORTED");
});
