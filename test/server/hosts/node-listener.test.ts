/** `toNodeListener` beyond the contract: what node:http, node:http2 and things in front of it do differently. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { connect as connectHttp2, createServer as createHttp2Server } from "node:http2";
import { type AddressInfo, connect } from "node:net";
import { type TestContext, test } from "node:test";
import { type Application, Response } from "limpid/message";
import { toNodeListener, upgrade } from "limpid/server";
import { converse } from "../raw-client.ts";
import { contractApplication } from "./contract-application.ts";

const rest = "Host: h\r\nConnection: close\r\n\r\n";

/** A `node:http` server on a free port. Whatever escapes the listener ends the test as an uncaught exception. */
async function listen(t: TestContext, listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

const application = (handle: Application["handle"]): RequestListener => toNodeListener({ handle });

test("what an application throws, rejects with, or returns by mistake is 500", async (t) => {
  const results: Record<string, () => unknown> = {
    "/throws": () => {
      throw new Error("a secret");
    },
    "/rejects": () => Promise.reject(new Error("a secret")),
    "/nothing": () => Promise.reject(undefined),
    "/number": () => 7,
  };
  const port = await listen(
    t,
    application(({ path }) => results[path]?.() as Response),
  );
  for (const path of Object.keys(results)) {
    const { responses } = await converse(port, `GET ${path} HTTP/1.1\r\n${rest}`);
    assert.equal(responses[0]?.status, 500, path);
    assert.doesNotMatch(responses[0]?.body ?? "", /secret/);
  }
});

test("a head that Limpid's server refuses is refused", async (t) => {
  const port = await listen(
    t,
    application(() => new Response("reached")),
  );
  for (const [head, status] of [
    [`GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n`, 400],
    [`GET http://other/ HTTP/1.1\r\n${rest}`, 400],
    [`GET /${"x".repeat(9000)} HTTP/1.1\r\n${rest}`, 414],
  ] as const) {
    const { responses } = await converse(port, head);
    assert.equal(responses[0]?.status, status, head.slice(0, 40));
  }
});

test("a response with status 101 is 501", async (t) => {
  const port = await listen(
    t,
    application(() => upgrade("echo", () => {})),
  );
  const fields = "Host: h\r\nConnection: upgrade, close\r\nUpgrade: echo\r\n\r\n";
  const { responses } = await converse(port, `GET / HTTP/1.1\r\n${fields}`);
  assert.deepEqual(
    responses.map(({ status }) => status),
    [501],
  );
});

test("100 Continue is the host's", async (t) => {
  const port = await listen(
    t,
    application(async (request) => new Response(await request.text())),
  );
  const socket = connect(port, "127.0.0.1");
  socket.write(`POST / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n${rest}`);
  const [first] = (await once(socket, "data")) as [Buffer];
  assert.match(String(first), /^HTTP\/1\.1 100 /);
  socket.write("hi");
  const [second] = (await once(socket, "data")) as [Buffer];
  assert.match(String(second), /^HTTP\/1\.1 200 /);
  socket.destroy();
});

test("a client that breaks off its upload is heard of by whoever reads it", async (t) => {
  const failed = Promise.withResolvers<unknown>();
  const begun = Promise.withResolvers<void>();
  const port = await listen(
    t,
    application(async (request) => {
      begun.resolve();
      await request.bytes().catch(failed.resolve);
      return new Response("too late");
    }),
  );
  const socket = connect(port, "127.0.0.1");
  socket.write(`POST / HTTP/1.1\r\nContent-Length: 10\r\n${rest}half`);
  await begun.promise;
  socket.destroy();
  assert.equal(((await failed.promise) as { code: string }).code, "LMP_REQUEST_ABORTED");
});

test("content that something in front has read is refused with a word about the order", async (t) => {
  const codes: unknown[] = [];
  const listener = application(async (request) => {
    await request.text().catch((error: { code: string }) => codes.push(error.code));
    return new Response("answered");
  });
  const port = await listen(t, async (incoming, outgoing) => {
    for await (const _ of incoming);
    listener(incoming, outgoing);
  });
  const { responses } = await converse(port, `POST / HTTP/1.1\r\nContent-Length: 2\r\n${rest}hi`);
  assert.equal(responses[0]?.status, 200);
  assert.deepEqual(codes, ["LMP_SERVER_CONTENT_TAKEN"]);
});

test("fields that something in front has set stay, and the response's own replace them", async (t) => {
  const listener = application(() => new Response("x", { headers: { Vary: "Accept" } }));
  const port = await listen(t, (incoming, outgoing) => {
    outgoing.setHeader("X-Powered-By", "something");
    outgoing.setHeader("Vary", "Origin");
    listener(incoming, outgoing);
  });
  const { responses } = await converse(port, `GET / HTTP/1.1\r\n${rest}`);
  assert.equal(responses[0]?.headers.get("x-powered-by"), "something");
  assert.equal(responses[0]?.headers.get("vary"), "Accept");
});

test("a stream that is not as long as its Content-Length breaks off", async (t) => {
  const port = await listen(
    t,
    application(({ path }) => Response.stream(["abc"], { headers: { "Content-Length": path.slice(1) } })),
  );
  const right = await converse(port, `GET /3 HTTP/1.1\r\n${rest}`);
  assert.equal(right.responses[0]?.body, "abc");
  for (const length of ["2", "4"]) {
    const { responses } = await converse(port, `GET /${length} HTTP/1.1\r\n${rest}`);
    assert.deepEqual(responses, []);
  }
});

test("HTTP/1.0 gets a stream without chunks, ended by the connection", async (t) => {
  const port = await listen(
    t,
    application(() => Response.stream(["a", "b"])),
  );
  const { text } = await converse(port, "GET / HTTP/1.0\r\n\r\n");
  assert.doesNotMatch(text, /transfer-encoding/i);
  assert.match(text, /\r\n\r\nab$/);
});

test("over HTTP/2: the request, the content and the fields", async (t) => {
  const server = createHttp2Server(toNodeListener(contractApplication())).listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  t.after(() => {
    client.destroy();
    server.close();
  });
  const ask = async (fields: Record<string, string>, content?: string) => {
    const stream = client.request(fields);
    stream.end(content);
    const [head] = (await once(stream, "response")) as [Record<string, unknown>];
    const pieces: Buffer[] = [];
    for await (const piece of stream) pieces.push(piece as Buffer);
    return { head, body: String(Buffer.concat(pieces)) };
  };
  const got = await ask({ ":path": "/request?tag=a" });
  assert.deepEqual((JSON.parse(got.body) as { tag: string[] }).tag, ["a"]);
  const echoed = await ask({ ":path": "/echo", ":method": "POST" }, "over two");
  assert.deepEqual([echoed.head[":status"], echoed.body], [200, "over two"]);
  const cookies = await ask({ ":path": "/cookies" });
  assert.deepEqual(cookies.head["set-cookie"], ["a=1; Path=/", "b=2; Path=/"]);
  assert.equal((await ask({ ":path": "/pieces" })).body, "one, two");
});
