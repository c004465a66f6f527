/** Closing: what has begun is answered, what is idle ends, what does not end is broken off. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { converse, open, readAll, readResponses, serve } from "./raw-client.ts";

const get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

/** Resolves when this process listens no longer; connections that had come are still accepted. */
async function deaf(): Promise<void> {
  while (process.getActiveResourcesInfo().includes("TCPServerWrap")) await new Promise(setImmediate);
}

test("a request that has begun gets its answer, which says that it is the last", async (t) => {
  const entered = Promise.withResolvers<void>();
  const leave = Promise.withResolvers<void>();
  const server = await serve(t, async () => {
    entered.resolve();
    await leave.promise;
    return "answered";
  });
  const conversation = converse(server.port, get);
  await entered.promise;
  const closing = server.close();
  await deaf();
  leave.resolve();
  const { responses } = await conversation;
  assert.equal(responses[0]?.body, "answered");
  assert.equal(responses[0]?.headers.get("connection"), "close");
  await closing;
});

test("a request on its way over a connection that was just busy is still answered", async (t) => {
  const server = await serve(t, () => "ok");
  const socket = open(server.port);
  socket.write(get);
  await readResponses(socket, 1);
  const closing = server.close();
  await deaf();
  socket.write(get);
  const { responses } = await readAll(socket);
  assert.equal(responses[0]?.headers.get("connection"), "close");
  await closing;
});

test("idle connections end and new ones are refused", async (t) => {
  const server = await serve(t, () => "ok");
  const idle = open(server.port);
  idle.write(get);
  await readResponses(idle, 1);
  const begun = performance.now();
  await Promise.all([server.close(), readAll(idle)]);
  assert.ok(performance.now() - begun < 3000);
  const { text } = await converse(server.port, get);
  assert.equal(text, "");
});

test("what does not end within the grace is broken off", async (t) => {
  const server = await serve(t, () => new Promise(() => {}));
  const conversation = converse(server.port, get);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const begun = performance.now();
  await server.close({ grace: 200 });
  assert.ok(performance.now() - begun < 1500);
  assert.equal((await conversation).text, "");
});
