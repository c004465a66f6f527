/** Requests and responses over one connection: keep-alive, pipelining, HEAD, HTTP/1.0, Date, upgrade. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Response } from "limpid/message";
import { upgrade } from "limpid/server";
import { converse, open, readAll, readResponses, serve } from "./raw-client.ts";

const get = (path: string, more = ""): string => `GET ${path} HTTP/1.1\r\nHost: h\r\n${more}\r\n`;
const close = "Connection: close\r\n";

test("a request gets its response, with Date and Content-Length, and no Server field", async (t) => {
  const { port } = await serve(t, (request) => `You asked for ${request.path}`);
  const { responses } = await converse(port, get("/tea", close));
  assert.equal(responses.length, 1);
  const [response] = responses;
  assert.equal(response?.status, 200);
  assert.equal(response?.body, "You asked for /tea");
  assert.match(response?.headers.get("date") ?? "", /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
  assert.equal(response?.headers.get("connection"), "close");
  assert.equal(response?.headers.has("server"), false);
});

test("a connection is kept for the next request", async (t) => {
  const { port } = await serve(t, (request) => request.path);
  const socket = open(port);
  for (const path of ["/a", "/b", "/c"]) {
    socket.write(get(path));
    const [response] = await readResponses(socket, 1);
    assert.equal(response?.body, path);
    assert.equal(response?.headers.has("connection"), false);
  }
  socket.destroy();
});

test("pipelined requests are answered in order, whatever each takes", async (t) => {
  const { port } = await serve(t, async (request) => {
    const wait = Number(request.query.get("wait"));
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    return request.path;
  });
  const paths = Array.from({ length: 16 }, (_, index) => `/${index}`);
  const pipeline =
    paths.map((path, index) => get(`${path}?wait=${(index % 4) * 3}`)).join("") + get("/last", close);
  const { responses } = await converse(port, pipeline);
  assert.deepEqual(
    responses.map((response) => response.body),
    [...paths, "/last"],
  );
});

test("pipelined behind a body, the next request begins where the body ends", async (t) => {
  const { port } = await serve(t, async (request) => `${request.path}=${await request.text()}`);
  const post = (path: string, body: string): string =>
    `POST ${path} HTTP/1.1\r\nHost: h\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const chunked =
    "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nGET\r\n4\r\n / H\r\n0\r\n\r\n";
  const { responses } = await converse(
    port,
    post("/a", "GET /x HTTP/1.1\r\n\r\n") + chunked + get("/d", close),
  );
  assert.deepEqual(
    responses.map((response) => response.body),
    ["/a=GET /x HTTP/1.1\r\n\r\n", "/c=GET / H", "/d="],
  );
});

test("every way to cut a conversation gives the same answers", async (t) => {
  const { port } = await serve(t, async (request) => `${request.path}:${await request.text()}`);
  const text = `POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nhi\r\n0\r\nT: 1\r\n\r\n${get("/b", close)}`;
  for (let at = 1; at < text.length; at += 3) {
    const { responses } = await converse(port, text.slice(0, at), text.slice(at));
    assert.deepEqual(
      responses.map((response) => response.body),
      ["/a:hi", "/b:"],
      `cut at ${at}`,
    );
  }
  const { responses } = await converse(port, ...text);
  assert.deepEqual(
    responses.map((response) => response.body),
    ["/a:hi", "/b:"],
  );
});

test("HEAD gets the fields of the response without its content", async (t) => {
  const { port } = await serve(t, (request) =>
    request.path === "/stream" ? Response.stream(["abc"]) : "abc",
  );
  const head = (path: string): string => `HEAD ${path} HTTP/1.1\r\nHost: h\r\n\r\n`;
  const { text } = await converse(port, head("/") + head("/stream") + get("/", close));
  const [first = "", second = "", third = ""] = text.split("\r\n\r\n");
  assert.match(first, /Content-Length: 3/);
  assert.match(second, /^HTTP\/1\.1 200 OK\r\n[\s\S]*Transfer-Encoding: chunked/);
  assert.match(third, /^HTTP\/1\.1 200 OK/);
  assert.ok(text.endsWith("\r\n\r\nabc"));
});

test("HTTP/1.0: closed behind the response, kept where the client asks, never chunked", async (t) => {
  const { port } = await serve(t, (request) =>
    request.path === "/stream" ? Response.stream(["ab", "c"]) : "abc",
  );
  const { responses } = await converse(port, "GET / HTTP/1.0\r\n\r\n");
  assert.equal(responses[0]?.headers.get("connection"), "close");
  const kept = await converse(port, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n");
  assert.deepEqual(
    kept.responses.map((response) => response.headers.get("connection")),
    ["keep-alive", "close"],
  );
  const streamed = await converse(port, "GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  assert.equal(streamed.responses[0]?.headers.has("transfer-encoding"), false);
  assert.equal(streamed.responses[0]?.headers.get("connection"), "close");
  assert.equal(streamed.responses[0]?.body, "abc");
});

test("absolute-form gives the path and overrides Host; asterisk-form is for OPTIONS", async (t) => {
  const { port } = await serve(t, (request) => `${request.method} ${request.host} ${request.target}`);
  const absolute = "GET http://example.com/a?b HTTP/1.1\r\nHost: example.com\r\n\r\n";
  const { responses } = await converse(
    port,
    `${absolute}OPTIONS * HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`,
  );
  assert.deepEqual(
    responses.map((response) => response.body),
    ["GET example.com http://example.com/a?b", "OPTIONS h *"],
  );
});

test("RFC 9112 §9.6: after Connection: close nothing more is answered", async (t) => {
  let hits = 0;
  const { port } = await serve(t, () => String(++hits));
  const { responses } = await converse(port, get("/a", close) + get("/smuggled"));
  assert.equal(responses.length, 1);
  assert.equal(hits, 1);
});

test("a response that says Connection: close is the last of its connection", async (t) => {
  const { port } = await serve(t, () => new Response("a", { headers: { Connection: "close" } }));
  const { responses } = await converse(port, get("/a") + get("/b"));
  assert.equal(responses.length, 1);
});

test("what frames the message is the server's to say", async (t) => {
  const headers = { "Transfer-Encoding": "gzip", "Content-Length": "99", Connection: "x-forwarded-for" };
  const { port } = await serve(t, () => new Response("abc", { headers }));
  const { responses } = await converse(port, get("/", close));
  assert.equal(responses[0]?.headers.get("content-length"), "3");
  assert.equal(responses[0]?.headers.has("transfer-encoding"), false);
  assert.equal(responses[0]?.headers.get("connection"), "close");
});

test("204 and 304 have neither content nor length", async (t) => {
  const { port } = await serve(t, (request) => new Response(null, { status: Number(request.path.slice(1)) }));
  const { text } = await converse(port, get("/204") + get("/304", close));
  assert.doesNotMatch(text, /content-length|transfer-encoding/i);
});

test("text beyond ASCII and beyond one write arrives whole", async (t) => {
  const large = "ünï😀".repeat(40_000);
  const { port } = await serve(t, (request) => (request.path === "/large" ? large : "ünï😀"));
  const { responses } = await converse(port, get("/small") + get("/large", close));
  assert.equal(Buffer.from(responses[0]?.body ?? "", "latin1").toString(), "ünï😀");
  assert.equal(Buffer.from(responses[1]?.body ?? "", "latin1").toString(), large);
});

test("an upgrade hands the connection over with what was sent already", async (t) => {
  const { port } = await serve(t, () =>
    upgrade("echo", (connection, rest) => {
      connection.write(rest);
      connection.on("data", (bytes) => connection.write(bytes));
      connection.on("end", () => connection.end());
    }),
  );
  const socket = open(port);
  const conversation = readAll(socket);
  socket.write("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nfirst ");
  socket.write("second");
  setTimeout(() => socket.end(), 50);
  const { text } = await conversation;
  assert.match(
    text,
    /^HTTP\/1\.1 101 Switching Protocols\r\n[\s\S]*Upgrade: echo\r\n[\s\S]*Connection: Upgrade\r\n/i,
  );
  assert.ok(text.endsWith("\r\n\r\nfirst second"), text);
});

test("an upgrade that nobody asked for, or with nobody to take over, is 500", async (t) => {
  const { port } = await serve(t, (request) =>
    request.path === "/unasked" ? upgrade("echo", () => {}) : new Response(null, { status: 101 }),
  );
  const { responses } = await converse(port, get("/unasked") + get("/empty", close));
  assert.deepEqual(
    responses.map((response) => response.status),
    [500, 500],
  );
});

test("a client that ends its side after the request gets its answer", async (t) => {
  const { port } = await serve(t, async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return "late";
  });
  const socket = open(port);
  socket.end(get("/a") + get("/b"));
  const { responses } = await readAll(socket);
  assert.deepEqual(
    responses.map((response) => response.body),
    ["late", "late"],
  );
});

test("request.signal is aborted when the client goes away", async (t) => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const { port } = await serve(t, async (request) => {
    await once(request.signal, "abort");
    resolve(request.signal.reason);
    return "unheard";
  });
  const socket = open(port);
  socket.write(get("/"));
  setTimeout(() => socket.destroy(), 30);
  assert.equal(((await promise) as { code: string }).code, "LMP_REQUEST_ABORTED");
});
