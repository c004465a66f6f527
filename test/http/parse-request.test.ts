/** `parseRequest`: a whole request from one text or buffer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseRequest } from "limpid/http";

/** What `curl -d '{"name":"Zoë"}' -H 'Content-Type: application/json' localhost:8000/api/users?notify=1` sends. */
const captured = [
  "POST /api/users?notify=1 HTTP/1.1",
  "Host: localhost:8000",
  "User-Agent: curl/8.14.1",
  "Accept: */*",
  "Content-Type: application/json",
  "Content-Length: 15",
  "",
  '{"name":"Zoë"}',
].join("\r\n");

test("a captured curl request gives its method, path, query, version, headers and body", () => {
  for (const input of [captured, Buffer.from(captured, "utf8"), new TextEncoder().encode(captured)]) {
    const request = parseRequest(input);
    assert.equal(request.method, "POST");
    assert.equal(request.target, "/api/users?notify=1");
    assert.equal(request.path, "/api/users");
    assert.equal(request.query, "notify=1");
    assert.equal(request.version, "1.1");
    assert.equal(request.headers.get("user-agent"), "curl/8.14.1");
    assert.equal(request.headers.get("content-type"), "application/json");
    assert.deepEqual(JSON.parse(request.body.toString()), { name: "Zoë" });
    assert.equal(request.trailers.size, 0);
    assert.equal(request.rest.length, 0);
    assert.equal(request.head.host, "localhost:8000");
  }
});

test("chunked content is put together, and its trailers are there", () => {
  const request = parseRequest(
    "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-A: b\r\n\r\n",
  );
  assert.equal(String(request.body), "abcde");
  assert.equal(request.trailers.get("x-a"), "b");
  assert.equal(request.headers.has("x-a"), false);
});

test("what stands behind the request is given back", () => {
  const request = parseRequest("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
  assert.equal(request.path, "/1");
  assert.equal(parseRequest(request.rest).path, "/2");
  assert.equal(String(parseRequest("GET / HTTP/1.0\r\n\r\nrest").rest), "rest");
});

test("HTTP/1.0 is version 1.0", () => {
  assert.equal(parseRequest("GET / HTTP/1.0\r\n\r\n").version, "1.0");
});

test("octets that are missing are a clear error, wherever the request is cut", () => {
  const whole = Buffer.from(captured, "utf8");
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => parseRequest(whole.subarray(0, length)), {
      code: "LMP_HTTP_MESSAGE_INCOMPLETE",
      status: 400,
    });
  }
});

test("a malformed request is the parser's error, and limits are options", () => {
  assert.throws(() => parseRequest("GET / HTTP/1.1\r\n\r\n"), { code: "LMP_HTTP_HOST_MISSING" });
  assert.throws(() => parseRequest(captured, { headerLines: 2 }), { code: "LMP_HTTP_HEADER_TOO_MANY" });
});
