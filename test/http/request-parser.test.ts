/** `RequestParser` as a server uses it: states, borrowed buffers, upgrade, the end of the connection. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ParserEvent, ProtocolError, RequestParser } from "limpid/http";
import { requestOf, smuggled } from "./feeding.ts";

function push(parser: RequestParser, text: string): void {
  parser.push(Buffer.from(text, "latin1"));
}

function next<K extends ParserEvent["kind"]>(parser: RequestParser, kind: K): ParserEvent & { kind: K } {
  const event = parser.next();
  assert.equal(event?.kind, kind);
  return event as ParserEvent & { kind: K };
}

test("state and started tell an idle connection from one inside a head or a body", () => {
  const parser = new RequestParser();
  const seen = (): string => `${parser.state} ${parser.started}`;
  assert.equal(seen(), "head false");
  push(parser, "\r\n");
  assert.equal(parser.next(), undefined);
  assert.equal(seen(), "head false", "an empty line begins nothing");
  push(parser, "G");
  assert.equal(parser.next(), undefined);
  assert.equal(seen(), "head true");
  push(parser, "ET / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n");
  assert.equal(parser.next(), undefined);
  assert.equal(seen(), "head true");
  push(parser, "\r\na");
  next(parser, "head");
  assert.equal(seen(), "body false");
  next(parser, "data");
  assert.equal(parser.next(), undefined);
  push(parser, "b");
  next(parser, "data");
  next(parser, "end");
  assert.equal(seen(), "head false");
});

test("a request without content gives its head and its end", () => {
  const parser = new RequestParser();
  push(parser, smuggled);
  next(parser, "head");
  assert.equal(parser.state, "body");
  assert.equal(next(parser, "end").trailers, undefined);
  assert.equal(parser.next(), undefined);
});

test("the head is what the RequestHead contract says", () => {
  const parser = new RequestParser();
  push(
    parser,
    "PUT /a?b=c HTTP/1.1\r\nhost: example.com:8000\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n",
  );
  const { headers, ...head } = next(parser, "head").head;
  assert.deepEqual(head, {
    method: "PUT",
    target: "/a?b=c",
    path: "/a",
    query: "b=c",
    minorVersion: 1,
    host: "example.com:8000",
    framing: "length",
    contentLength: 3,
    keepAlive: true,
    expectContinue: true,
    upgrade: false,
  });
  assert.equal(headers.get("Content-length"), "3");
  assert.equal(headers.size, 3);
});

test("octets that were handed in may be overwritten once next has returned undefined", () => {
  const parser = new RequestParser();
  const shared = Buffer.alloc(64);
  let head: string | null = null;
  for (const piece of ["GET /shared HT", "TP/1.1\r\nHos", "t: a\r\nX-Na", "me: value\r\n", "\r\n"]) {
    shared.fill(0);
    parser.push(shared.subarray(0, shared.write(piece)));
    for (let event = parser.next(); event !== undefined; event = parser.next()) {
      if (event.kind === "head") head = event.head.headers.get("x-name");
    }
  }
  shared.fill(0);
  assert.equal(head, "value");
});

test("a head keeps its values when the buffer it came from is overwritten", () => {
  const parser = new RequestParser();
  const shared = Buffer.from("GET /kept?a=b HTTP/1.1\r\nHost: kept.example\r\nX-Name: kept value\r\n\r\n");
  parser.push(shared);
  const { head } = next(parser, "head");
  shared.fill(0x2a);
  assert.equal(head.path, "/kept");
  assert.equal(head.host, "kept.example");
  assert.deepEqual(
    [...head.headers],
    [
      ["host", "kept.example"],
      ["x-name", "kept value"],
    ],
  );
});

test("the headers of one request are not those of the next on the connection", () => {
  const parser = new RequestParser();
  push(
    parser,
    "GET /1 HTTP/1.1\r\nHost: one\r\nA: 1\r\nB: 1\r\n\r\nGET /2 HTTP/1.1\r\nC: 2\r\nHost: two\r\n\r\n",
  );
  const first = next(parser, "head").head;
  next(parser, "end");
  const second = next(parser, "head").head;
  assert.deepEqual([...first.headers.keys()], ["host", "a", "b"]);
  assert.deepEqual([...second.headers.keys()], ["c", "host"]);
  assert.equal(first.host, "one");
  assert.equal(second.host, "two");
});

test("retain permits overwriting while messages wait, and buffered counts them", () => {
  const parser = new RequestParser();
  const shared = Buffer.from(smuggled.repeat(3));
  parser.push(shared);
  assert.equal(parser.buffered, shared.length);
  next(parser, "head");
  next(parser, "end");
  assert.equal(parser.buffered, smuggled.length * 2);
  parser.retain();
  shared.fill(0);
  for (let count = 0; count < 2; count++) {
    assert.equal(next(parser, "head").head.path, "/smuggled");
    next(parser, "end");
  }
  assert.equal(parser.next(), undefined);
  assert.equal(parser.buffered, 0);
});

test("what is pushed while messages wait comes behind them", () => {
  const parser = new RequestParser();
  for (let index = 0; index < 50; index++) push(parser, `GET /${index} HTTP/1.1\r\nHost: a\r\n\r\n`);
  for (let index = 0; index < 50; index++) {
    assert.equal(next(parser, "head").head.path, `/${index}`);
    next(parser, "end");
  }
});

test("data is handed out where it lies, without a copy", () => {
  const parser = new RequestParser();
  push(parser, requestOf("Content-Length: 5"));
  next(parser, "head");
  assert.equal(parser.next(), undefined);
  const piece = Buffer.from("hello");
  parser.push(piece);
  const { bytes } = next(parser, "data");
  assert.equal(bytes.buffer, piece.buffer);
  assert.equal(String(bytes), "hello");
});

test("a plain Uint8Array is as good as a Buffer", () => {
  const parser = new RequestParser();
  const larger = new TextEncoder().encode(`xxx${smuggled}yyy`);
  parser.push(larger.subarray(3, larger.length - 3));
  assert.equal(next(parser, "head").head.path, "/smuggled");
});

test("take gives everything that is not parsed to the protocol that follows, and ends the parser", () => {
  const parser = new RequestParser();
  push(parser, `${requestOf("Connection: upgrade", "Upgrade: websocket")}\x81\x05hello`);
  assert.equal(next(parser, "head").head.upgrade, true);
  next(parser, "end");
  assert.equal(Buffer.from(parser.take()).toString("latin1"), "\x81\x05hello");
  assert.equal(parser.state, "closed");
  push(parser, smuggled);
  assert.equal(parser.next(), undefined);
  assert.equal(parser.take().length, 0);
});

test("the octets of take are a copy", () => {
  const parser = new RequestParser();
  const shared = Buffer.from(`${smuggled}rest`);
  parser.push(shared);
  next(parser, "head");
  next(parser, "end");
  const rest = parser.take();
  shared.fill(0);
  assert.equal(Buffer.from(rest).toString(), "rest");
});

test("an error is thrown once, with what a response needs; afterwards the parser is dead", () => {
  const parser = new RequestParser();
  push(parser, `GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n${smuggled}`);
  assert.throws(
    () => parser.next(),
    (error: unknown) => {
      assert.ok(error instanceof ProtocolError);
      assert.equal(error.status, 400);
      assert.equal(error.code, "LMP_HTTP_TARGET_INVALID");
      assert.equal(error.expose, true);
      assert.deepEqual(error.headers, {});
      assert.match(error.expected ?? "", /visible ASCII/);
      assert.equal(error.found, "0x01");
      return true;
    },
  );
  assert.equal(parser.state, "failed");
  assert.equal(parser.started, false);
  assert.equal(parser.buffered, 0);
  push(parser, smuggled);
  assert.equal(parser.next(), undefined);
  assert.equal(parser.buffered, 0);
  parser.finish();
});

test("an error never repeats a header's value, which may be a secret", () => {
  const parser = new RequestParser();
  push(parser, "GET / HTTP/1.1\r\nAuthorization: Bearer secret\x00\r\n");
  assert.throws(
    () => parser.next(),
    (error: unknown) => !JSON.stringify([error, String(error)]).includes("secret"),
  );
});

test("finish between messages is the end of the connection, inside one an error", () => {
  for (const received of ["", "\r\n", smuggled, `${requestOf("Content-Length: 2")}ab`]) {
    const parser = new RequestParser();
    push(parser, received);
    while (parser.next() !== undefined);
    parser.finish();
    assert.equal(parser.state, "closed");
    push(parser, smuggled);
    assert.equal(parser.next(), undefined);
  }
  for (const received of [
    "G",
    "GET / HTTP/1.1\r\nHost: a\r\n",
    requestOf("Content-Length: 1"),
    `${requestOf("Content-Length: 2")}a`,
    requestOf("Transfer-Encoding: chunked"),
    `${requestOf("Transfer-Encoding: chunked")}1\r\na\r\n0\r\n`,
  ]) {
    const parser = new RequestParser();
    push(parser, received);
    while (parser.next() !== undefined);
    assert.throws(() => parser.finish(), { code: "LMP_HTTP_MESSAGE_INCOMPLETE", status: 400 });
    assert.equal(parser.state, "failed");
    parser.finish();
  }
});

test("finish with only the end left to be asked for is no error", () => {
  const parser = new RequestParser();
  push(parser, smuggled);
  next(parser, "head");
  parser.finish();
  next(parser, "end");
});

test("an empty push changes nothing", () => {
  const parser = new RequestParser();
  parser.push(new Uint8Array(0));
  assert.equal(parser.next(), undefined);
  push(parser, "GET / HTTP/1.1\r\nHo");
  assert.equal(parser.next(), undefined);
  parser.push(new Uint8Array(0));
  assert.equal(parser.next(), undefined);
  push(parser, "st: a\r\n\r\n");
  next(parser, "head");
});

test("a head in many pieces is scanned once: the time grows with its length, not with its square", () => {
  // 64 lines of 250 octets, one octet a push: 16,000 scans of 16,000 octets would be 256 million steps.
  const head = Buffer.from(`GET / HTTP/1.1\r\nHost: a\r\n${`N: ${"v".repeat(245)}\r\n`.repeat(63)}\r\n`);
  const parser = new RequestParser();
  const started = process.cpuUsage();
  let heads = 0;
  for (const octet of head) {
    parser.push(Uint8Array.of(octet));
    for (let event = parser.next(); event !== undefined; event = parser.next()) {
      if (event.kind === "head") heads++;
    }
  }
  assert.equal(heads, 1);
  const spent = process.cpuUsage(started);
  assert.ok(spent.user < 300_000, `${spent.user} microseconds`);
});
