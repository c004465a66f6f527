/** Every timeout of the server, each shortened by its option. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Response } from "limpid/message";
import { defaultLimits, Server } from "limpid/server";
import { converse, open, readAll, readResponses, serve } from "./raw-client.ts";

const timed = async <Value>(work: Promise<Value>): Promise<{ value: Value; milliseconds: number }> => {
  const begun = performance.now();
  const value = await work;
  return { value, milliseconds: performance.now() - begun };
};

test("CVE-2018-12122: a head that does not end is 408, also on a kept connection", async (t) => {
  const { port } = await serve(t, () => "ok", { headerTimeout: 300 });
  const { value, milliseconds } = await timed(converse(port, "GET / HTTP/1.1\r\nHost: h\r\nX-A"));
  assert.deepEqual(
    value.responses.map((response) => response.status),
    [408],
  );
  assert.ok(milliseconds >= 300 && milliseconds < 2000, `${milliseconds} ms`);
  const second = await converse(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\nGET /");
  assert.deepEqual(
    second.responses.map((response) => response.status),
    [200, 408],
  );
});

test("CVE-2018-12122: a byte now and then does not prolong the head", async (t) => {
  const { port } = await serve(t, () => "ok", { headerTimeout: 500 });
  const socket = open(port);
  const conversation = timed(readAll(socket));
  socket.write("GET / HTTP/1.1\r\n");
  const drip = setInterval(() => socket.write("a"), 50);
  const { value, milliseconds } = await conversation;
  clearInterval(drip);
  assert.deepEqual(
    value.responses.map((response) => response.status),
    [408],
  );
  assert.ok(milliseconds < 2000, `${milliseconds} ms`);
});

test("a connection that never says a word is closed", async (t) => {
  const { port } = await serve(t, () => "ok", { headerTimeout: 300 });
  const { text } = await converse(port);
  assert.equal(text, "");
});

test("CVE-2019-5739: an idle connection is closed after the keep-alive timeout", async (t) => {
  const { port } = await serve(t, () => "ok", { keepAliveTimeout: 300 });
  const { value, milliseconds } = await timed(converse(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
  assert.equal(value.responses.length, 1);
  assert.ok(milliseconds >= 300 && milliseconds < 2000, `${milliseconds} ms`);
});

test("slow body: content that stops coming is 408, and the handler learns it", async (t) => {
  const { promise, resolve } = Promise.withResolvers<Error>();
  const options = { bodyIdleTimeout: 300 };
  const { port } = await serve(t, (request) => request.text().catch(resolve), options);
  const { responses } = await converse(port, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf");
  assert.deepEqual(
    responses.map((response) => response.status),
    [408],
  );
  assert.equal(((await promise) as Error & { code: string }).code, "LMP_SERVER_BODY_TIMEOUT");
});

test("slow body: content below the minimum rate is 408", async (t) => {
  const { port } = await serve(t, (request) => request.text(), { bodyRateGrace: 300 });
  const socket = open(port);
  const conversation = readAll(socket);
  socket.write("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 900000\r\n\r\n");
  const drip = setInterval(() => socket.write("a"), 20);
  const { responses } = await conversation;
  clearInterval(drip);
  assert.deepEqual(
    responses.map((response) => response.status),
    [408],
  );
});

test("a whole request that takes too long is 408, unless its route takes uploads", async (t) => {
  const options = { requestTimeout: 600, bodyMinimumRate: 0 };
  const { port } = await serve(
    t,
    (request) => {
      if (request.path === "/upload") request.bodyLimit = 5_000_000;
      return request.text();
    },
    options,
  );
  const send = async (path: string): Promise<number | undefined> => {
    const socket = open(port);
    const conversation = readAll(socket);
    socket.write(`POST ${path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 15\r\n\r\n`);
    for (let sent = 0; sent < 15; sent++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      socket.write("a");
    }
    return (await conversation).responses[0]?.status;
  };
  assert.deepEqual(await Promise.all([send("/"), send("/upload")]), [408, 200]);
});

test("a handler that takes too long is 503, and its signal is aborted", async (t) => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const options = { handlerTimeout: 300 };
  const { port } = await serve(
    t,
    async (request) => {
      await once(request.signal, "abort");
      resolve(request.signal.reason);
      return "too late";
    },
    options,
  );
  const { responses } = await converse(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  assert.deepEqual(
    responses.map((response) => response.status),
    [503],
  );
  assert.equal(((await promise) as { code: string }).code, "LMP_SERVER_HANDLER_TIMEOUT");
});

test("slow read: a client that stops reading is reset", async (t) => {
  const { port } = await serve(t, () => new Response(new Uint8Array(50_000_000)), {
    responseStallTimeout: 400,
  });
  const socket = open(port);
  socket.pause();
  socket.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  const begun = performance.now();
  await new Promise<void>((resolve) => {
    socket.on("close", () => resolve());
    // A reset is only seen by who reads or writes.
    const poke = setInterval(() => socket.write("x"), 200);
    socket.on("close", () => clearInterval(poke));
  });
  assert.ok(performance.now() - begun < 3000);
});

test("requests on one connection are counted, and the last one says so", async (t) => {
  const { port } = await serve(t, () => "ok", { maxRequestsPerConnection: 3 });
  const { responses } = await converse(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n".repeat(5));
  assert.deepEqual(
    responses.map((response) => response.headers.get("connection")),
    [undefined, undefined, "close"],
  );
});

test("a connection over the cap is told 503", async (t) => {
  const { port } = await serve(t, () => "ok", { maxConnections: 1 });
  const first = open(port);
  first.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  await readResponses(first, 1);
  const { responses } = await converse(port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  assert.equal(responses[0]?.status, 503);
  assert.equal(responses[0]?.headers.get("retry-after"), "1");
  first.destroy();
});

test("a host that is not allowed is 421", async (t) => {
  const { port } = await serve(t, () => "ok", { allowedHosts: ["example.com", "*.example.org"] });
  const status = async (host: string): Promise<number | undefined> =>
    (await converse(port, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).responses[0]
      ?.status;
  for (const host of ["example.com", "EXAMPLE.com:8000", "a.example.org", "a.b.example.org"]) {
    assert.equal(await status(host), 200, host);
  }
  for (const host of ["evil.example", "example.com.evil", "aexample.org", "example.org"]) {
    assert.equal(await status(host), 421, host);
  }
});

test("an option that is no number is refused with its default", () => {
  const application = { handle: () => new Response() };
  for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => new Server(application, { headerTimeout: value }), {
      code: "LMP_SERVER_OPTION_INVALID",
    });
  }
  assert.equal(defaultLimits.headerTimeout, 10_000);
});
