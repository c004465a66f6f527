/** The content of requests and responses: Expect, unread content, limits, streams and their back-pressure. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Response } from "limpid/message";
import { requestEnd } from "limpid/server";
import { converse, open, readAll, readResponses, serve } from "./raw-client.ts";

const close = "Connection: close\r\n";
const post = (length: number, more = "", path = "/"): string =>
  `POST ${path} HTTP/1.1\r\nHost: h\r\nContent-Length: ${length}\r\n${more}\r\n`;

test("100 Continue is sent when the application asks for the content, and not before", async (t) => {
  const { port } = await serve(t, async (request) => `read ${await request.text()}`);
  const socket = open(port);
  socket.write(post(2, "Expect: 100-continue\r\n"));
  const [first] = (await once(socket, "data")) as [Buffer];
  assert.equal(String(first), "HTTP/1.1 100 Continue\r\n\r\n");
  socket.write("hi");
  const [response] = await readResponses(socket, 1);
  assert.equal(response?.body, "read hi");
  socket.destroy();
});

test("no 100 Continue where the content has come already, nor for HTTP/1.0", async (t) => {
  const { port } = await serve(t, async (request) => request.text());
  const { text } = await converse(port, `${post(2, `Expect: 100-continue\r\n${close}`)}hi`);
  assert.match(text, /^HTTP\/1\.1 200/);
  const old = await converse(port, "POST / HTTP/1.0\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\nhi");
  assert.match(old.text, /^HTTP\/1\.1 200/);
});

test("Expect desync: an answer before the content closes the connection, and nothing behind it is parsed", async (t) => {
  let hits = 0;
  const { port } = await serve(t, (request) => {
    hits++;
    return new Response("no", { status: request.path === "/" ? 413 : 200 });
  });
  const smuggled = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
  const { responses } = await converse(port, post(smuggled.length, "Expect: 100-continue\r\n"), smuggled);
  assert.deepEqual(
    responses.map((response) => response.status),
    [413],
  );
  assert.equal(responses[0]?.headers.get("connection"), "close");
  assert.equal(hits, 1);
});

test("an unknown expectation is 417", async (t) => {
  const { port } = await serve(t, () => "reached");
  const { responses } = await converse(port, post(0, "Expect: the-inquisition\r\n"));
  assert.deepEqual(
    responses.map((response) => response.status),
    [417],
  );
});

test("CL.0: unread content is discarded and never parsed as a request, up to the limit", async (t) => {
  const seen: string[] = [];
  const { port } = await serve(t, (request) => {
    seen.push(request.path);
    return "ok";
  });
  const smuggled = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
  const next = `GET /next HTTP/1.1\r\nHost: h\r\n${close}\r\n`;
  for (const method of ["POST", "GET", "HEAD", "OPTIONS"]) {
    const head = `${method} /first HTTP/1.1\r\nHost: h\r\nContent-Length: ${smuggled.length}\r\n\r\n`;
    await converse(port, head + smuggled + next);
    await converse(port, head, smuggled, next);
  }
  assert.deepEqual(new Set(seen), new Set(["/first", "/next"]));
});

test("unread content beyond the limit closes the connection", async (t) => {
  const { port } = await serve(t, () => "not read", { unreadBodyBytes: 1000 });
  const announced = await converse(port, post(5000), "x".repeat(5000), "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  assert.equal(announced.responses.length, 1);
  assert.equal(announced.responses[0]?.headers.get("connection"), "close");
  const chunk = `3e8\r\n${"x".repeat(1000)}\r\n`;
  const head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  const socket = open(port);
  const conversation = readAll(socket);
  socket.write(head);
  for (let sent = 0; sent < 10; sent++) {
    socket.write(chunk);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  socket.write("0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n");
  const { responses } = await conversation;
  assert.equal(responses.length, 1);
});

test("GHSA-92vj-g62v-jqhh: the body limit holds for a length, for chunks and for HTTP/1.0", async (t) => {
  const { port } = await serve(t, async (request) => {
    request.bodyLimit = 10;
    try {
      return await request.text();
    } catch (error) {
      return new Response(null, { status: (error as { status: number }).status });
    }
  });
  const eleven = "x".repeat(11);
  const heads = [
    post(11, close) + eleven,
    `POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n${close}\r\nb\r\n${eleven}\r\n0\r\n\r\n`,
    `POST / HTTP/1.0\r\nContent-Length: 11\r\n\r\n${eleven}`,
  ];
  for (const text of heads) assert.equal((await converse(port, text)).responses[0]?.status, 413);
  assert.equal((await converse(port, `${post(10, close)}${"x".repeat(10)}`)).responses[0]?.status, 200);
});

test("a client that breaks off its content rejects the reading, and the server lives", async (t) => {
  const { promise, resolve } = Promise.withResolvers<Error>();
  const { port } = await serve(t, async (request) => {
    await request.text().catch(resolve);
    return "unheard";
  });
  const socket = open(port);
  socket.write(`${post(100)}half`);
  setTimeout(() => socket.destroy(), 30);
  assert.equal(((await promise) as Error & { code: string }).code, "LMP_REQUEST_ABORTED");
  const { responses } = await converse(port, `${post(0, close)}`);
  assert.equal(responses[0]?.status, 200);
});

test("a malformed chunk rejects the reading with 400 and closes the connection", async (t) => {
  const { port } = await serve(t, async (request) => {
    try {
      return await request.text();
    } catch (error) {
      return new Response(null, { status: (error as { status: number }).status });
    }
  });
  const head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  const { responses } = await converse(
    port,
    `${head}2\r\nhi\r\nzz\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n`,
  );
  assert.deepEqual(
    responses.map((response) => response.status),
    [400],
  );
});

test("a slow reader of content makes the client wait, and loses nothing", async (t) => {
  const size = 4_000_000;
  const { port } = await serve(t, async (request) => {
    request.bodyLimit = size;
    let received = 0;
    const stream = request.stream;
    assert.ok(stream);
    for await (const piece of stream) {
      received += piece.length;
      await new Promise(setImmediate);
    }
    return String(received);
  });
  const { responses } = await converse(port, post(size, close), "x".repeat(size));
  assert.equal(responses[0]?.body, String(size));
});

test("a stream is sent in chunks, with an empty piece never ending it", async (t) => {
  const { port } = await serve(t, () => Response.stream(["ab", "", new Uint8Array([99])]));
  const { text, responses } = await converse(port, `GET / HTTP/1.1\r\nHost: h\r\n${close}\r\n`);
  assert.match(text, /\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n$/);
  assert.equal(responses[0]?.body, "abc");
});

test("a stream with a length is sent as it is, and one that lies breaks the connection", async (t) => {
  const { port } = await serve(t, (request) =>
    Response.stream(["abc"], { headers: { "Content-Length": request.path.slice(1) } }),
  );
  const right = await converse(port, `GET /3 HTTP/1.1\r\nHost: h\r\n${close}\r\n`);
  assert.equal(right.responses[0]?.body, "abc");
  for (const length of ["2", "4"]) {
    const wrong = await converse(
      port,
      `GET /${length} HTTP/1.1\r\nHost: h\r\n\r\nGET /3 HTTP/1.1\r\nHost: h\r\n\r\n`,
    );
    assert.ok(wrong.responses.length <= 1, "nothing is answered behind it");
    assert.doesNotMatch(wrong.text, /abc[\s\S]*HTTP/);
  }
});

test("R-23: a stream that fails breaks the connection; it never ends as if it were complete", async (t) => {
  const { port } = await serve(t, () => {
    async function* failing(): AsyncGenerator<string> {
      yield "ab";
      throw new Error("boom");
    }
    return Response.stream(failing());
  });
  const { text } = await converse(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  assert.doesNotMatch(text, /0\r\n\r\n$/);
});

test("a client that does not read holds the stream back, and its going away ends the stream", async (t) => {
  let produced = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        produced += 65_536;
        yield new Uint8Array(65_536);
      }
    } finally {
      resolve();
    }
  }
  const { port } = await serve(t, () => Response.stream(endless()));
  const socket = open(port);
  socket.pause();
  socket.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  let before = -1;
  while (produced !== before || produced === 0) {
    before = produced;
    await new Promise((later) => setTimeout(later, 100));
  }
  assert.ok(produced < 32_000_000, `${produced} bytes were produced for a client that reads nothing`);
  socket.destroy();
  await promise;
});

test("a web stream that waits is cancelled when its client goes away, and the end is announced", async (t) => {
  const cancelled = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const stop = requestEnd.listen(({ request }) => {
    if (request.path === "/waiting") ended.resolve();
  });
  t.after(stop);
  const { port } = await serve(t, () => new ReadableStream({ cancel: () => cancelled.resolve() }));
  const socket = open(port);
  socket.write("GET /waiting HTTP/1.1\r\nHost: h\r\n\r\n");
  await once(socket, "data");
  socket.resetAndDestroy();
  await Promise.all([cancelled.promise, ended.promise]);
});

test("content that drips in does not prolong a handler that never reads it", async (t) => {
  const { port } = await serve(t, () => new Promise(() => {}), { handlerTimeout: 500 });
  const socket = open(port);
  const conversation = readAll(socket);
  socket.write(post(10_000));
  const drip = setInterval(() => socket.write("x"), 50);
  const { responses } = await conversation;
  clearInterval(drip);
  assert.equal(responses[0]?.status, 503);
});

test("HEAD without content tells no length but the one the handler gives (RFC 9110 §8.6)", async (t) => {
  const { port } = await serve(t, (request) =>
    request.path === "/known"
      ? new Response(null, { headers: { "Content-Length": "42" } })
      : new Response(null),
  );
  const known = await converse(port, `HEAD /known HTTP/1.1\r\nHost: h\r\n${close}\r\n`);
  assert.match(known.text, /\r\nContent-Length: 42\r\n/);
  const unknown = await converse(port, `HEAD / HTTP/1.1\r\nHost: h\r\n${close}\r\n`);
  assert.doesNotMatch(unknown.text, /Content-Length/i);
  const get = await converse(port, `GET / HTTP/1.1\r\nHost: h\r\n${close}\r\n`);
  assert.match(get.text, /\r\nContent-Length: 0\r\n/);
});
