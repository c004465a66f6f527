/** Content that nobody reads, and answers before it has come: what is left on the wire is never a request. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Response } from "limpid/message";
import { Random } from "../../http/threats/random.ts";
import { harmless, plain } from "../../http/threats/row.ts";
import { converse, open, readAll, readResponses } from "../raw-client.ts";
import { concurrently, serve } from "./sockets.ts";

const smuggled = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
const next = "GET /next HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
const methods = ["GET", "HEAD", "OPTIONS", "DELETE", "POST", "PUT", "TRACE", "PROPFIND"];

/** Content of requests that want to be seen, with an odd begin. */
function hostileContent(random: Random): string {
  return random.text(plain, 0, 3) + smuggled.repeat(random.between(1, 40)) + random.text("\r\n", 0, 4);
}

function framed(random: Random, content: string): { line: string; body: string } {
  if (random.oneIn(2)) return { line: `Content-Length: ${content.length}`, body: content };
  const body = `${content.length.toString(16)}\r\n${content}\r\n0\r\n\r\n`;
  return { line: "Transfer-Encoding: chunked", body };
}

test("class: CL.0, 0.CL: 1,000 requests with content that no handler reads, in any framing and fragmentation", async (t) => {
  const seen = new Map<string, number>();
  const { port } = await serve(t, ({ target }) => {
    seen.set(target, (seen.get(target) ?? 0) + 1);
    return new Response(null, { status: 204 });
  });
  await concurrently(Array.from({ length: 1000 }), 16, async (_, index) => {
    const random = new Random(`unread ${index}`);
    const { line, body } = framed(random, hostileContent(random));
    const head = `${random.pick(methods)} /first HTTP/1.1\r\nHost: h\r\n${harmless(random)}\r\n${line}\r\n\r\n`;
    const octets = Buffer.from(head + body + next, "latin1");
    const { responses } = await converse(port, ...(random.oneIn(4) ? [octets] : random.cut(octets, 4)));
    assert.deepEqual(
      responses.map(({ status }) => status),
      [204, 204],
      `unread ${index}`,
    );
  });
  assert.deepEqual([...seen].sort(), [
    ["/first", 1000],
    ["/next", 1000],
  ]);
});

test("class: early response: content beyond what is drained closes the connection", async (t) => {
  let hits = 0;
  const { port } = await serve(t, ({ target }) => {
    if (target !== "/first") hits++;
    return new Response("early", { status: 413 });
  });
  await concurrently(Array.from({ length: 60 }), 8, async (_, index) => {
    const random = new Random(`early ${index}`);
    const content = smuggled.repeat(Math.ceil(random.between(70_000, 200_000) / smuggled.length));
    const { line, body } = framed(random, content);
    const head = `POST /first HTTP/1.1\r\nHost: h\r\n${line}\r\n\r\n`;
    const { responses } = await converse(port, ...random.cut(Buffer.from(head + body + next, "latin1"), 6));
    assert.ok(responses.length <= 1, `early ${index}`);
  });
  assert.equal(hits, 0);
});

test("class: Expect desync: 500 early answers to a client that waits for 100 end its connection", async (t) => {
  let hits = 0;
  const { port } = await serve(t, ({ target }) => {
    if (target !== "/first") hits++;
    return new Response("no", { status: 417 });
  });
  await concurrently(Array.from({ length: 500 }), 16, async (_, index) => {
    const random = new Random(`expect ${index}`);
    const { line, body } = framed(random, hostileContent(random));
    const lines = [line, `${random.anyCase("Expect")}: ${random.anyCase("100-continue")}`];
    if (random.oneIn(2)) lines.reverse();
    const head = `POST /first HTTP/1.1\r\nHost: h\r\n${lines.join("\r\n")}\r\n\r\n`;
    const socket = open(port);
    const conversation = readAll(socket);
    socket.write(head);
    // The client takes the answer for leave to send, or does not wait at all.
    if (random.oneIn(2)) await new Promise(setImmediate);
    socket.write(body + next);
    const { responses } = await conversation;
    assert.deepEqual(
      responses.map(({ status, headers }) => `${status} ${headers.get("connection")}`),
      ["417 close"],
      `expect ${index}`,
    );
  });
  assert.equal(hits, 0);
});

test("what a handler writes into its request's fields is not in the next request with the same head", async (t) => {
  const { port } = await serve(t, (request) => {
    const before = request.headers.get("x-mark");
    request.headers.set("X-Mark", "written");
    request.headers.delete("Host");
    return `${before} ${request.host}`;
  });
  const sockets = Array.from({ length: 4 }, () => open(port));
  for (let round = 0; round < 5; round++) {
    for (const socket of sockets) {
      socket.write("GET /same HTTP/1.1\r\nHost: h\r\n\r\n");
      const [response] = await readResponses(socket, 1);
      assert.equal(response?.body, "null h");
    }
  }
  for (const socket of sockets) socket.destroy();
});
