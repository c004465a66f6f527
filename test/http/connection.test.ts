/** One connection, many messages: persistence, pipelining, `Expect`, `Upgrade`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { accepts, feed, octetsOf, parseEveryWay, refuses, requestOf, smuggled } from "./feeding.ts";

test("RFC 9112 §9.3: HTTP/1.1 persists unless close is named, HTTP/1.0 only with keep-alive", () => {
  for (const [value, current, old] of [
    ["", true, false],
    ["close", false, false],
    ["Close", false, false],
    ["keep-alive", true, true],
    ["Keep-Alive", true, true],
    ["keep-alive, close", false, false],
    ["close, keep-alive", false, false],
    [" , ,close,", false, false],
    ["a,close\t, b", false, false],
    ["closed", true, false],
    ["close;a", true, false],
    ['"close"', true, false],
    ["clos", true, false],
    ["x-close, keep-alive-x", true, false],
  ] as const) {
    accepts(`GET / HTTP/1.1\r\nHost: a\r\nConnection: ${value}\r\n\r\n`, { keepAlive: current });
    accepts(`GET / HTTP/1.0\r\nHost: a\r\nConnection: ${value}\r\n\r\n`, { keepAlive: old });
  }
  accepts("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\nconnection: CLOSE\r\n\r\n", {
    keepAlive: false,
  });
});

test("RFC 9112 §9.6: after Connection: close nothing more is a request", () => {
  const closing = "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  for (const rest of [smuggled, "\0\0\0", "GET", "\r\n\r\n\r\n\r\n\r\n\r\n", smuggled.repeat(3)]) {
    const outcome = parseEveryWay(closing + rest);
    assert.equal(outcome.messages.length, 1);
    assert.equal(outcome.status, undefined);
    assert.equal(outcome.state, "closed");
  }
});

test("CVE-2022-31813, CVE-2025-48865: Connection takes no header away", () => {
  const message = accepts(
    requestOf("Connection: close, X-Forwarded-For, Host, Cookie", "X-Forwarded-For: b", "Cookie: c=d"),
  );
  assert.equal(message.host, "a");
  assert.ok(message.headers.includes("X-Forwarded-For: b"));
  assert.ok(message.headers.includes("Cookie: c=d"));
});

test("Expect: 100-continue is seen in HTTP/1.1 where there is content to wait for", () => {
  for (const value of ["100-continue", "100-Continue", "100-CONTINUE"]) {
    accepts(`${requestOf(`Expect: ${value}`, "Content-Length: 1")}a`, { expectContinue: true });
    accepts(`${requestOf(`Expect: ${value}`, "Transfer-Encoding: chunked")}0\r\n\r\n`, {
      expectContinue: true,
    });
  }
  accepts(requestOf("Expect: 100-continue"), { expectContinue: false });
  accepts(requestOf("Expect: 100-continue", "Content-Length: 0"), { expectContinue: false });
  accepts("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na", { expectContinue: false });
});

test("THREATS: an unknown Expect is refused with 417", () => {
  for (const value of [
    "",
    "100",
    "100-continued",
    "200-ok",
    "100-continue, x",
    "100-continue;a=b",
    "x-100-continue",
  ]) {
    refuses(requestOf(`Expect: ${value}`, "Content-Length: 1"), 417, "LMP_HTTP_EXPECTATION_FAILED");
  }
});

test("an upgrade needs Connection: upgrade, an Upgrade field and HTTP/1.1 (RFC 9110 §7.8)", () => {
  const upgrade = "Upgrade: websocket";
  for (const [lines, expected] of [
    [["Connection: Upgrade", upgrade], true],
    [["Connection: keep-alive, UPGRADE", "upgrade: h2c"], true],
    [[upgrade, "Connection: close", "Connection: upgrade"], true],
    [["Connection: upgrade"], false],
    [[upgrade], false],
    [["Connection: upgraded", upgrade], false],
    [["Connection: upgrade", "Upgrades: websocket"], false],
  ] as const) {
    assert.equal(parseEveryWay(requestOf(...lines)).messages[0]?.upgrade, expected, lines.join());
    const old = requestOf(...lines).replace("HTTP/1.1", "HTTP/1.0");
    assert.equal(parseEveryWay(old).messages[0]?.upgrade, false);
  }
});

test("HTTP Garden #45: a good request before a bad one is given out, nothing behind the bad one", () => {
  const good = "POST /good HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";
  const outcome = parseEveryWay(`${good}GET / HTTP/1.1\r\nHost : a\r\n\r\n${smuggled}`);
  assert.equal(outcome.status, 400);
  assert.deepEqual(
    outcome.messages.map(({ target, complete }) => ({ target, complete })),
    [{ target: "/good", complete: true }],
  );
});

test("HTTP Garden #47,#48: no resynchronising after a bad chunk, nothing eaten by Content-Length: 0", () => {
  refuses(`${requestOf("Transfer-Encoding: chunked")}5\r\nhelloX\r\n0\r\n\r\n`, 400);
  const outcome = parseEveryWay(`${requestOf("Content-Length: 0")}${smuggled}`);
  assert.deepEqual(
    outcome.messages.map(({ target, body }) => ({ target, body })),
    [
      { target: "/", body: "" },
      { target: "/smuggled", body: "" },
    ],
  );
});

test("16 pipelined requests come out in order", () => {
  const requests = Array.from({ length: 16 }, (_, index) => `GET /${index} HTTP/1.1\r\nHost: a\r\n\r\n`);
  const outcome = parseEveryWay(requests.join(""));
  assert.deepEqual(
    outcome.messages.map((message) => message.target),
    requests.map((_, index) => `/${index}`),
  );
});

/** A request as the test made it: what must come out of the parser again. */
const anyRequest = fc.record({
  method: fc.constantFrom("GET", "POST", "PUT", "DELETE"),
  path: fc.stringMatching(/^\/[a-z0-9/]{0,12}$/),
  body: fc.string({ unit: "binary", maxLength: 40 }),
  framing: fc.constantFrom("none", "length", "chunked"),
  emptyLines: fc.integer({ min: 0, max: 2 }),
});

function wireOf(request: typeof anyRequest extends fc.Arbitrary<infer R> ? R : never): Buffer {
  const body = Buffer.from(request.body, "utf8");
  const start = `${"\r\n".repeat(request.emptyLines)}${request.method} ${request.path} HTTP/1.1\r\nHost: a\r\n`;
  if (request.framing === "none") return Buffer.from(`${start}\r\n`);
  if (request.framing === "length") {
    return Buffer.concat([Buffer.from(`${start}Content-Length: ${body.length}\r\n\r\n`), body]);
  }
  const chunk =
    body.length === 0 ? [] : [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from("\r\n")];
  return Buffer.concat([
    Buffer.from(`${start}Transfer-Encoding: chunked\r\n\r\n`),
    ...chunk,
    Buffer.from("0\r\n\r\n"),
  ]);
}

test("HTTP Garden #45,#47,#48: 10,000 random pipelines come out as they were put in", () => {
  const pipelines = fc.array(anyRequest, { minLength: 1, maxLength: 8 });
  const cuts = fc.array(fc.nat(), { maxLength: 6 });
  fc.assert(
    fc.property(pipelines, cuts, (requests, places) => {
      const wire = Buffer.concat(requests.map(wireOf));
      const outcome = feed(cutAt(wire, places));
      assert.equal(outcome.code, undefined);
      assert.equal(outcome.messages.length, requests.length);
      for (const [index, { method, path, body, framing }] of requests.entries()) {
        const message = outcome.messages[index]!;
        assert.equal(message.method, method);
        assert.equal(message.path, path);
        assert.equal(message.body, framing === "none" ? "" : Buffer.from(body, "utf8").toString("latin1"));
        assert.equal(message.complete, true);
      }
    }),
    { numRuns: 10_000 },
  );
});

function cutAt(wire: Uint8Array, places: number[]): Uint8Array[] {
  const cuts = [0, ...places.map((place) => place % wire.length).sort((a, b) => a - b), wire.length];
  return cuts.slice(1).map((cut, index) => octetsOf(wire).subarray(cuts[index], cut));
}
